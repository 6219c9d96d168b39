"""One client sends without end: how many images does another one get, and how long does its ping take?"""

from __future__ import annotations

import asyncio
import contextlib
import json
import statistics
import struct
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp

from .. import motion
from ..figures import Aim, Row, at_least, percentile, rate
from ..our_client import OurClient, connection, example, signed_in, socket_url
from ..world import SPHERE, Server, World
from .fps import SETTLE

CAMERAS = 10_000
"""A second."""
Flood = Callable[[aiohttp.ClientWebSocketResponse, OurClient], Coroutine[Any, Any, None]]


async def measure(world: World) -> list[Row]:
    """sphere79k at full size: somebody drags alone, then while another client floods, in three ways."""
    rows = []
    async with world.ours() as server, signed_in(server) as http, connection(http, server) as owner:
        await owner.open(SPHERE)
        await owner.full_size(True)
        process = server.process
        for name, flood in FLOODS.items():
            alone, flooded, pings, memory = [], [], [], []
            for _ in range(world.rounds):
                alone.append(await _rate(owner, world.long(6.0)))
                before = process.memory_info().rss
                async with flooding(http, server, owner, flood):
                    flooded.append(await _rate(owner, world.long(6.0)))
                    pings += await _pings(owner, 20)
                memory.append((process.memory_info().rss - before) / 1e6)
                await owner.settled()
                owner.images.clear()
            aim = at_least(0.8)
            rows += [
                Row(f"images a second beside {name}", "fps", tuple(flooded), tuple(alone), "alone", aim),
                Row(f"ping beside {name}, p95", "ms", (percentile(pings, 95),), aim=Aim(50.0, of="value")),
                Row(f"gateway grown by {name}", "MB", (max(0.0, statistics.median(memory)),)),
            ]
    return rows


async def _rate(owner: OurClient, seconds: float) -> float:
    """Images a second of a drag. Unlike others of the bench it is not over when the images rest: beside a flood of
    cameras they never do."""
    begin, camera = time.perf_counter(), owner.camera
    async for elapsed in motion.ticks(seconds + SETTLE):
        camera = motion.orbit(owner.camera, motion.hand(elapsed), example.turned)
        await owner.move(camera)
    end = time.perf_counter()
    await owner.move(camera, interactive=False)
    return rate([image.at for image in owner.images if begin + SETTLE <= image.at <= end])


async def _pings(owner: OurClient, count: int) -> list[float]:
    """Milliseconds of each."""
    times = []
    for _ in range(count):
        begin = time.perf_counter()
        await owner.call("session.ping")
        times.append((time.perf_counter() - begin) * 1e3)
    return times


@contextlib.asynccontextmanager
async def flooding(http: Any, server: Server, owner: OurClient, flood: Flood) -> AsyncIterator[None]:
    """A client of the same session that floods as long as the block lasts."""
    origin = server.url.rstrip("/")
    async with http.ws_connect(
        socket_url(server), protocols=["pvw.v2"], headers={"Origin": origin}, max_msg_size=0
    ) as socket:
        hello = {"client": "flood", "images": False}
        await socket.send_str(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "session.hello", "params": hello}))
        await socket.receive()
        task = asyncio.create_task(flood(socket, owner))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            if not socket.closed:
                _transport(socket).abort()  # what it did not read would keep it from closing


def _frame(method: str, **params: Any) -> bytes:
    """A text frame with a mask of zeros, made once: what floods must not be what is slow."""
    call: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
    if method != "view.camera.set":
        call["id"] = 2
    body = json.dumps(call).encode()
    length = struct.pack("!BH", 0x80 | 126, len(body)) if len(body) > 125 else bytes([0x80 | len(body)])
    return b"\x81" + length + bytes(4) + body


async def _pour(socket: aiohttp.ClientWebSocketResponse, frame: bytes, rate: float) -> None:
    """As many a second, as far as the other side takes them."""
    transport = _transport(socket)
    last = time.perf_counter()
    while True:
        await asyncio.sleep(0.01)
        now = time.perf_counter()
        if transport.get_write_buffer_size() < len(frame):
            transport.write(frame * int(min(0.05, now - last) * rate))
        last = now


def _transport(socket: aiohttp.ClientWebSocketResponse) -> Any:
    connection = socket._response.connection
    if connection is None:
        raise RuntimeError("the connection was ended")
    return connection.transport


async def _cameras(socket: aiohttp.ClientWebSocketResponse, owner: OurClient) -> None:
    """Cameras of the same view."""
    frame = _frame("view.camera.set", view=owner.view, camera=owner.camera, motion=1, interactive=True)
    await _pour(socket, frame, CAMERAS)


async def _questions(socket: aiohttp.ClientWebSocketResponse, owner: OurClient) -> None:
    """Pings as fast as they are taken, and every answer read."""

    async def read() -> None:
        async for _ in socket:
            pass

    reading = asyncio.create_task(read())
    try:
        await _pour(socket, _frame("session.ping"), 2 * CAMERAS)
    finally:
        reading.cancel()


async def _deaf(socket: aiohttp.ClientWebSocketResponse, owner: OurClient) -> None:
    """Large answers asked for as fast as the questions are taken, and none of them read."""
    _transport(socket).pause_reading()
    await _pour(socket, _frame("rpc.discover"), CAMERAS)


FLOODS: dict[str, Flood] = {
    "10,000 cameras a second": _cameras,
    "pings without end": _questions,
    "answers nobody reads": _deaf,
}
