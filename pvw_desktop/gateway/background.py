"""Work that nobody waits for: it is kept alive while it runs, and what goes wrong in it is told."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from ..protocol.errors import PvwError

log = logging.getLogger(__name__)


class BackgroundTasks:
    """The tasks of one owner. `on_error` is called with what a person may be told; without it, that is logged."""

    def __init__(self, on_error: Callable[[PvwError], None] | None = None):
        self._on_error = on_error
        self._tasks: set[asyncio.Future[None]] = set()

    def spawn(self, awaitable: Awaitable[Any]) -> asyncio.Future[None]:
        """Runs something that this keeps alive."""
        task = asyncio.ensure_future(self._guarded(awaitable))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def call(self, function: Callable[..., Any] | None, *args: Any) -> None:
        """Calls a callback that may be missing, plain or a coroutine."""
        result = None if function is None else function(*args)
        if inspect.isawaitable(result):
            self.spawn(result)

    def close(self) -> None:
        """Gives up what still runs."""
        for task in list(self._tasks):
            task.cancel()

    def __len__(self) -> int:
        return len(self._tasks)

    def __iter__(self) -> Iterator[asyncio.Future[None]]:
        return iter(list(self._tasks))

    async def _guarded(self, awaitable: Awaitable[Any]) -> None:
        try:
            await awaitable
        except PvwError as error:
            if self._on_error is None:
                log.error("%s", error.message)
            else:
                self._on_error(error)
        except Exception:
            log.exception("something in the background failed")
