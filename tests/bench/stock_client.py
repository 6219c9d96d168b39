"""A client of the stock server: the few messages of wslink 1.x that are needed, JSON texts and binary attachments."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp

from . import motion
from .world import SIZE, Server

QUALITY = 80
SECONDS = 60.0
IMAGES = "viewport.image.push.subscription"


@dataclasses.dataclass(frozen=True)
class Shown:
    """An image that arrived."""

    at: float
    size: tuple[int, int]
    payload: bytes = dataclasses.field(repr=False)


class StockClient:
    """One connection; keeps every image with the moment it came."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse):
        self._socket = socket
        self._count = 0
        self._answers: dict[str, asyncio.Future[Any]] = {}
        self._names: list[str] = []
        self._attachments: dict[str, bytes] = {}
        self.images: list[Shown] = []
        self.view = "-1"
        self._reading = asyncio.create_task(self._read())

    async def call(self, method: str, *args: Any, ident: str | None = None) -> Any:
        """Calls and waits for the result; what the server could not do raises."""
        self._count += 1
        ident = ident or f"rpc:c0:{self._count}"
        answer = self._answers[ident] = asyncio.get_running_loop().create_future()
        message = {"wslink": "1.0", "id": ident, "method": method, "args": args, "kwargs": {}}
        await self._socket.send_str(json.dumps(message))
        return await asyncio.wait_for(answer, SECONDS)

    async def look(self) -> None:
        """Says hello and asks for images at the bench's size and quality."""
        await self.call("wslink.hello", {"secret": "wslink-secret"}, ident="system:c0:0")
        self.view = (await self.call("viewport.image.push.observer.add", -1))["viewId"]
        await self.call("viewport.image.push.original.size", self.view, *SIZE)
        await self.call("viewport.image.push.quality", self.view, QUALITY, 1)

    async def open(self, file: str) -> dict[str, Any]:
        """Opens a file of the data folder and looks at all of it."""
        opened: dict[str, Any] = await self.call("pv.proxy.manager.create.reader", file)
        if not opened.get("success"):
            raise RuntimeError(f"the stock server could not open {file}: {opened}")
        await self.call("viewport.camera.reset", -1)
        await self.settled()
        return opened

    async def mouse(self, action: str, place: tuple[float, float], button: int = 1) -> None:
        """A mouse event, at fractions of the view's width and height."""
        rest = dict.fromkeys(("shiftKey", "ctrlKey", "altKey", "metaKey", "buttonMiddle", "buttonRight"), 0)
        event = {"action": action, "x": place[0], "y": place[1], "buttonLeft": button, "charCode": "", "view": -1}
        await self.call("viewport.mouse.interaction", {**event, **rest})

    async def settled(self, quiet: float = 1.2) -> None:
        """Waits until no image came for a while."""
        deadline = time.perf_counter() + SECONDS
        since = time.perf_counter()
        while time.perf_counter() < deadline:
            newest = max(since, self.images[-1].at if self.images else 0.0)
            if time.perf_counter() - newest >= quiet:
                return
            await asyncio.sleep(0.05)
        raise RuntimeError("the stock server's images do not come to rest")

    async def drag(self, seconds: float, settle: float) -> list[Shown]:
        """Drags over the common path; the images that came after the first `settle` seconds of it."""
        await self.mouse("down", (0.5, 0.5))
        begin = time.perf_counter()
        async for elapsed in motion.ticks(seconds):
            await self.mouse("move", motion.hand(elapsed))
        end = time.perf_counter()
        await self.mouse("up", motion.hand(seconds), 0)
        taken = [image for image in self.images if begin + settle <= image.at <= end]
        await self.settled()
        return taken

    async def steps(self, count: int) -> list[float]:
        """Single steps of the mouse with the button down: seconds until the first image equal to the one that stays.
        (Each image this server gives out is the one before the newest; the newest comes by a timer.)"""
        times = []
        for number in range(1, count + 1):
            await self.mouse("down", (0.5, 0.5))
            await self.settled(0.8)
            times.append(await self.until_settled(self.mouse("move", motion.step(number))))
            await self.mouse("up", motion.step(number), 0)
            await self.settled(0.6)
        return times

    async def until_settled(self, act: Any) -> float:
        """Seconds from the begin of an act to the first image that is the one that stays."""
        self.images.clear()
        begin = time.perf_counter()
        await act
        while not self.images:
            if time.perf_counter() - begin > SECONDS:
                raise RuntimeError("the stock server sent no image")
            await asyncio.sleep(0.01)
        await self.settled()
        return next(image.at for image in self.images if image.payload == self.images[-1].payload) - begin

    async def _read(self) -> None:
        async for frame in self._socket:
            if frame.type is aiohttp.WSMsgType.BINARY:
                self._attachments[self._names.pop(0)] = frame.data
            elif frame.type is aiohttp.WSMsgType.TEXT:
                self._take(json.loads(frame.data))

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("method") == "wslink.binary.attachment":
            self._names.append(message["args"][0])
        elif str(message.get("id")).startswith(f"publish:{IMAGES}"):
            result = message["result"]
            payload = self._attachments.pop(str(result.get("image")), b"")
            width, height = result["size"]
            if payload:
                self.images.append(Shown(time.perf_counter(), (width, height), payload))
        elif message.get("id") in self._answers:
            answer = self._answers.pop(message["id"])
            if "error" in message:
                answer.set_exception(RuntimeError(f"the stock server says: {message['error']}"))
            else:
                answer.set_result(message.get("result"))


@contextlib.asynccontextmanager
async def stock_client(server: Server | None) -> AsyncIterator[StockClient | None]:
    """A connection to the stock server, looking at it; None where there is no stock server."""
    if server is None:
        yield None
        return
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(server.url.replace("http", "ws", 1) + "ws", max_msg_size=0) as socket,
    ):
        client = StockClient(socket)
        await client.look()
        yield client
