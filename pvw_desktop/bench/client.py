"""A connection to our own server, as any client has it: calls, topics, images acknowledged at once.

Knows the wire (docs/protocol.md) and nothing of the process behind it.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urljoin

import aiohttp

from .. import __version__
from ..errors import ExitCode, StartError
from ..protocol.errors import Unavailable, from_wire
from ..protocol.framing import unpack_binary

SECONDS = 120.0
"""A limit for a ParaView that says nothing any more."""
_WILL_NOT_COME_BACK = ("crashed", "gone", "stopping")


@dataclasses.dataclass(frozen=True)
class Arrived:
    """An image, and the moment it came (`time.perf_counter`)."""

    at: float
    header: dict[str, Any]
    bytes: int


class Link:
    """One connection that is signed in."""

    def __init__(self, http: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse, url: str):
        self._http = http
        self._socket = socket
        self._url = url
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._news = asyncio.Event()
        self.topics: dict[str, Any] = {}
        self.images: list[Arrived] = []
        self._reading = asyncio.create_task(self._read())

    async def join(self) -> None:
        """Joins and waits until ParaView can work; StartError where it cannot."""
        snapshot = await self.call("session.hello", client=f"pvw-desktop bench {__version__}")
        self._update(snapshot["topics"])
        await self.wait(lambda: self.topics["server"]["state"] == "ready")

    async def call(self, method: str, **params: Any) -> Any:
        """A request and its result; raises the PvwError it is answered with."""
        number = next(self._ids)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return await answer

    async def notify(self, method: str, **params: Any) -> None:
        """A notification."""
        await self._send({"jsonrpc": "2.0", "method": method, "params": params})

    async def wait(self, good: Callable[[], Any], seconds: float = SECONDS) -> Any:
        """The first true value of `good`, asked after each message. Raises TimeoutError, and what ended ParaView."""
        deadline = time.monotonic() + seconds
        while not (value := good()):
            self._check_alive()
            self._news.clear()
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._news.wait(), left)
        return value

    async def topic(self, prefix: str, good: Callable[[Any], bool], seconds: float = SECONDS) -> Any:
        """The value of the first topic whose name begins so, as soon as it is good."""

        def found() -> Any:
            named = (value for name, value in self.topics.items() if name.startswith(prefix))
            return next((value for value in named if value and good(value)), None)

        return await self.wait(found, seconds)

    async def fetch(self, path: str) -> int:
        """Gets something by HTTP; its length as it came over the network. Raises Unavailable."""
        try:
            async with self._http.get(self._url + path, auto_decompress=False) as answer:
                answer.raise_for_status()
                return len(await answer.read())
        except aiohttp.ClientError as error:
            raise Unavailable(f"An array could not be fetched: {error}.") from None

    def _check_alive(self) -> None:
        status = self.topics.get("server") or {}
        if missing := status.get("missing"):
            raise StartError("no ParaView was found", missing["hint"], ExitCode.PARAVIEW)
        if status.get("state") in _WILL_NOT_COME_BACK:
            reason = (status.get("crash") or {}).get("reason", "ParaView ended")
            raise StartError(reason, "`pvw-desktop doctor` says whether it can draw here", ExitCode.PARAVIEW)
        if self._reading.done():
            raise Unavailable("The server ended.")

    async def _send(self, message: dict[str, Any]) -> None:
        try:
            await self._socket.send_str(json.dumps(message))
        except ConnectionError:
            raise Unavailable("The server ended.") from None

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(json.loads(message.data))
                elif message.type is aiohttp.WSMsgType.BINARY:
                    await self._take_frame(message.data)
        finally:
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(Unavailable("The server ended."))
            self._news.set()

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("method") == "state.changed":
            self._update(message["params"]["changes"])
        elif "id" in message and not (answer := self._answers.pop(message["id"])).done():
            if "error" in message:
                answer.set_exception(from_wire(message["error"]))
            else:
                answer.set_result(message["result"])

    def _update(self, topics: list[dict[str, Any]]) -> None:
        for topic in topics:
            self.topics[topic["name"]] = topic["value"]
        self._news.set()

    async def _take_frame(self, data: bytes) -> None:
        at = time.perf_counter()
        header, payload = unpack_binary(data)
        if header["type"] == "frame":
            self.images.append(Arrived(at, header, len(payload)))
            await self.notify("view.ack", view=header["view"], seq=header["seq"])
            self._news.set()

    async def close(self) -> None:
        """Ends reading."""
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)


@contextlib.asynccontextmanager
async def connect(sign_in_url: str) -> AsyncIterator[Link]:
    """Signs in with the code behind `#k=` and connects; joining comes after. Raises Unavailable."""
    base, _, code = sign_in_url.partition("#k=")
    origin = {"Origin": urljoin(base, "/").rstrip("/")}
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        try:
            async with http.post(base + "auth", json={"code": code}, headers=origin) as answer:
                answer.raise_for_status()
            socket = await http.ws_connect(base + "ws", protocols=["pvw.v2"], headers=origin, max_msg_size=0)
        except aiohttp.ClientError as error:
            raise Unavailable(f"The server does not answer: {error}.") from None
        link = Link(http, socket, base)
        try:
            yield link
        finally:
            await link.close()
            await socket.close()
