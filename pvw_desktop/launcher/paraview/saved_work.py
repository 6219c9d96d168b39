"""The folder of one session with its saved work, and the sweep of folders whose session is gone.

The server writes the work (`work.pvsm`, the save before it beside it as `work.pvsm.previous`). What leaves this folder
without having been brought back goes on the shelf (shelf.py); nothing here deletes work or writes over it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from ..system.locks import FileLock
from .restarts import Restore, Saved
from .shelf import ENDED, SET_ASIDE, UNFINISHED, Shelf

_WORK = "work.pvsm"
_LOCK = "lock"
_GUARD_SECONDS = 2.0

logger = logging.getLogger(__name__)


class WorkFolder:
    """Held by this process from `create` to `remove`."""

    def __init__(self, folder: Path, lock: FileLock, shelf: Shelf):
        self.folder = folder
        self._lock = lock
        self._shelf = shelf
        self._brought: tuple[int, int] | None = None
        self._aside: list[Path] = []

    @classmethod
    def create(cls, sessions: Path, name: str, shelf: Shelf) -> WorkFolder | None:
        """A new session's folder; None where none can be made (full disk): then nothing is saved."""
        folder = sessions / name
        try:
            sessions.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _guard(sessions):  # between mkdir and acquire, a sweep would take it for one whose owner is gone
                folder.mkdir(mode=0o700)
                lock = FileLock(folder / _LOCK)
                lock.acquire()
        except OSError as error:
            logger.warning("the work of this session is not saved: %s", error)
            return None
        return cls(folder, lock, shelf)

    @property
    def work(self) -> Path:
        return self.folder / _WORK

    @property
    def previous(self) -> Path:
        return self.folder / f"{_WORK}.previous"

    @property
    def saved(self) -> Saved:
        """What lies there now. A step after the last start writes `previous` anew; a camera that moved does not."""
        untouched = self._brought is not None and self._brought == self._step
        return Saved(_has_content(self.work), _has_content(self.previous), untouched)

    @property
    def _step(self) -> tuple[int, int]:
        try:
            found = self.previous.stat()
        except OSError:
            return 0, 0
        return found.st_ino, found.st_mtime_ns

    def prepare(self, restore: Restore) -> Path | None:
        """The state file to load for this kind of restore; None for an empty session.

        What is not brought back goes on the shelf, so that the new session's saves do not run over it.
        """
        self._brought = None
        if restore != "all" and self.saved.work:
            aside = self._shelf.put(self.work, SET_ASIDE)
            if aside is None:
                os.replace(self.work, aside := _free(self.folder))
            self._aside.append(aside)
        if restore == "previous" and self.saved.previous:
            os.replace(self.previous, self.work)
        if restore == "nothing" or not self.saved.work:
            return None
        self._brought = self._step
        return self.work

    def take_aside(self) -> list[Path]:
        """Where the work lies that the last starts left out, where nobody was told yet."""
        aside, self._aside = self._aside, []
        return [path for path in aside if path.exists()]

    def remove(self) -> None:
        """The session ended as it should: its folder goes, once the work is on the shelf."""
        kept = _clear_out(self.folder, self._shelf, ENDED)
        self._lock.release()
        if kept:
            shutil.rmtree(self.folder, ignore_errors=True)


def sweep(sessions: Path, shelf: Shelf) -> list[Path]:
    """Removes the folders of sessions that are gone without having removed them, once their work is on the shelf; where
    it lies there, the newest first."""
    found: list[Path] = []
    if not sessions.is_dir():
        return found
    try:
        with _guard(sessions):
            for folder, lock in [(folder, lock) for folder in sessions.iterdir() if (lock := _ownerless(folder))]:
                kept = _clear_out(folder, shelf, UNFINISHED, found)
                lock.release()
                if kept:
                    shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        logger.warning("old sessions cannot be swept: %s", error)
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def _clear_out(folder: Path, shelf: Shelf, why: str, into: list[Path] | None = None) -> bool:
    """Puts all work of a session on the shelf; False where some of it had to stay."""
    everything = True
    for work in sorted(folder.glob(f"{_WORK}*")):
        if work.name.endswith((".previous", ".new")) or not _has_content(work):
            continue  # the step before is part of the work after it
        kept = shelf.put(work, why if work.name == _WORK else SET_ASIDE)
        everything = everything and kept is not None
        if kept is not None and into is not None and work.name == _WORK and kept.exists():
            into.append(kept)
    return everything


def _free(folder: Path) -> Path:
    return next(path for number in range(1, 10_000) if not (path := folder / f"{_WORK}.aside{number}").exists())


def _ownerless(folder: Path) -> FileLock | None:
    """The folder's lock where nobody holds it."""
    if not folder.is_dir():
        return None
    lock = FileLock(folder / _LOCK)
    try:
        return lock if lock.acquire() else None
    except OSError:
        return None


@contextlib.contextmanager
def _guard(sessions: Path) -> Iterator[None]:
    """One at a time among all runs of the application. Held for milliseconds, so a busy one is waited for."""
    lock = FileLock(sessions / ".guard")
    deadline = time.monotonic() + _GUARD_SECONDS
    while not lock.acquire() and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        yield
    finally:
        lock.release()


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
