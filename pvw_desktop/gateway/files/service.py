"""The data folders for the rest of the gateway: what touches a disk runs in a worker and has a time limit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ...protocol.errors import Failed
from ...protocol.messages.files import DroppedFile, FoundFiles, Listing, Root
from ..background import BackgroundTasks
from ..workers import Workers
from . import dropped, listing, opening
from .recent import RecentFiles, Remembered
from .references import Seen
from .roots import FileRoots

log = logging.getLogger(__name__)

SECONDS = 30.0
THREADS = 32
"""Each network folder that hangs keeps one until it answers; the others must stay usable."""

T = TypeVar("T")


class FileService:
    """Roots, listings and recent files of one session."""

    def __init__(
        self,
        roots: FileRoots,
        recent: RecentFiles,
        on_recent: Callable[[], None],
        on_problem: Callable[[str], None],
    ):
        self.roots = roots
        self.recent = recent
        self.extensions: frozenset[str] = frozenset()
        """Endings that ParaView has a reader for; empty as long as that is unknown."""
        self._on_recent = on_recent
        self._on_problem = on_problem
        self._workers = Workers("pvw-files", THREADS)
        self._saving = BackgroundTasks()
        self._save_order = asyncio.Lock()

    async def list_roots(self) -> list[Root]:
        """All data folders, with what is wrong with each."""
        return await self._run(self.roots.list)

    async def add_root(self, folder: Path, label: str | None = None) -> Root:
        """Opens a folder to the page."""
        return await self._run(self.roots.add_root, folder, label)

    async def list_folder(self, root: str, relative: str, hidden: bool) -> Listing:
        """The entries of one folder."""

        def work() -> Listing:
            folder = self.roots.resolve(root, relative)
            return Listing(root, relative, *listing.list_folder(folder, relative, hidden, self.extensions))

        return await self._run(work)

    async def search(self, root: str, relative: str, query: str, limit: int) -> Listing:
        """Entries below a folder by words in their names."""

        def work() -> Listing:
            folder = self.roots.resolve(root, relative)
            return Listing(root, relative, *listing.search_below(folder, relative, query, limit, self.extensions))

        return await self._run(work)

    async def find_dropped(self, wanted: list[DroppedFile]) -> FoundFiles:
        """Where files lie that were dropped on a page."""
        return await self._run(dropped.find_dropped, self.roots, wanted)

    async def files_to_open(
        self, root: str, relative: str, series: bool, for_guest: bool
    ) -> tuple[list[str], list[Seen]]:
        """The absolute paths that ParaView gets and, for a guest, all files that opening them comes to."""
        return await self._run(opening.files_to_open, self.roots, root, relative, series, for_guest)

    async def locate(self, path: Path) -> tuple[str, str]:
        """Root and relative path of any file or folder of the host."""
        return await self._run(opening.locate, self.roots, path)

    async def is_folder(self, root: str, relative: str) -> bool:
        """Whether a client's root and path name a folder."""
        return await self._run(lambda: self.roots.resolve(root, relative).is_dir())

    def remember(self, path: str, series: bool) -> None:
        """A file was opened."""
        self.recent.remember(path, series)
        self._recent_changed()

    def forget(self, file_id: str) -> None:
        """Takes a file off the recent ones; raises NotFound."""
        self.recent.forget(file_id)
        self._recent_changed()

    def find_recent(self, file_id: str) -> Remembered:
        """The recent file with this id; raises NotFound."""
        return self.recent.find(file_id)

    def close(self) -> None:
        """Lets the threads end."""
        self._workers.close()

    def _recent_changed(self) -> None:
        self._on_recent()
        self._saving.spawn(self._save())

    async def _save(self) -> None:
        told = self.recent.problem
        try:
            async with self._save_order:  # two saves at once could leave the older one behind
                await self._run(self.recent.save)
        except (Failed, RuntimeError) as error:
            log.warning("recent files were not saved: %s", error)
        if self.recent.problem is not None and self.recent.problem != told:
            self._on_problem(self.recent.problem)

    async def _run(self, function: Callable[..., T], *args: Any) -> T:
        try:
            return await asyncio.wait_for(self._workers.run(function, *args), SECONDS)
        except asyncio.TimeoutError:
            raise Failed(
                f"The disk did not answer within {SECONDS:.0f} seconds.",
                "If the folder is on a network drive, check the connection.",
            ) from None
