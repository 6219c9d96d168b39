"""What waits for the main thread, in order, newest wins. Knows no sockets and no ParaView."""

from __future__ import annotations

import threading
import time
import typing
from collections import deque
from typing import Any, Callable, Optional

from pvw_desktop.protocol.channel import Cancel, Quit, Request
from pvw_desktop.protocol.registry import METHODS, coalescing_key


class Inbox:
    """Filled by the channel's thread, emptied by the main thread."""

    def __init__(self) -> None:
        self._items: deque[tuple[float, Any]] = deque()
        self._arrived = threading.Condition()
        self._cancelled: set[int] = set()
        self.current: Optional[int] = None
        """Id of the request that runs now."""
        self.taken_arrived = 0.0
        """When the message that was taken last had arrived, in seconds of time.perf_counter."""

    def put(self, message: Any) -> Optional[Request]:
        """Adds a message; a waiting request that it replaces is returned, so that it can be answered."""
        with self._arrived:
            if isinstance(message, Cancel):
                self._cancelled.add(message.id)
                return self._take(lambda item: isinstance(item, Request) and item.id == message.id)
            replaced = None
            if isinstance(message, Request):
                key = coalescing_key(message.method, message.params)
                if key is not None:
                    replaced = self._take(
                        lambda item: (
                            isinstance(item, Request)
                            and item.client == message.client
                            and coalescing_key(item.method, item.params) == key
                        )
                    )
            self._items.append((time.perf_counter(), message))
            self._arrived.notify()
            return replaced

    def _take(self, fits: Callable[[Any], bool]) -> Optional[Request]:
        for index, (_, item) in enumerate(self._items):
            if fits(item):
                del self._items[index]
                return typing.cast(Request, item)
        return None

    def get(self, timeout: Optional[float]) -> Any:
        """The next message, or None after `timeout` seconds (None: wait for ever)."""
        with self._arrived:
            if not self._items:
                self._arrived.wait(timeout)
            if not self._items:
                return None
            self.taken_arrived, message = self._items.popleft()
            return message

    def get_light(self) -> Any:
        """The next message where it costs next to nothing, such as a newer camera; None where nothing of the kind waits
        in front."""
        with self._arrived:
            if not self._items or not _is_light(self._items[0][1]):
                return None
            self.taken_arrived, message = self._items.popleft()
            return message

    def begin(self, ident: Optional[int]) -> None:
        """Notes which request runs."""
        with self._arrived:
            self.current = ident

    def end(self) -> None:
        """Notes that nothing runs; a cancel that came too late is forgotten."""
        with self._arrived:
            if self.current is not None:
                self._cancelled.discard(self.current)
            self.current = None

    def settle(self) -> None:
        """The cancel of the running request is dealt with: what puts things back must not be stopped by it."""
        with self._arrived:
            if self.current is not None:
                self._cancelled.discard(self.current)

    def is_cancelled(self) -> bool:
        """Whether the running request was asked to stop. Called from progress events."""
        return self.current is not None and self.current in self._cancelled


def _is_light(message: Any) -> bool:
    """Whether an image may wait for it: it says how the next one is to be, and runs nothing."""
    if not isinstance(message, Request):
        return not isinstance(message, Quit)
    declared = METHODS[message.method]
    return declared.latest_wins == "view" and declared.effect in ("camera", "size", "session")
