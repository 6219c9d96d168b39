"""What the page asks of the application, over the wire that the page uses: restart, log, crash, quit."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from tests.launcher.driver import Application, Starts

Start = Callable[..., Application]


class Client:
    """A page, as far as these tests need one."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse):
        self._socket = socket
        self._ids = itertools.count(1)
        self.server: dict[str, Any] = {}

    @classmethod
    async def join(cls, session: aiohttp.ClientSession, ready: dict[str, Any]) -> Client:
        url, code = ready["sign_in_url"].split("#k=")
        origin = {"Origin": ready["url"].rstrip("/")}
        async with session.post(f"{url}auth", json={"code": code}, headers=origin) as answer:
            assert answer.status == 200
        socket = await session.ws_connect(f"{url}ws", protocols=["pvw.v2"], headers=origin)
        client = cls(socket)
        snapshot = await client.call("session.hello")
        client.server = next(topic["value"] for topic in snapshot["topics"] if topic["name"] == "server")
        return client

    async def leave(self) -> None:
        await self._socket.close()

    async def call(self, method: str, **params: Any) -> Any:
        number = next(self._ids)
        await self._socket.send_json({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        while True:
            message = await self._next()
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]

    async def until(self, state: str) -> dict[str, Any]:
        while self.server["state"] != state:
            await self._next()
        return self.server

    async def _next(self) -> dict[str, Any]:
        return self._take(await asyncio.wait_for(self._socket.receive_json(), 60))

    def _take(self, message: dict[str, Any]) -> dict[str, Any]:
        if message.get("method") == "state.changed":
            for change in message["params"]["changes"]:
                if change["name"] == "server":
                    self.server = change["value"]
        return message


Join = Callable[..., Awaitable[tuple[Application, Client]]]


@pytest.fixture
async def joined(application: Start) -> AsyncIterator[Join]:
    """Starts the application and signs a page in."""
    async with contextlib.AsyncExitStack() as stack:

        async def start(**extra: str) -> tuple[Application, Client]:
            one = application("serve", "--ready-json", **extra)
            ready = await asyncio.to_thread(one.ready)
            jar = aiohttp.CookieJar(unsafe=True)  # the name of the host is an address
            session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar))
            page = await Client.join(session, ready)
            stack.push_async_callback(page.leave)
            return one, page

        yield start


async def test_quit(joined: Join) -> None:
    one, page = await joined()
    await page.until("ready")
    await page.call("session.quit")
    assert await asyncio.to_thread(one.exit_code) == 0


async def test_restart_and_log(joined: Join, starts: Starts) -> None:
    _, page = await joined()
    first = await page.until("ready")
    assert "fake server starts" in (await page.call("session.log"))["lines"]
    await page.call("session.restart", restore="nothing", software=True)
    await page.until("starting")
    second = await page.until("ready")
    assert second["pid"] != first["pid"]
    assert starts.all()[1]["environ"]["LIBGL_ALWAYS_SOFTWARE"] == "1"


async def test_a_crash_reaches_the_page(joined: Join) -> None:
    _, page = await joined(FAKE_PVPYTHON="slow=0.5 signal-ready=11")
    status = await page.until("crashed")
    assert status["crash"]["signal"] == "SIGSEGV" and status["crash"]["restart_at"]
    assert "fake server starts" in status["crash"]["log"]


async def test_no_paraview_reaches_the_page(joined: Join) -> None:
    _, page = await joined(FAKE_PVPYTHON="noversion")
    status = await page.until("missing")
    assert "it is no ParaView" in status["missing"]["searched"][0]
