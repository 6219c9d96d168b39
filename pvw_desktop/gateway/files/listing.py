"""The entries of a folder, and the search below one. Touches disks: runs in a worker."""

from __future__ import annotations

import os
import stat
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from ...protocol.errors import BadRequest, Failed, Forbidden, NotFound
from ...protocol.messages.files import Entry
from ...protocol.names import show_name
from ..workers import check_wanted
from .jail import check_relative
from .naming import may_be_readable, natural_key
from .series import group_series

MAX_ENTRIES = 5000
MAX_SCANNED = 100_000
SEARCH_SECONDS = 3.0
SEARCH_SCANNED = 200_000


class _Found(NamedTuple):
    name: str
    folder: bool
    link: bool
    size: int
    modified: float
    broken: bool = False


def list_folder(folder: Path, relative: str, hidden: bool, extensions: frozenset[str]) -> tuple[list[Entry], bool]:
    """The entries of a folder, folders first, and whether there are more. `folder` was resolved by the jail and
    `relative` is what the client called it."""
    found: list[_Found] = []
    more = False
    for item in _scan(folder):
        if len(found) == MAX_SCANNED:
            more = True
            break
        if hidden or not item.name.startswith("."):
            found.append(_stat(item))
    entries = _entries(found, f"{relative}/" if relative else "", extensions)
    return entries[:MAX_ENTRIES], more or len(entries) > MAX_ENTRIES


def search_below(
    folder: Path,
    relative: str,
    query: str,
    limit: int,
    extensions: frozenset[str],
    clock: Callable[[], float] = time.monotonic,
) -> tuple[list[Entry], bool]:
    """Entries below a folder whose name holds all words of the query, nearest folders first, and whether the search
    stopped early. Folders that cannot be read are passed over; links to folders are not followed, they may loop."""
    words = query.casefold().split()
    ends = clock() + SEARCH_SECONDS
    entries: list[Entry] = []
    scanned = 0
    todo = deque([(folder, f"{relative}/" if relative else "")])
    while todo and words:
        current, prefix = todo.popleft()
        matching: list[_Found] = []
        try:
            for item in _scan(current):
                scanned += 1
                if scanned > SEARCH_SCANNED or clock() > ends:
                    return (entries + _entries(matching, prefix, extensions))[:limit], True
                if item.name.startswith("."):
                    continue
                if is_folder(item, follow=False):
                    todo.append((Path(item.path), f"{prefix}{show_name(item.name)}/"))
                if all(word in item.name.casefold() for word in words):
                    matching.append(_stat(item))
        except (Failed, Forbidden, NotFound):
            continue
        entries += _entries(matching, prefix, extensions)
        if len(entries) > limit:
            return entries[:limit], True
    return entries, False


def folders_below(folder: Path, spend: Callable[[], bool]) -> Iterator[tuple[Path, str, list[os.DirEntry[str]]]]:
    """Every folder with what lies in it and how its path begins, nearest first, as long as `spend` allows each entry.
    Hidden folders and links to folders are not entered, what cannot be read is passed over."""
    todo = deque([(folder, "")])
    while todo:
        current, prefix = todo.popleft()
        items = []
        try:
            for item in _scan(current):
                if not spend():
                    return
                items.append(item)
        except (Failed, Forbidden, NotFound):
            continue
        todo += [
            (Path(item.path), f"{prefix}{show_name(item.name)}/")
            for item in items
            if not item.name.startswith(".") and is_folder(item, follow=False)
        ]
        yield current, prefix, items


def _scan(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as items:
            for item in items:
                check_wanted()
                yield item
    except PermissionError:
        raise Forbidden(
            f"You may not read the folder '{show_name(folder.name)}'.", "Ask its owner for access."
        ) from None
    except FileNotFoundError:
        raise NotFound(f"The folder '{show_name(folder.name)}' is not there any more.") from None
    except NotADirectoryError:
        raise Failed(f"'{show_name(folder.name)}' is a file, not a folder.", "Open it instead.") from None
    except OSError as error:
        raise Failed(f"The folder '{show_name(folder.name)}' cannot be read: {error.strerror}.") from None


def _stat(item: os.DirEntry[str]) -> _Found:
    link = item.is_symlink()
    try:
        facts = item.stat()
    except OSError:  # a link that leads nowhere, or a file that vanished meanwhile
        return _Found(item.name, False, link, 0, 0.0, broken=link)
    folder = stat.S_ISDIR(facts.st_mode)
    return _Found(item.name, folder, link, 0 if folder else facts.st_size, facts.st_mtime)


def is_folder(item: os.DirEntry[str], follow: bool) -> bool:
    """Whether it is a folder, or (`follow`) a link to one."""
    try:
        return item.is_dir(follow_symlinks=follow)
    except OSError:
        return False


def _entries(found: list[_Found], prefix: str, extensions: frozenset[str]) -> list[Entry]:
    folders = [Entry(show_name(i.name), prefix + show_name(i.name), "folder", 0, i.modified, 1, _plain(i.name), i.link)
               for i in found if i.folder]  # fmt: skip
    files = {item.name: item for item in found if not item.folder}
    grouped, alone = group_series(name for name, item in files.items() if not item.broken)
    alone += [name for name, item in files.items() if item.broken]
    entries = [_file(files[name], prefix, extensions) for name in alone]
    for series in grouped:
        members = [files[name] for name in series.names]
        first = members[0]
        entries.append(
            Entry(
                show_name(series.label), prefix + show_name(first.name), "series", sum(item.size for item in members),
                max(item.modified for item in members), len(members), _readable(first.name, extensions),
                any(item.link for item in members),
            )
        )  # fmt: skip
    folders.sort(key=lambda entry: natural_key(entry.name))
    entries.sort(key=lambda entry: natural_key(entry.name))
    return folders + entries


def _file(item: _Found, prefix: str, extensions: frozenset[str]) -> Entry:
    name, readable = show_name(item.name), not item.broken and _readable(item.name, extensions)
    return Entry(name, prefix + name, "file", item.size, item.modified, 1, readable, item.link, item.broken)


def _readable(name: str, extensions: frozenset[str]) -> bool:
    return _plain(name) and may_be_readable(name, extensions)


def _plain(name: str) -> bool:
    """Whether the name survives the way to the page and back through the jail."""
    try:
        return check_relative(show_name(name)) == (name,)
    except BadRequest:
        return False
