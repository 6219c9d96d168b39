"""The folder of one session with its saved work, and the sweep of folders whose session is gone.

The server writes the work (`work.pvsm`, the save before it beside it as `work.pvsm.previous`); what is in it is not
known here.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from .locks import FileLock
from .restarts import Restore, Saved

RECOVERED = "recovered.pvsm"
_WORK = "work.pvsm"
_LOCK = "lock"
_GUARD_SECONDS = 2.0

logger = logging.getLogger(__name__)


class WorkFolder:
    """Held by this process from `create` to `remove`."""

    def __init__(self, folder: Path, lock: FileLock):
        self.folder = folder
        self._lock = lock
        self._brought: float | None = None

    @classmethod
    def create(cls, sessions: Path, name: str) -> WorkFolder | None:
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
        return cls(folder, lock)

    @property
    def work(self) -> Path:
        return self.folder / _WORK

    @property
    def previous(self) -> Path:
        return self.folder / f"{_WORK}.previous"

    @property
    def saved(self) -> Saved:
        untouched = self._brought is not None and _written(self.work) == self._brought
        return Saved(_has_content(self.work), _has_content(self.previous), untouched)

    def prepare(self, restore: Restore) -> Path | None:
        """The state file to load for this kind of restore; None for an empty session.

        What is not brought back is set aside, so that the new session's saves do not run over it.
        """
        if restore != "all":
            self._set_aside(restore)
        brought = self.work if restore != "nothing" and self.saved.work else None
        self._brought = _written(brought) if brought else None
        return brought

    def _set_aside(self, restore: Restore) -> None:
        if self.saved.work:
            os.replace(self.work, self.folder / f"{_WORK}.aside")
        if restore == "previous" and self.saved.previous:
            os.replace(self.previous, self.work)

    def remove(self) -> None:
        """The session ended as it should: its folder goes."""
        self._lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep(sessions: Path, recovered: Path) -> Path | None:
    """Removes the folders of sessions that are gone without having removed them. Keeps the newest work among them as
    `recovered` and says where; None where there was none."""
    if not sessions.is_dir():
        return None
    try:
        with _guard(sessions):
            gone = [(folder, lock) for folder in sessions.iterdir() if (lock := _ownerless(folder))]
            works = [folder / _WORK for folder, _ in gone if _has_content(folder / _WORK)]
            kept = _keep(max(works, key=lambda work: work.stat().st_mtime), recovered) if works else None
            for folder, lock in gone:
                lock.release()
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        logger.warning("old sessions cannot be swept: %s", error)
        return None
    return kept


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


def _keep(work: Path, recovered: Path) -> Path | None:
    try:
        os.replace(work, recovered)
    except OSError as error:
        logger.warning("the work of a session that is gone cannot be kept: %s", error)
        return None
    return recovered


def _written(path: Path) -> float | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
