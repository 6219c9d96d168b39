"""Whether a ParaView that crashed comes back by itself, when, and with what. Pure: the clock is handed in.

- Ready before it crashed: it comes back with the saved work.
- Crashed while it brought the work back: the work is not tried again. The work before its last step is, then nothing.
- Crashed before it was ready with nothing to bring back: once more, without the graphics driver.
- Three times within a minute at most. Then it waits for the person.
"""

from __future__ import annotations

import dataclasses
from collections import deque
from typing import Literal

Restore = Literal["all", "previous", "nothing"]
RESTORES: tuple[Restore, ...] = ("all", "previous", "nothing")

DELAY_SECONDS = 5.0
WINDOW_SECONDS = 60.0
MOST_IN_WINDOW = 3


@dataclasses.dataclass(frozen=True)
class Attempt:
    """How ParaView is started."""

    restore: Restore = "nothing"
    software: bool = False
    pvpython: str | None = None
    """One that the person chose for this start; None takes what the search finds."""


@dataclasses.dataclass(frozen=True)
class Saved:
    """What lies on disk to bring back."""

    work: bool
    previous: bool


class RestartPolicy:
    """Remembers the restarts of the last minute."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=MOST_IN_WINDOW)

    def after_crash(self, now: float, attempt: Attempt, was_ready: bool, saved: Saved) -> Attempt | None:
        """The attempt to make DELAY_SECONDS from now; None where it is the person's turn."""
        following = self._after_ready(attempt, saved) if was_ready else self._before_ready(attempt, saved)
        if following is None or self._too_often(now):
            return None
        self._times.append(now)
        return following

    def forget(self) -> None:
        """The person asked for a restart: what happened before counts no more."""
        self._times.clear()

    def _too_often(self, now: float) -> bool:
        return len(self._times) == MOST_IN_WINDOW and now - self._times[0] < WINDOW_SECONDS

    def _after_ready(self, attempt: Attempt, saved: Saved) -> Attempt:
        return dataclasses.replace(attempt, restore="all" if saved.work else "nothing")

    def _before_ready(self, attempt: Attempt, saved: Saved) -> Attempt | None:
        if attempt.restore == "all" and saved.previous:
            return dataclasses.replace(attempt, restore="previous")
        if attempt.restore != "nothing":
            return dataclasses.replace(attempt, restore="nothing")
        if not attempt.software:
            return dataclasses.replace(attempt, software=True)
        return None
