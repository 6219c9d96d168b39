"""Saving the work after each change, soon but not at once. Knows no ParaView: it is given a function that saves."""

from __future__ import annotations

import errno
from typing import Callable, Optional

QUIET = 0.5
"""Seconds without a change before the work is saved."""

LATEST = 5.0
"""Seconds after the first unsaved change at which it is saved even while changes go on."""


class Autosave:
    """Debounces saves over an injected clock; a failure is told once, not at every change."""

    def __init__(self, path: Optional[str], save: Callable[[str, bool], None], clock: Callable[[], float]):
        self._path = path
        self._save = save
        self._clock = clock
        self._first: Optional[float] = None
        self._last = 0.0
        self._failing = False
        self._step = False
        self.problem: Optional[str] = None
        self.hint = ""
        """What to do about the problem told last."""

    def touch(self, step: bool = True) -> None:
        """The work changed; `step` is false for a camera that moved."""
        if self._path is None:
            return
        self._step = self._step or step
        self._last = self._clock()
        if self._first is None:
            self._first = self._last

    def wait(self) -> Optional[float]:
        """Seconds until a save is due; None where there is nothing to save."""
        if self._first is None:
            return None
        return max(0.0, min(self._last + QUIET, self._first + LATEST) - self._clock())

    def due(self) -> bool:
        """Whether to save now."""
        wait = self.wait()
        return wait is not None and wait <= 0.0

    def now(self) -> bool:
        """Saves what is unsaved; False where there was nothing or it failed (`problem` then says why, once)."""
        if self._first is None or self._path is None:
            return False
        self._first = None
        try:
            self._save(self._path, self._step)
        except OSError as error:
            if not self._failing:
                self.problem = f"Your work could not be saved for a restart: {error.strerror or error}."
                self.hint = hint_of(error)
            self._failing = True
            return False
        self._failing = self._step = False
        return True

    def take_problem(self) -> str:
        """The problem, which is then told."""
        problem, self.problem = self.problem or "", None
        return problem


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FOLDER = (errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EROFS)


def hint_of(error: OSError) -> str:
    """What a person can do where a state could not be written."""
    if error.errno in _FULL:
        return "Make room on the disk; it is saved again with the next change."
    if error.errno in _FOLDER and error.filename:
        return f"The folder of {error.filename} has to be there and writable."
    return "Go on working; it is saved again with the next change."
