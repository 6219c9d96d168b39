"""Our server through docs/examples/client.py: what a stranger writes is what is measured. Each image is acknowledged
at once, as that client does."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import importlib.util
import time
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from . import motion
from .world import ROOT, SIZE, Server

SECONDS = 60.0


def _example() -> Any:
    spec = importlib.util.spec_from_file_location("client", ROOT / "docs" / "examples" / "client.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


example = _example()
RpcError: type[Exception] = example.RpcError


@dataclasses.dataclass(frozen=True)
class Shown:
    """An image that arrived."""

    at: float
    header: dict[str, Any]
    payload: bytes = dataclasses.field(repr=False)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.header["width"], self.header["height"]

    @property
    def still(self) -> bool:
        """Whether it is a full image after motion."""
        return bool(self.header["still"])


class OurClient:
    """The example client, with every image kept with the moment it came, and the moves that were sent."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse):
        self.client = _Noting(socket, self._came)
        self.images: list[Shown] = []
        self.sent: dict[int, float] = {}
        self.moves = 0
        self.keep = True
        self._arrived = asyncio.Event()
        self.view = ""
        self.camera: dict[str, Any] = {}

    def _came(self, header: dict[str, Any], payload: bytes) -> None:
        if not self.keep:
            self.images.clear()
        self.images.append(Shown(time.perf_counter(), header, payload))
        self._arrived.set()

    async def call(self, method: str, **params: Any) -> Any:
        """A request and its result."""
        return await self.client.call(method, **params)

    async def join(self) -> None:
        """Joins and waits for ParaView."""
        await self.client.join()
        await self.client.topic("server", lambda value: value["state"] in ("ready", "busy"))

    async def open(self, file: str, size: tuple[int, int] = SIZE) -> str:
        """Opens a file of the data folder, looks at all of it; the node."""
        (root, *_) = (await self.call("files.roots"))["roots"]
        opened = await self.call("files.open", root=root["root"], path=file)
        if opened["choose"]:
            reader = opened["choose"][0]["name"]
            opened = await self.call("files.open", root=root["root"], path=file, reader=reader)
        self.view = (await self.client.topic("pipeline", lambda value: True))["view"]
        await self.client.topic(f"view/{self.view}", lambda value: value["bounds"] is not None)
        await self.call("view.size", view=self.view, width=size[0], height=size[1])
        await self.call("view.camera.reset", view=self.view)
        await self.settled()
        self.camera = self.client.topics[f"view/{self.view}"]["camera"]
        return str(opened["node"])

    async def full_size(self, full: bool) -> None:
        """Images while moving: always of full size and detail, or as the server chooses."""
        quality = {"rate": 30, "full_size": True, "lod": False} if full else {}
        await self.call("view.quality", view=self.view, quality=quality)

    async def move(self, camera: dict[str, Any], interactive: bool = True) -> int:
        """Sets the camera; the number of the move."""
        self.moves += 1
        self.sent[self.moves] = time.perf_counter()
        await self.client.notify(
            "view.camera.set", view=self.view, camera=camera, motion=self.moves, interactive=interactive
        )
        return self.moves

    async def image(self, good: Callable[[Shown], bool], begin: int = 0) -> Shown:
        """The first image that is good, from the given place in `images` on."""
        while True:
            self._arrived.clear()
            for image in self.images[begin:]:
                if good(image):
                    return image
            begin = len(self.images) if self.keep else 0
            await asyncio.wait_for(self._arrived.wait(), SECONDS)

    async def settled(self, quiet: float = 1.2) -> None:
        """Waits until no image came for a while."""
        since, deadline = time.perf_counter(), time.perf_counter() + SECONDS
        while time.perf_counter() < deadline:
            newest = max(since, self.images[-1].at if self.images else 0.0)
            if time.perf_counter() - newest >= quiet:
                return
            await asyncio.sleep(0.05)
        raise RuntimeError("the images do not come to rest")

    async def drag(self, seconds: float, settle: float) -> list[Shown]:
        """Drags over the common path; the images that came after the first `settle` seconds of it."""
        begin, camera = time.perf_counter(), self.camera
        async for elapsed in motion.ticks(seconds):
            camera = motion.orbit(self.camera, motion.hand(elapsed), example.turned)
            await self.move(camera)
        end = time.perf_counter()
        await self.move(camera, interactive=False)
        await self.settled()
        return [image for image in self.images if begin + settle <= image.at <= end]

    async def steps(self, count: int) -> list[float]:
        """Single moves out of rest: seconds until the first image that shows the move."""
        times = []
        for number in range(1, count + 1):
            await self.settled()
            self.images.clear()
            move = await self.move(motion.orbit(self.camera, motion.step(number), example.turned))
            image = await self.image(lambda shown, move=move: shown.header["motion"] >= move)  # type: ignore[misc]
            times.append(image.at - self.sent[move])
        return times

    async def until_settled(self, act: Any) -> float:
        """Seconds from the begin of an act to the first image that is the one that stays."""
        self.images.clear()
        begin = time.perf_counter()
        await act
        await self.settled()
        if not self.images:
            raise RuntimeError("no image came")
        return next(image.at for image in self.images if image.payload == self.images[-1].payload) - begin

    def lags(self, images: list[Shown]) -> list[float]:
        """Seconds from a move to the image that shows it, for each of the images."""
        return [image.at - self.sent[image.header["motion"]] for image in images if image.header["motion"] in self.sent]


class _Noting(example.Client):  # type: ignore[misc,name-defined]
    """The example client, which also says that an image came."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, came: Callable[[dict[str, Any], bytes], None]):
        super().__init__(socket)
        self._came = came

    async def _take_frame(self, data: bytes) -> None:
        await super()._take_frame(data)
        self._came(*self._images.get_nowait())


@contextlib.asynccontextmanager
async def signed_in(server: Server) -> AsyncIterator[aiohttp.ClientSession]:
    """A signed-in HTTP session: connections and requests made with it are the owner's."""
    base, _, code = server.sign_in_url.partition("#k=")
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        async with http.post(base + "auth", json={"code": code}, headers=_origin(server)) as answer:
            answer.raise_for_status()
        yield http


def socket_url(server: Server) -> str:
    """Where the session's WebSocket is."""
    return server.sign_in_url.partition("#")[0] + "ws"


def _origin(server: Server) -> dict[str, str]:
    return {"Origin": server.url.rstrip("/")}


@contextlib.asynccontextmanager
async def connection(
    http: aiohttp.ClientSession, server: Server, through: int | None = None
) -> AsyncIterator[OurClient]:
    """A connection that joined. `through` is the port of a proxy that leads to the server."""
    headers = _origin(server)
    url = socket_url(server)
    if through is not None:
        headers["Host"] = server.url.split("/")[2]
        url = urlsplit(url)._replace(netloc=f"127.0.0.1:{through}").geturl()
    async with http.ws_connect(url, protocols=[example.SUBPROTOCOL], headers=headers, max_msg_size=0) as socket:
        client = OurClient(socket)
        await client.join()
        yield client


@contextlib.asynccontextmanager
async def our_client(server: Server) -> AsyncIterator[OurClient]:
    """The only connection to a server."""
    async with signed_in(server) as http, connection(http, server) as client:
        yield client
