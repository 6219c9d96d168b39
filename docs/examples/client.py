"""Opens a file in PVW Desktop, turns the camera and saves an image. Needs aiohttp and nothing of PVW Desktop.

    python client.py SIGN_IN_URL FILE OUT.jpg [--root LABEL]

SIGN_IN_URL is what `pvw-desktop serve` prints (it works once). FILE is a path inside a data folder, with `/` between
the names; LABEL is the folder's name, without it the first folder is taken. docs/protocol.md says what goes over the
wire.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import struct
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import aiohttp

SUBPROTOCOL = "pvw.v2"
SECONDS = 120


class RpcError(Exception):
    """The server's sentence about what went wrong, with what to do about it."""

    def __init__(self, error: dict[str, Any]):
        super().__init__(" ".join(filter(None, (error["message"], (error.get("data") or {}).get("hint")))))


class Client:
    """One connection: requests get their answers, topics are mirrored, the newest image of a motion is kept."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse):
        self.socket = socket
        self.topics: dict[str, Any] = {}
        self._versions: dict[str, int] = {}
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._images: asyncio.Queue[tuple[dict[str, Any], bytes]] = asyncio.Queue()
        self._changed = asyncio.Event()
        self._last_id = 0
        self._sentence = ""
        self._reading = asyncio.create_task(self._read())

    async def call(self, method: str, **params: Any) -> Any:
        """Sends a request and waits for its result."""
        self._last_id += 1
        answer = self._answers[self._last_id] = asyncio.get_running_loop().create_future()
        await self._send({"jsonrpc": "2.0", "id": self._last_id, "method": method, "params": params})
        return await self._wait(answer)

    async def notify(self, method: str, **params: Any) -> None:
        """Sends a notification: it has no answer."""
        await self._send({"jsonrpc": "2.0", "method": method, "params": params})

    async def join(self) -> None:
        """The first call on every connection: it brings all topics."""
        snapshot = await self.call("session.hello", client="example client")
        self._update(snapshot["topics"])

    async def topic(self, name: str, good: Any) -> Any:
        """The value of a topic as soon as `good(value)` is true."""
        while True:
            self._changed.clear()
            value = self.topics.get(name)
            if value and good(value):
                return value
            await self._wait(self._changed.wait())

    async def image(self, good: Any) -> tuple[dict[str, Any], bytes]:
        """The next image whose header is good."""
        while True:
            header, data = await self._wait(self._images.get())
            if good(header):
                return header, data

    async def _wait(self, awaitable: Any) -> Any:
        """What is waited for; raises ConnectionError at once where the connection ends, for nothing more will come."""
        waiting = asyncio.ensure_future(awaitable)
        await asyncio.wait([waiting, self._reading], timeout=SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            return waiting.result()
        waiting.cancel()
        if self._reading.done():
            raise ConnectionError(f"The connection has ended (code {self.socket.close_code}). {self._sentence}".strip())
        raise TimeoutError(f"Nothing came within {SECONDS} seconds.")

    async def _send(self, message: dict[str, Any]) -> None:
        await self.socket.send_str(json.dumps(message))

    async def _read(self) -> None:
        while True:
            message = await self.socket.receive()
            if message.type is aiohttp.WSMsgType.TEXT:
                self._take(json.loads(message.data))
            elif message.type is aiohttp.WSMsgType.BINARY:
                await self._take_frame(message.data)
            else:  # the end; a close frame carries a sentence for a person
                self._sentence = message.extra or ""
                return

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("method") == "state.changed":
            self._update(message["params"]["changes"])
        elif message.get("method") == "session.notice":
            sys.stderr.write(f"notice: {message['params']['message']}\n")
        elif "id" in message:
            answer = self._answers.pop(message["id"])
            if "error" in message:
                answer.set_exception(RpcError(message["error"]))
            else:
                answer.set_result(message["result"])

    def _update(self, topics: list[dict[str, Any]]) -> None:
        for topic in topics:  # the answer to session.hello may be older than a change that came meanwhile
            if topic["version"] >= self._versions.get(topic["name"], 0):
                self._versions[topic["name"]] = topic["version"]
                self.topics[topic["name"]] = topic["value"]
        self._changed.set()

    async def _take_frame(self, data: bytes) -> None:
        (length,) = struct.unpack_from("<I", data)
        header = json.loads(data[4 : 4 + length])
        self._images.put_nowait((header, data[4 + length :]))
        # Without this the server would stop after two images.
        await self.notify("view.ack", view=header["view"], seq=header["seq"])


def turned(camera: dict[str, Any], degrees: float) -> dict[str, Any]:
    """The camera after a turn around its view-up axis through the focal point (VTK's Azimuth)."""
    focal, up = camera["focal_point"], camera["view_up"]
    length = math.sqrt(sum(x * x for x in up))
    k = [x / length for x in up]
    v = [p - f for p, f in zip(camera["position"], focal, strict=True)]
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    cross = [k[1] * v[2] - k[2] * v[1], k[2] * v[0] - k[0] * v[2], k[0] * v[1] - k[1] * v[0]]
    along = sum(a * b for a, b in zip(k, v, strict=True)) * (1 - cos)
    position = [f + a * cos + c * sin + b * along for f, a, c, b in zip(focal, v, cross, k, strict=True)]
    return {**camera, "position": position}


async def work(client: Client, file: str, root_label: str | None) -> bytes:
    """Opens, turns, and gives the image."""
    await client.join()
    await client.topic("server", lambda status: status["state"] in ("ready", "busy"))
    roots = (await client.call("files.roots"))["roots"]
    root = next((item for item in roots if root_label in (None, item["label"])), None)
    if root is None:
        raise SystemExit(f"There is no data folder '{root_label}'; there are: {[item['label'] for item in roots]}")

    opened = await client.call("files.open", root=root["root"], path=file)
    if opened["choose"]:  # several readers fit equally well: take the first
        reader = opened["choose"][0]["name"]
        await client.call("files.open", root=root["root"], path=file, reader=reader)

    # the first view: a file opens there where none is named
    ident = (await client.topic("pipeline", lambda value: True))["view"]
    view = await client.topic(f"view/{ident}", lambda value: value["bounds"] is not None)
    await client.call("view.size", view=ident, width=800, height=600)
    await client.call("view.camera.reset", view=ident, direction="iso")
    view = await client.topic(f"view/{ident}", lambda value: value["camera_version"] > view["camera_version"])

    steps = 20
    for step in range(1, steps + 1):
        camera = turned(view["camera"], 90 * step / steps)
        await client.notify("view.camera.set", view=ident, camera=camera, motion=step, interactive=step < steps)
    header, data = await client.image(
        lambda header: header["view"] == ident and header["still"] and header["motion"] == steps
    )
    sys.stdout.write(f"image {header['seq']}: {header['width']}x{header['height']}, {header['render_ms']:.0f} ms\n")
    return data


async def main() -> None:
    """Signs in with the code behind `#k=`, then works over a WebSocket."""
    parser = argparse.ArgumentParser(description="Opens a file in PVW Desktop, turns the camera and saves an image.")
    parser.add_argument("sign_in_url")
    parser.add_argument("file")
    parser.add_argument("out", type=Path)
    parser.add_argument("--root", metavar="LABEL")
    arguments = parser.parse_args()
    base, _, code = arguments.sign_in_url.partition("#k=")
    origin = {"Origin": urljoin(base, "/").rstrip("/")}
    # Browsers keep cookies of bare addresses; aiohttp does where it is told to.
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        async with http.post(base + "auth", json={"code": code}, headers=origin) as answer:
            if answer.status != 200:
                told = await answer.text()
                raise SystemExit(
                    json.loads(told)["error"] if answer.content_type == "application/json" else told.strip()
                )
        async with http.ws_connect(base + "ws", protocols=[SUBPROTOCOL], headers=origin, max_msg_size=0) as socket:
            try:
                arguments.out.write_bytes(await work(Client(socket), arguments.file, arguments.root))
            except (RpcError, ConnectionError, TimeoutError) as error:
                raise SystemExit(str(error)) from None


if __name__ == "__main__":
    asyncio.run(main())
