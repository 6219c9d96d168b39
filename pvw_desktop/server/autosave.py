"""Saving the work after each change, soon but not at once. Knows no ParaView: it is given a function that saves."""

from __future__ import annotations

from typing import Callable, Optional

from pvw_desktop.protocol.errors import Failed

from .outcome import unforeseen

QUIET = 0.5
"""Seconds without a change before what follows a hand, such as a slider, is saved."""

LATEST = 5.0
"""Seconds after the first unsaved change at which it is saved even while changes go on."""

AGAIN = 5.0
"""Seconds until a save that failed is tried again."""


class Autosave:
    """Debounces saves over an injected clock; a failure is told once for each reason, and tried again."""

    def __init__(self, path: Optional[str], save: Callable[[str, bool], None], clock: Callable[[], float]):
        self._path = path
        self._save = save
        self._clock = clock
        self._first: Optional[float] = None
        self._last = 0.0
        self._told = ""
        self._step = False
        self.eager = False
        """Whether to save as soon as what changed was drawn, since drawing it may crash: a step, nothing that follows a
        hand."""
        self.problem: Optional[Failed] = None

    def touch(self, step: bool = True, eager: bool = False) -> None:
        """The work changed; `step` is false for a camera that moved."""
        if self._path is None:
            return
        self._step = self._step or step
        self.eager = self.eager or eager
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
        self._first, self.eager = None, False
        try:
            self._save(self._path, self._step)
        except Exception as error:  # whatever keeps the work from being saved must not end the work
            failed = error if isinstance(error, Failed) else unforeseen("saving", error)
            if failed.message != self._told:
                self.problem = failed
            self._told = failed.message
            self._first = self._last = self._clock() + AGAIN - QUIET
            return False
        self._told, self._step = "", False
        return True

    def take_problem(self) -> Optional[Failed]:
        """What stopped the last save, where it was not told yet."""
        problem, self.problem = self.problem, None
        return problem
