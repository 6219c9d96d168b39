"""From what a client names to the absolute paths that the ParaView process gets, with one sentence for each thing that
can be wrong with a file. Touches disks: runs in a worker."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ...protocol.errors import BadRequest, Failed, Forbidden, NotFound
from ...protocol.names import real_name, show_name
from . import references
from .naming import may_be_empty
from .references import Seen
from .roots import FileRoots
from .series import series_of


class ForHost(Forbidden):
    """A file that the host may open, and a guest who asked for it may not."""


def files_to_open(
    roots: FileRoots, root: str, relative: str, series: bool, for_guest: bool
) -> tuple[list[str], list[Seen]]:
    """The paths that ParaView gets and, for a guest, all files that opening them comes to, as they were checked."""
    paths = paths_to_open(roots, root, relative, series)
    return paths, check_for_guest(roots, paths, relative) if for_guest else []


def paths_to_open(roots: FileRoots, root: str, relative: str, series: bool) -> list[str]:
    """The file, or all members of its series in natural order; each was seen to be readable."""
    path = roots.resolve(root, relative)
    _check(path, relative)
    if not series:
        return [str(path)]
    parent, _, name = relative.rpartition("/")
    folder = roots.resolve(root, parent)
    try:
        with os.scandir(folder) as items:
            links = {item.name: item.is_symlink() for item in items if _may_be_member(item)}
    except OSError as error:
        raise Forbidden(f"The folder of '{relative}' cannot be listed: {error.strerror}.") from None
    members = []
    for member in series_of(real_name(name), links):
        # The folder is inside the jail already; only a link can lead out of it again. A member that cannot be read
        # fails at its own time step: opening ten thousand files over a network to find out would take minutes.
        inside = f"{parent}/{show_name(member)}" if parent else show_name(member)
        members.append(str(roots.resolve(root, inside) if links.get(member) else folder / member))
    return members


def _may_be_member(item: os.DirEntry[str]) -> bool:
    """Whether it is no folder, and no link that leads nowhere or to itself: such a one must not stop the others."""
    try:
        return not stat.S_ISDIR(item.stat().st_mode)
    except OSError:
        return not item.is_symlink()


def check_for_guest(roots: FileRoots, paths: list[str], relative: str) -> list[Seen]:
    """All files that opening these comes to, as they are now, for whoever may not read what this account may read.
    Raises ForHost where one lies outside of the data folders or it cannot be told; its log is for the host."""
    try:
        return references.check([Path(path) for path in paths], roots.holds)
    except references.Refused as refused:
        raise ForHost(
            f"'{relative}' waits for the host: it {refused}.", "Ask the host of this session to open it.",
            f"'{relative}' {refused}: {refused.detail}" if refused.detail else None,
        ) from None  # fmt: skip
    except OSError as error:
        raise Failed(
            f"'{relative}' names a file that cannot be read: {error.strerror}.", "Ask the host to open it."
        ) from None


def locate(roots: FileRoots, path: Path) -> tuple[str, str]:
    """Root and relative path of any file of the host; its folder becomes a root where none holds it."""
    try:
        real = path.expanduser().resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        raise NotFound(
            f"There is no file '{show_name(str(path))}'.", "Check the name; it may have been moved or deleted."
        ) from None
    place = roots.locate(real)
    if place is None:
        roots.add_root(real if real.is_dir() else real.parent)
        place = roots.locate(real)
    if place is None:
        raise Failed(f"The folder of '{show_name(str(path))}' cannot be opened.")
    return place


def _check(path: Path, name: str) -> None:
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise BadRequest(f"'{name}' is a folder.", "Choose a file inside it.")
        if not stat.S_ISREG(facts.st_mode):
            raise BadRequest(f"'{name}' is a device or a pipe, not a data file.", "Choose a regular file.")
        if facts.st_size == 0 and not may_be_empty(path.name):
            raise Failed(
                f"'{name}' is empty (0 bytes).", "If a program is still writing it, open it once that is done."
            )
        with open(path, "rb") as file:
            file.read(1)
    except PermissionError:
        raise Forbidden(f"You may not read '{name}'.", "Ask its owner for access, or change its permissions.") from None
    except FileNotFoundError:
        raise NotFound(f"'{name}' is not there any more.", "It may have been moved or deleted.") from None
    except OSError as error:
        raise Failed(f"'{name}' cannot be read: {error.strerror}.", "Check the drive or network it lies on.") from None
