"""Whether a ParaView that crashed comes back by itself, when, and with what. Pure: the clock is handed in.

- Ready before it crashed: it comes back with the saved work. What is saved is from before the step that crashed.
- Crashed by itself, at rest, with nothing saved since the work was brought back: the work is what crashes it.
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
    untouched: bool = False
    """No step was saved since the work was brought back not long ago."""


@dataclasses.dataclass(frozen=True)
class End:
    """How a ParaView ended that nobody told to."""

    ready: bool
    in_step: bool
    """A job ran."""
    from_outside: bool = False
    """Something else ended it: its work is not to blame."""


class RestartPolicy:
    """Remembers the restarts of the last minute."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=MOST_IN_WINDOW)

    def by_itself(self, now: float) -> bool:
        """Whether it may come back without being asked; counts it where it may."""
        if len(self._times) == MOST_IN_WINDOW and now - self._times[0] < WINDOW_SECONDS:
            return False
        self._times.append(now)
        return True

    def forget(self) -> None:
        """The person asked for a restart: what happened before counts no more."""
        self._times.clear()


def way_back(attempt: Attempt, end: End, saved: Saved) -> Attempt | None:
    """The attempt that leaves out what crashed; None where there is nothing left to leave out."""
    if end.ready and not _work_is_to_blame(attempt, end, saved):
        return dataclasses.replace(attempt, restore="all" if saved.work else "nothing")
    if attempt.restore == "all" and saved.previous:
        return dataclasses.replace(attempt, restore="previous")
    if attempt.restore != "nothing":
        return dataclasses.replace(attempt, restore="nothing")
    if not attempt.software:
        return dataclasses.replace(attempt, software=True)
    return None


def _work_is_to_blame(attempt: Attempt, end: End, saved: Saved) -> bool:
    return attempt.restore != "nothing" and saved.untouched and not end.in_step and not end.from_outside
