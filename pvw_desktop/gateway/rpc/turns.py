"""How much of the event loop's time one client may take, so that all the others get theirs. No sockets.

A client may use SHARE of the time, and BURST at once after it was quiet: a page that loads or a hand that drags never
comes near it. Who says more is read from more slowly, and what it sends waits on its own side.
"""

from __future__ import annotations

import time
from collections.abc import Callable

SHARE = 0.25
BURST = 0.1
"""Seconds of work done at once for a client that was quiet."""
LONGEST = 0.5
STEP = 0.001
"""Seconds of work after which others are let in between."""
MESSAGE = 60e-6
"""Seconds that a message costs beside what is measured: it was read and unmasked, and its answer is written."""


class Turn:
    """The account of one client."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, used: Callable[[], float] = time.thread_time):
        self._clock = clock
        self._used = used
        self._left = BURST
        self._since = clock()
        self._began = 0.0
        self._step = 0.0

    def begin(self) -> None:
        """Work for this client begins."""
        self._began = self._used()

    def end(self) -> float | None:
        """Work for it is done; None where it may go on at once, else the seconds to wait (0: let others in)."""
        now = self._clock()
        spent = self._used() - self._began + MESSAGE
        self._left = min(BURST, self._left + (now - self._since) * SHARE) - spent
        self._since = now
        self._step += spent
        if self._left < 0:
            self._step = 0.0
            return min(LONGEST, -self._left / SHARE)
        if self._step > STEP:
            self._step = 0.0
            return 0.0
        return None
