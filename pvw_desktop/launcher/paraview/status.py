"""What is said of the ParaView process: one value, published whenever it changes. Pure but for the publishing."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import Callable
from typing import Any

from ...protocol.messages.session import ServerStatus
from .lifecycle import State

SLOW_SECONDS = 15.0
SLOW = "It takes longer than usual; a first start from a network drive can take minutes."

Publish = Callable[[ServerStatus], None]


class StatusBoard:
    """Keeps the newest status for whoever is bound later."""

    def __init__(self) -> None:
        self._status = ServerStatus(State.GONE.value, "", time.time())
        self._publish: Publish | None = None
        self._words = ""
        self._slow = False

    @property
    def status(self) -> ServerStatus:
        return self._status

    def bind(self, publish: Publish) -> None:
        """From now on `publish` gets each change, and the present status at once."""
        self._publish = publish
        publish(self._status)

    def change(self, state: State, text: str, **facts: Any) -> None:
        """A new state. What was known of the process before stays only where a process still runs."""
        kept = self._status if state in (State.READY, State.STOPPING) else ServerStatus(state.value, "", 0.0)
        self._slow = False
        self._words = text
        self._set(dataclasses.replace(kept, state=state.value, text=text, since=time.time(), **facts))

    def add(self, **facts: Any) -> None:
        """More is known in the same state."""
        self._set(dataclasses.replace(self._status, **facts))

    def tell(self, text: str) -> None:
        """What is happening now, in the same state."""
        self._words = text
        self._set(dataclasses.replace(self._status, text=f"{text} {SLOW}" if self._slow else text))

    async def say_when_slow(self, seconds: float = SLOW_SECONDS) -> None:
        """After a while, says that it is still starting. Never gives up: the process lives."""
        await asyncio.sleep(seconds)
        if self._status.state == State.STARTING.value:
            self._slow = True
            self.tell(self._words)

    def _set(self, status: ServerStatus) -> None:
        self._status = status
        if self._publish:
            self._publish(status)
