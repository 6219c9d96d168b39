"""Calls on their way to the ParaView process: one request at a time is handed over, the others wait here in order.

Waiting here and not in the process keeps them in reach: they can be cancelled, and a newer camera or slider value takes
the place of one that waits. Each client's calls keep their order; between clients, whoever had a turn longest ago comes
first. No sockets, no clock.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
from typing import Any

from ...protocol.errors import Unavailable
from ...protocol.registry import METHODS, coalescing_key

MAX_WAITING = 64
"""Calls of one client."""


@dataclasses.dataclass(frozen=True, eq=False)
class WaitingCall:
    """A call that was checked. `id` is None for a notification."""

    id: int | None
    method: str
    params: dict[str, Any]
    client: str
    role: str
    paths: tuple[str, ...] = ()
    seen: tuple[tuple[str, int, int, int, int], ...] = ()

    @functools.cached_property
    def key(self) -> tuple[Any, ...] | None:
        """What it shares with a newer call that takes its place."""
        return coalescing_key(self.method, self.params)


class CallQueue:
    """The order in which calls reach the ParaView process."""

    def __init__(self) -> None:
        self._waiting: list[WaitingCall] = []
        self._running: WaitingCall | None = None
        self._turns: dict[str, int] = {}
        """When each client that waits had its last turn."""
        self._counter = itertools.count(1)

    @property
    def only_notes(self) -> bool:
        """Whether nobody waits for an answer to any of what waits."""
        return all(call.id is None for call in self._waiting)

    @property
    def running(self) -> WaitingCall | None:
        """The request that was handed over and has no answer yet."""
        return self._running

    def add(self, call: WaitingCall) -> list[WaitingCall]:
        """Takes a call; the older ones it replaces. Raises Unavailable where too many wait."""
        replaced = self._replaced_by(call)
        if sum(item.client == call.client for item in self._waiting) - len(replaced) >= MAX_WAITING:
            raise Unavailable("ParaView is busy and too many requests wait for it.", "Wait for it, or cancel the job.")
        self._waiting = [item for item in self._waiting if item not in replaced]
        self._waiting.append(call)
        return replaced

    def _replaced_by(self, call: WaitingCall) -> list[WaitingCall]:
        key = call.key
        if key is None:
            return []
        if call.id is None:  # a notification says everything again, wherever the older one stands
            return [item for item in self._waiting if item.key == key]
        replaced = []
        for item in reversed(self._waiting):
            if item.key is None:  # a request in between may depend on the older value
                break
            if item.key == key:
                replaced.append(item)
        return replaced

    def hand_over(self) -> list[WaitingCall]:
        """What goes to the process now: notifications up to and including the next request, none while one runs."""
        ready: list[WaitingCall] = []
        while self._waiting and self._running is None:
            call = self._take_turn()
            ready.append(call)
            if METHODS[call.method].result is not None:
                self._running = call
        return ready

    def _take_turn(self) -> WaitingCall:
        """Of the first call of each client, that of the client whose last turn was longest ago."""
        first: dict[str, WaitingCall] = {}
        for call in self._waiting:
            first.setdefault(call.client, call)
        client = min(first, key=lambda name: self._turns.get(name, 0))
        self._turns = {name: turn for name, turn in self._turns.items() if name in first}
        self._turns[client] = next(self._counter)
        self._waiting.remove(first[client])
        return first[client]

    def answered(self, call_id: int) -> bool:
        """The process answered; False where it was not asked."""
        if self._running is None or self._running.id != call_id:
            return False
        self._running = None
        return True

    def withdraw(self, call_id: int) -> bool:
        """Takes back a request that still waits."""
        before = len(self._waiting)
        self._waiting = [call for call in self._waiting if call.id != call_id]
        return len(self._waiting) < before

    def clear(self) -> list[WaitingCall]:
        """Forgets everything; the requests that will get no answer."""
        lost = [call for call in (self._running, *self._waiting) if call is not None and call.id is not None]
        self._waiting, self._running = [], None
        return lost
