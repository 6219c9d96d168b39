"""Threads for what may block."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from pvw_desktop.gateway.workers import Unwanted, Workers, asker, check_wanted


async def test_result_and_error_come_back() -> None:
    workers = Workers("test", 2)
    assert await workers.run(lambda a, b: a + b, 1, 2) == 3
    with pytest.raises(ZeroDivisionError):
        await workers.run(lambda: 1 / 0)
    workers.close()


async def test_one_that_hangs_leaves_the_others_usable() -> None:
    workers = Workers("test", 4)
    release = threading.Event()
    stuck = [asyncio.create_task(workers.run(release.wait, 600)) for _ in range(3)]
    await asyncio.sleep(0)
    assert await asyncio.wait_for(workers.run(lambda: "here"), 60) == "here"
    release.set()
    assert await asyncio.gather(*stuck) == [True] * 3
    workers.close()


async def test_no_more_threads_than_allowed_and_all_are_daemons() -> None:
    workers = Workers("limited", 2)
    release = threading.Event()
    jobs = [asyncio.create_task(workers.run(release.wait, 600)) for _ in range(6)]
    await asyncio.sleep(0.05)
    threads = [thread for thread in threading.enumerate() if thread.name == "limited"]
    assert len(threads) == 2
    assert all(thread.daemon for thread in threads)
    release.set()
    assert await asyncio.gather(*jobs) == [True] * 6
    workers.close()
    for thread in threads:
        thread.join(2)
        assert not thread.is_alive()


async def test_what_nobody_waits_for_is_not_begun_and_ends() -> None:
    workers = Workers("test", 1)
    begun, ended, late = threading.Event(), threading.Event(), threading.Event()

    def long() -> None:
        begun.set()
        try:
            while True:
                check_wanted()
        except Unwanted:
            ended.set()
            raise

    running = asyncio.create_task(workers.run(long))
    await asyncio.to_thread(begun.wait, 10)
    waiting = asyncio.create_task(workers.run(late.set))
    await asyncio.sleep(0)
    waiting.cancel()
    running.cancel()
    assert await asyncio.wait_for(workers.run(lambda: "next"), 60) == "next"
    assert ended.is_set()
    assert not late.is_set()
    workers.close()


async def test_one_that_asks_much_leaves_threads_to_the_others() -> None:
    workers = Workers("test", 4)
    release = threading.Event()

    async def ask(name: str, work: Callable[[], Any]) -> Any:
        asker.set(name)
        return await workers.run(work)

    greedy = [asyncio.create_task(ask("greedy", lambda: release.wait(600))) for _ in range(50)]
    await asyncio.sleep(0)
    assert await asyncio.wait_for(asyncio.create_task(ask("other", lambda: "here")), 60) == "here"
    assert await asyncio.wait_for(asyncio.create_task(ask("", lambda: "its own")), 60) == "its own"
    release.set()
    assert await asyncio.gather(*greedy) == [True] * 50
    workers.close()


async def test_those_who_ask_take_turns() -> None:
    workers = Workers("test", 1)
    release = threading.Event()
    order: list[str] = []

    async def ask(name: str) -> None:
        asker.set(name)

        def work() -> None:
            release.wait(600)
            order.append(name)

        await workers.run(work)

    asking = [asyncio.create_task(ask(name)) for name in ["a"] * 6 + ["b"] * 2 + ["c"]]
    await asyncio.sleep(0)
    release.set()
    await asyncio.gather(*asking)
    assert set(order[-3:]) == {"a"}, "whoever asked most is done last"
    workers.close()


async def test_closed_workers_refuse() -> None:
    workers = Workers("test", 1)
    workers.close()
    with pytest.raises(RuntimeError):
        await workers.run(lambda: 1)
