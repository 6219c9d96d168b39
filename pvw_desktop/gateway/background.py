"""Work that nobody waits for: it is kept alive while it runs, and what goes wrong in it is told."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from ..protocol.errors import PvwError

log = logging.getLogger(__name__)


class Beside:
    """Tasks beside the session. `on_error` is called with what a person may be told."""

    def __init__(self, on_error: Callable[[PvwError], None]):
        self._on_error = on_error
        self._tasks: set[asyncio.Future[None]] = set()

    def spawn(self, awaitable: Awaitable[Any]) -> None:
        """Runs something beside."""
        task = asyncio.ensure_future(self._guarded(awaitable))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def call(self, function: Callable[..., Any] | None, *args: Any) -> None:
        """Calls a callback that may be missing, plain or a coroutine."""
        result = None if function is None else function(*args)
        if inspect.isawaitable(result):
            self.spawn(result)

    def close(self) -> None:
        """Gives up what still runs."""
        for task in list(self._tasks):
            task.cancel()

    async def _guarded(self, awaitable: Awaitable[Any]) -> None:
        try:
            await awaitable
        except PvwError as error:
            self._on_error(error)
        except Exception:
            log.exception("something beside the session failed")
