"""The narrow connection: the bucket on a clock of the test's own, the proxy on real sockets."""

from __future__ import annotations

import asyncio

from tests.bench.throttle import TokenBucket, narrow


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_at_once_and_the_rest_waits() -> None:
    bucket = TokenBucket(1000, 500, Clock())
    assert bucket.take(500) == 0
    assert bucket.take(100) == 0.1
    assert bucket.take(100) == 0.2, "what waits already is waited for too"


def test_tokens_come_back_with_time_up_to_the_burst() -> None:
    clock = Clock()
    bucket = TokenBucket(1000, 500, clock)
    bucket.take(500)
    clock.now = 0.3
    assert bucket.take(300) == 0
    clock.now = 100
    assert bucket.take(500) == 0
    assert bucket.take(1) > 0


def test_over_a_long_time_no_more_than_the_rate_passes() -> None:
    clock = Clock()
    bucket = TokenBucket(1000, 100, clock)
    passed = 0
    while clock.now < 60:
        clock.now += bucket.take(50)
        passed += 50
    assert 59_000 <= passed <= 60_200


async def test_the_proxy_passes_everything_both_ways() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readexactly(5) * 2000)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server, narrow(server.sockets[0].getsockname()[1], 8e6) as (port, proxy):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"hello")
        assert await reader.read() == b"hello" * 2000
        assert proxy.passed == 10_000
        writer.close()


async def test_the_proxy_is_not_faster_than_it_should_be() -> None:
    """So many bytes cannot come sooner, however quick or slow the machine is."""

    async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(bytes(30_000))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(pour, "127.0.0.1", 0)
    async with server, narrow(server.sockets[0].getsockname()[1], 8 * 100_000) as (port, _):
        loop = asyncio.get_running_loop()
        begin = loop.time()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert len(await reader.read()) == 30_000
        assert loop.time() - begin > 0.2
        writer.close()
