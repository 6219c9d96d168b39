"""Two things asyncio leaves to its users: ending tasks for certain, and finishing what was begun."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

logger = logging.getLogger(__name__)


async def cancelled(*tasks: asyncio.Task[Any]) -> None:
    """Cancels tasks and waits until they are over; what went wrong in one is logged."""
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    for task in tasks:
        if not task.cancelled() and task.exception():
            logger.error("a part of the supervision failed", exc_info=task.exception())


async def to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Waits for something that must not be left half done, whoever gives up waiting meanwhile."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise
