"""Work that nobody waits for."""

from __future__ import annotations

import asyncio
import gc
import logging

import pytest

from pvw_desktop.gateway.background import BackgroundTasks
from pvw_desktop.protocol.errors import Failed, PvwError


async def test_it_is_kept_alive_while_it_runs_and_forgotten_afterwards() -> None:
    tasks, go = BackgroundTasks(), asyncio.Event()
    done: list[int] = []

    async def work(number: int) -> None:
        await go.wait()
        done.append(number)

    for number in range(3):
        tasks.spawn(work(number))
    await asyncio.sleep(0)
    gc.collect()
    assert (len(tasks), done) == (3, [])
    go.set()
    await asyncio.wait(list(tasks))
    assert (len(tasks), done) == (0, [0, 1, 2])


async def test_what_goes_wrong_is_told_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    told: list[PvwError] = []

    async def fail(error: Exception) -> None:
        raise error

    error = Failed("The disk is full.")
    await BackgroundTasks(told.append).spawn(fail(error))
    assert told == [error]
    with caplog.at_level(logging.ERROR):
        await BackgroundTasks().spawn(fail(error))
        await BackgroundTasks(told.append).spawn(fail(ZeroDivisionError("inside")))
    assert "The disk is full." in caplog.text and "ZeroDivisionError" in caplog.text
    assert told == [error]


async def test_a_callback_may_be_missing_plain_or_a_coroutine() -> None:
    tasks = BackgroundTasks()
    called: list[str] = []

    async def slow(word: str) -> None:
        called.append(word)

    tasks.call(None, "nothing")
    tasks.call(called.append, "plain")
    tasks.call(slow, "slow")
    await asyncio.wait(list(tasks))
    assert called == ["plain", "slow"]


async def test_closing_gives_up_what_runs() -> None:
    tasks = BackgroundTasks()
    waiting = tasks.spawn(asyncio.Event().wait())
    await asyncio.sleep(0)
    tasks.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
