"""Notifications of one client of which only the newest counts, kept where they enter until they are due.

One that is replaced here was taken apart as JSON and costs nothing more: no check, no queue, no message to ParaView.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ...protocol.registry import METHODS, coalescing_key
from .jsonrpc import Call

SECONDS = 0.004
"""Between two that are let through; no screen shows more."""
MAX_KEPT = 16


class Newest:
    """`handle` is called with what is due."""

    def __init__(self, handle: Callable[[Call], None]):
        self._handle = handle
        self._kept: dict[object, Call] = {}
        self._due = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def keep(self, call: Call) -> bool:
        """Takes a call that a newer one may replace, and handles it when it is due; False for any other."""
        declared = METHODS.get(call.method)
        if declared is None or declared.latest_wins is None or declared.result is not None or call.id is not None:
            return False
        try:
            key = coalescing_key(call.method, call.params)
            self._kept.pop(key, None)
            self._kept[key] = call
        except TypeError:  # a list where a name belongs: it is refused when it is checked
            return False
        loop = asyncio.get_running_loop()
        if loop.time() >= self._due or len(self._kept) > MAX_KEPT:
            self.let_through()
        elif self._timer is None:
            self._timer = loop.call_at(self._due, self.let_through)
        return True

    def let_through(self) -> None:
        """Handles what is kept, the oldest first."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._kept:
            self._due = asyncio.get_running_loop().time() + SECONDS
            kept, self._kept = self._kept, {}
            for call in kept.values():
                self._handle(call)
