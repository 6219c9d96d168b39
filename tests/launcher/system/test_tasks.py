"""Tasks that end for certain."""

from __future__ import annotations

import asyncio

import pytest

from pvw_desktop.launcher.system.tasks import cancelled, to_its_end


async def test_cancelled_waits_for_all_and_logs_what_failed(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise ValueError("broken")

    async def done() -> int:
        return 1

    tasks: list[asyncio.Task[object]] = [
        asyncio.create_task(asyncio.sleep(60)),
        asyncio.create_task(fail()),
        asyncio.create_task(done()),
    ]
    await asyncio.sleep(0)
    await cancelled(*tasks)
    assert all(task.done() for task in tasks)
    assert "broken" in caplog.text


async def test_what_was_begun_is_finished() -> None:
    finished = asyncio.Event()

    async def work() -> None:
        await asyncio.sleep(0.05)
        finished.set()

    task = asyncio.create_task(to_its_end(work()))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert finished.is_set()
