"""Where a file lies that was dropped on a page: a browser tells its name, size and content, never its folder. The
content decides. Touches disks: runs in a worker."""

from __future__ import annotations

import hashlib
import os
import stat
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ...protocol.errors import PvwError
from ...protocol.messages.files import BLOCK, BLOCKS, DroppedFile, FoundFile, FoundFiles, Place, Root
from ...protocol.names import show_name
from .listing import folders_below, is_folder
from .roots import FileRoots
from .series import group_series

MAX_PLACES = 20
MAX_COMPARED = 200
"""Files of one name and size that are read to compare them."""
SECONDS = 6.0
SCANNED = 400_000


def find_dropped(
    roots: FileRoots, wanted: Sequence[DroppedFile], clock: Callable[[], float] = time.monotonic
) -> FoundFiles:
    """The places of each file in all data folders: those with the same content, or, where the page could not read it,
    those with its name and size."""
    search = _Search(roots, wanted, clock)
    for root in roots.list():
        if root.problem is None:
            for folder, below, items in folders_below(roots.folder(root.root), search.spend):
                search.look_into(root, folder, below, items)
    return FoundFiles([FoundFile(list(places.values())) for places in search.found], search.exhausted)


class _Search:
    """What was found so far, and how much may still be looked at."""

    def __init__(self, roots: FileRoots, wanted: Sequence[DroppedFile], clock: Callable[[], float]):
        self._roots, self._wanted = roots, wanted
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for index, file in enumerate(wanted):
            self._by_name[_plain(file.name)].append(index)
        self.found: list[dict[Path, Place]] = [{} for _ in wanted]
        self._compared = [0] * len(wanted)
        self._clock, self._ends, self._left = clock, clock() + SECONDS, SCANNED
        self.exhausted = False

    def spend(self) -> bool:
        """Takes one entry; False where enough was looked at."""
        self._left -= 1
        self.exhausted = self.exhausted or self._left < 0 or self._clock() > self._ends
        return not self.exhausted

    def look_into(self, root: Root, folder: Path, below: str, items: list[os.DirEntry[str]]) -> None:
        """Takes what was wanted out of the entries of one folder."""
        here = [(item.name, index) for item in items for index in self._by_name.get(_plain(item.name), ())]
        if not here:
            return
        series = _series_in(items)
        for name, index in here:
            real = self._same(root, below + show_name(name), self._wanted[index], index)
            if real is not None:
                first, count = series.get(name, (None, 1))
                start = None if first is None else below + show_name(first)
                place = Place(root.root, below + show_name(name), f"{root.label}/{below}".rstrip("/"), start, count)
                self.found[index].setdefault(real, place)

    def _same(self, root: Root, relative: str, wanted: DroppedFile, index: int) -> Path | None:
        """The real path, where it is a file of the same size and content that may be opened."""
        try:
            real = self._roots.resolve(root.root, relative)  # a link may lead out of the data folders
            facts = real.stat()
            if not stat.S_ISREG(facts.st_mode) or facts.st_size != wanted.size or len(self.found[index]) >= MAX_PLACES:
                return None
            self._compared[index] += 1
            if self._compared[index] > MAX_COMPARED:
                self.exhausted = True
                return None
            return real if wanted.digest is None or digest_of(real) == wanted.digest else None
        except (PvwError, OSError):
            return None


def _series_in(items: list[os.DirEntry[str]]) -> dict[str, tuple[str, int]]:
    """First name and length of the series that each name belongs to."""
    names = [item.name for item in items if not is_folder(item, follow=True)]
    return {name: (item.names[0], len(item.names)) for item in group_series(names)[0] for name in item.names}


def _plain(name: str) -> str:
    """The name as a browser tells it, whichever way its accents are written."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def digest_of(path: Path) -> str:
    """SHA-256 over BLOCKS blocks from the first to the last byte, or over all of a file that is no longer than they."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for start in block_starts(os.fstat(file.fileno()).st_size):
            file.seek(start)
            digest.update(file.read(BLOCK))
    return digest.hexdigest()


def block_starts(size: int) -> Iterator[int]:
    """Where the blocks begin that tell a file of this size."""
    if size <= BLOCK * BLOCKS:
        yield from range(0, size, BLOCK)
    else:
        yield from (index * (size - BLOCK) // (BLOCKS - 1) for index in range(BLOCKS))
