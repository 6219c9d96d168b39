"""Threads for what may block."""

from __future__ import annotations

import asyncio
import threading

import pytest

from pvw_desktop.gateway.workers import Workers


async def test_result_and_error_come_back() -> None:
    workers = Workers("test", 2)
    assert await workers.run(lambda a, b: a + b, 1, 2) == 3
    with pytest.raises(ZeroDivisionError):
        await workers.run(lambda: 1 / 0)
    workers.close()


async def test_one_that_hangs_leaves_the_others_usable() -> None:
    workers = Workers("test", 4)
    release = threading.Event()
    stuck = [asyncio.create_task(workers.run(release.wait, 10)) for _ in range(3)]
    await asyncio.sleep(0)
    assert await asyncio.wait_for(workers.run(lambda: "here"), 2) == "here"
    release.set()
    assert await asyncio.gather(*stuck) == [True] * 3
    workers.close()


async def test_no_more_threads_than_allowed_and_all_are_daemons() -> None:
    workers = Workers("limited", 2)
    release = threading.Event()
    jobs = [asyncio.create_task(workers.run(release.wait, 10)) for _ in range(6)]
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


async def test_closed_workers_refuse() -> None:
    workers = Workers("test", 1)
    workers.close()
    with pytest.raises(RuntimeError):
        await workers.run(lambda: 1)
