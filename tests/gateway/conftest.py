"""A gateway on a real port, clients on real sockets, and a stand-in for the ParaView process that speaks the real
channel over TCP and does only what each test tells it."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import pytest

from pvw_desktop.gateway.files import service
from pvw_desktop.gateway.files.recent import RecentFiles
from pvw_desktop.gateway.frames.memory import FrameMemory
from pvw_desktop.gateway.http import doors, forms, websocket
from pvw_desktop.gateway.server import Gateway, GatewayConfig
from pvw_desktop.gateway.session import channel
from pvw_desktop.gateway.session.channel import ChannelListener
from pvw_desktop.gateway.session.registry import SessionRegistry
from pvw_desktop.gateway.session.session import Session
from pvw_desktop.protocol import SUBPROTOCOL
from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import from_wire
from pvw_desktop.protocol.framing import MessageReader, pack_message, unpack_binary

SECONDS = 30.0
"""What is waited for comes much sooner; a machine that does ten other things takes its time."""
CAMERA = {
    "position": [0.0, 0.0, 1.0],
    "focal_point": [0.0, 0.0, 0.0],
    "view_up": [0.0, 1.0, 0.0],
    "view_angle": 30.0,
    "parallel_scale": 1.0,
    "parallel": False,
}
READY = wire.Ready("5.11.0", "3.11.2", "llvmpipe", ["vtu", "vtk", "foam", "e", "stl"])
VIEW = {"view": "7"}
"""As much of a view's topic as the gateway looks at."""
M = TypeVar("M")


async def until(condition: Callable[[], Any], what: str = "the condition") -> Any:
    """The first true value of `condition`; fails after SECONDS."""
    for _ in range(int(SECONDS / 0.005)):
        value = condition()
        if value:
            return value
        await asyncio.sleep(0.005)
    raise AssertionError(f"{what} did not come true within {SECONDS:.0f} s")


class ServerEnd:
    """The other end of the private channel."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self.reader = reader
        self.writer = writer
        self.received: list[Any] = []
        self.ended = asyncio.Event()
        self.reading = asyncio.Event()
        self.reading.set()
        self._task = asyncio.create_task(self._read())

    async def _read(self) -> None:
        frames = MessageReader(halves="keep")
        while True:
            await self.reading.wait()
            try:
                data = await self.reader.read(1 << 16)
            except OSError:
                data = b""
            if not data:
                break
            for item in frames.feed(data):
                self.received.append(wire.decode_to_server(item))
        self.ended.set()

    async def send(self, *messages: Any) -> None:
        for message in messages:
            self.writer.write(pack_message(wire.encode(message)))
        await self.writer.drain()

    async def next(self, kind: type[M], where: Callable[[M], bool] = lambda message: True) -> M:
        """Takes the first message of this kind out of what came."""

        def find() -> Any:
            return next((m for m in self.received if isinstance(m, kind) and where(m)), None)

        message: M = await until(find, f"a {kind.__name__} from the gateway; got {self.received}")
        self.received.remove(message)
        return message

    def of(self, kind: type[M]) -> list[M]:
        return [message for message in self.received if isinstance(message, kind)]

    async def close(self) -> None:
        self.writer.close()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


class WireClient:
    """A client as docs/protocol.md describes one."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, acknowledge: bool):
        self.socket = socket
        self.acknowledge = acknowledge
        self.id = ""
        self.topics: dict[str, Any] = {}
        self.versions: dict[str, int] = {}
        self.notices: list[dict[str, Any]] = []
        self.events: list[str] = []
        self.frames: list[tuple[dict[str, Any], bytes]] = []
        self.raw: list[dict[str, Any]] = []
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._next = 0
        self.ended = asyncio.Event()
        self._task = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                header, payload = unpack_binary(message.data)
                self.frames.append((header, bytes(payload)))
                if self.acknowledge:
                    await self.notify("view.ack", view=header["view"], seq=header["seq"])
            elif message.type is aiohttp.WSMsgType.TEXT:
                self._take(json.loads(message.data))
        self.ended.set()
        for future in self._waiting.values():
            future.cancel()

    def _take(self, data: dict[str, Any]) -> None:
        self.raw.append(data)
        if data.get("method") == "state.changed":
            for change in data["params"]["changes"]:
                assert change["version"] > self.versions.get(change["name"], 0)
            self._update(data["params"]["changes"])
        elif data.get("method") == "session.notice":
            self.notices.append(data["params"])
        elif "method" in data:
            self.events.append(data["method"])
        elif data["id"] in self._waiting:
            self._waiting.pop(data["id"]).set_result(data)

    def _update(self, changes: list[dict[str, Any]]) -> None:
        for change in changes:
            assert change["version"] >= self.versions.get(change["name"], 0)
            self.versions[change["name"]] = change["version"]
            self.topics[change["name"]] = change["value"]

    def start(self, method: str, **params: Any) -> asyncio.Future[Any]:
        """Sends a request; the future gives the whole answer."""
        self._next += 1
        future = asyncio.get_running_loop().create_future()
        self._waiting[self._next] = future
        text = json.dumps({"jsonrpc": "2.0", "id": self._next, "method": method, "params": params})
        self._sending = asyncio.create_task(self.socket.send_str(text))
        return future

    async def call(self, method: str, **params: Any) -> Any:
        """The result of a request; raises the error that came instead."""
        return self.result(await asyncio.wait_for(self.start(method, **params), SECONDS))

    @staticmethod
    def result(answer: dict[str, Any]) -> Any:
        assert ("result" in answer) != ("error" in answer)
        if "error" in answer:
            raise from_wire(answer["error"])
        return answer["result"]

    async def notify(self, method: str, **params: Any) -> None:
        await self.socket.send_str(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}))

    async def hello(self, images: bool = True, video: bool = False) -> dict[str, Any]:
        snapshot: dict[str, Any] = await self.call("session.hello", client="test", images=images, video=video)
        self.id = snapshot["client"]
        self._update(snapshot["topics"])
        return snapshot

    async def close(self) -> None:
        await self.socket.close()
        await asyncio.gather(self._task, return_exceptions=True)


class Launcher:
    """The application around a session; notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.folder: Path | None = None

    async def restart(self, restore: str, software: bool, pvpython: str | None) -> None:
        self.asked.append(("restart", restore, software, pvpython))

    async def force_cancel(self, job_text: str) -> None:
        self.asked.append(("force_cancel", job_text))

    async def quit(self) -> None:
        self.asked.append(("quit",))

    def log_tail(self) -> list[str]:
        return ["first line", "last line"]

    async def choose_folder(self) -> Path | None:
        return self.folder


@dataclasses.dataclass
class World:
    """Everything of one test."""

    session: Session
    gateway: Gateway
    launcher: Launcher
    folder: Path
    http: aiohttp.ClientSession
    clients: list[WireClient] = dataclasses.field(default_factory=list)
    servers: list[ServerEnd] = dataclasses.field(default_factory=list)
    memories: list[FrameMemory] = dataclasses.field(default_factory=list)
    attached: list[asyncio.Task[None]] = dataclasses.field(default_factory=list)

    @property
    def url(self) -> str:
        """Of the application."""
        return self.gateway.url

    @property
    def page(self) -> str:
        """Of the session: the address of its page, which everything of its own lies below."""
        return self.gateway.url_of(self.session)

    @property
    def origin(self) -> str:
        return self.gateway.url.rstrip("/")

    @property
    def server(self) -> ServerEnd:
        return self.servers[-1]

    @property
    def memory(self) -> FrameMemory:
        return self.memories[-1]

    until = staticmethod(until)

    async def start_server(self, ready: bool = True) -> ServerEnd:
        """A new ParaView process appears."""
        listener = ChannelListener()
        await listener.start()
        reader, writer = await asyncio.open_connection(listener.host, listener.port)
        writer.write(pack_message(wire.encode(wire.Hello(listener.token, 4711))))
        channel = await asyncio.wait_for(listener.accept(), SECONDS)
        self.memories.append(FrameMemory())
        self.servers.append(ServerEnd(reader, writer))
        self.attached.append(asyncio.create_task(self.session.attach(channel, self.memory)))
        if ready:
            await self.server.send(wire.Topics({"view/7": VIEW}), READY)
            await asyncio.wait_for(self.session.wait_ready(), SECONDS)
        return self.server

    async def sign_in(self, http: aiohttp.ClientSession | None = None) -> None:
        code = self.gateway.new_sign_in_url(self.session).partition("#k=")[2]
        headers = {"Origin": self.origin}
        async with (http or self.http).post(self.page + "auth", json={"code": code}, headers=headers) as answer:
            assert answer.status == 200, await answer.text()

    async def connect(self, acknowledge: bool = True) -> WireClient:
        """A signed-in connection that has not said hello."""
        socket = await self.http.ws_connect(
            self.page + "ws", protocols=[SUBPROTOCOL], headers={"Origin": self.origin}, max_msg_size=1 << 26
        )
        client = WireClient(socket, acknowledge)
        self.clients.append(client)
        return client

    async def join(self, images: bool = True, acknowledge: bool = True, video: bool = False) -> WireClient:
        client = await self.connect(acknowledge)
        await client.hello(images, video)
        return client

    async def render(self, seq: int, slot: int = 0, color: bytes = b"\x10\x20\x30", **fields: Any) -> None:
        """The ParaView process puts an image into a slot."""
        width, height = fields.pop("width", 8), fields.pop("height", 6)
        self.memory.slot(slot)[: width * height * 3] = color * (width * height)
        image = {
            "view": "7", "still": True, "camera": CAMERA, "client": "", "motion": 0, "render_ms": 1.5, **fields
        }  # fmt: skip
        await self.server.send(wire.Image(slot=slot, seq=seq, width=width, height=height, **image))

    async def close(self) -> None:
        for client in self.clients:
            await client.close()
        await self.gateway.stop()
        self.session.close()
        for server in self.servers:
            await server.close()
        await asyncio.gather(*self.attached)
        for memory in self.memories:
            memory.close()
        await self.http.close()


@pytest.fixture(autouse=True)
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application's own time limits are further off than any test waits: what a test waits for must not come by one
    of them. A test that is about a limit sets it."""
    for module, name in (
        (doors, "REQUEST_SECONDS"), (doors, "IDLE_SECONDS"), (doors, "STALL_SECONDS"), (forms, "BODY_SECONDS"),
        (websocket, "HELLO_SECONDS"), (channel, "HELLO_SECONDS"), (service, "SECONDS"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, 600.0)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A small built page."""
    folder = tmp_path / "page"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(
        '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>', "utf-8"
    )
    (folder / "assets" / "app-1a2b.js").write_text("console.log('page')", "utf-8")
    (folder / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    return folder


async def made(folder: Path, gateway: Gateway) -> World:
    """A session of its own behind a gateway, signed in, without a ParaView process."""
    data = folder / "data"
    data.mkdir(parents=True)
    launcher = Launcher()
    session = Session(recent=RecentFiles(folder / "state" / "recent.json"), launcher=launcher)
    session.roots.add_root(data)
    gateway.sessions.add(session)
    world = World(session, gateway, launcher, data, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)))
    await world.sign_in()
    return world


@pytest.fixture
async def gateway(content: Path) -> AsyncIterator[Gateway]:
    """A running gateway, before any session is there."""
    gateway = Gateway(GatewayConfig(content=content, instance_token="instance-token"), SessionRegistry())
    await gateway.start()
    yield gateway
    await gateway.stop()


@pytest.fixture
async def quiet_world(tmp_path: Path, gateway: Gateway) -> AsyncIterator[World]:
    """The only session of a gateway, without a ParaView process."""
    world = await made(tmp_path, gateway)
    try:
        yield world
    finally:
        await world.close()


@pytest.fixture
async def world(quiet_world: World) -> World:
    """A running gateway with a ParaView process that is ready."""
    await quiet_world.start_server()
    return quiet_world
