"""A connection to a server made up here: real HTTP, real WebSocket, no ParaView."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from pvw_desktop.bench.client import Link, connect
from pvw_desktop.errors import ExitCode, StartError
from pvw_desktop.protocol.errors import NotFound, Unavailable
from pvw_desktop.protocol.framing import pack_binary

READY = {"state": "ready"}
Answer = Callable[[web.WebSocketResponse, dict[str, Any]], Any]


@asynccontextmanager
async def server(answer: Answer, status: dict[str, Any] | None = None) -> AsyncIterator[str]:
    """Its sign-in address. `answer` takes each message after the first."""

    async def socket(request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(protocols=["pvw.v2"])
        await ws.prepare(request)
        async for message in ws:
            if message.type is WSMsgType.TEXT:
                call = json.loads(message.data)
                if call["method"] == "session.hello":
                    topics = [{"name": "server", "version": 1, "value": status or READY}]
                    await ws.send_json({"jsonrpc": "2.0", "id": call["id"], "result": {"topics": topics}})
                else:
                    await answer(ws, call)
        return ws

    async def auth(request: web.Request) -> web.Response:
        return web.Response(status=200 if (await request.json())["code"] == "good" else 403)

    async def blob(request: web.Request) -> web.Response:
        return web.Response(body=bytes(12)) if request.match_info["hash"] == "aa" else web.Response(status=404)

    application = web.Application()
    application.add_routes([web.post("/auth", auth), web.get("/ws", socket), web.get("/blob/{hash}", blob)])
    async with TestServer(application) as running:
        yield f"http://127.0.0.1:{running.port}/#k=good"


async def silent(ws: web.WebSocketResponse, call: dict[str, Any]) -> None:
    """Says nothing."""


async def test_calls_and_topics() -> None:
    async def answer(ws: web.WebSocketResponse, call: dict[str, Any]) -> None:
        change = {"name": "pipeline", "version": 2, "value": {"nodes": [call["params"]["x"]]}}
        await ws.send_json({"jsonrpc": "2.0", "method": "state.changed", "params": {"changes": [change]}})
        await ws.send_json({"jsonrpc": "2.0", "id": call["id"], "result": {"y": 2}})

    async with server(answer) as url, connect(url) as link:
        await link.join()
        assert await link.call("any", x=1) == {"y": 2}
        assert await link.topic("pipe", lambda value: value["nodes"]) == {"nodes": [1]}


async def test_an_error_keeps_its_kind() -> None:
    async def answer(ws: web.WebSocketResponse, call: dict[str, Any]) -> None:
        error = {"code": -32001, "message": "There is no x.", "data": {"kind": "not_found", "hint": "Look."}}
        await ws.send_json({"jsonrpc": "2.0", "id": call["id"], "error": error})

    async with server(answer) as url, connect(url) as link:
        await link.join()
        with pytest.raises(NotFound, match=r"There is no x\.") as caught:
            await link.call("any")
        assert caught.value.hint == "Look."


async def test_images_are_kept_and_acknowledged_at_once() -> None:
    acknowledged: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def answer(ws: web.WebSocketResponse, call: dict[str, Any]) -> None:
        if call["method"] == "view.ack":
            acknowledged.put_nowait(call["params"])
        else:
            await ws.send_bytes(pack_binary({"type": "something new"}, b""))
            await ws.send_bytes(pack_binary({"type": "frame", "view": "7", "seq": 5}, bytes(30)))

    async with server(answer) as url, connect(url) as link:
        await link.join()
        await link.notify("view.camera.set")
        image = await link.wait(lambda: link.images and link.images[0])
        assert (image.header["seq"], image.bytes) == (5, 30)
        assert await asyncio.wait_for(acknowledged.get(), 60) == {"view": "7", "seq": 5}


async def test_arrays_by_http() -> None:
    async with server(silent) as url, connect(url) as link:
        assert await link.fetch("blob/aa") == 12
        with pytest.raises(Unavailable, match="could not be fetched"):
            await link.fetch("blob/bb")


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ({"state": "missing", "missing": {"hint": "Install it."}}, "no ParaView was found"),
        ({"state": "crashed", "crash": {"reason": "ParaView was ended by signal 11"}}, "ended by signal 11"),
        ({"state": "gone"}, "ParaView ended"),
    ],
)
async def test_a_paraview_that_will_not_come(status: dict[str, Any], sentence: str) -> None:
    async with server(silent, status) as url, connect(url) as link:
        with pytest.raises(StartError, match=sentence) as caught:
            await link.join()
        assert caught.value.exit_code is ExitCode.PARAVIEW


async def test_a_server_that_ends_fails_what_waits() -> None:
    async def leave(ws: web.WebSocketResponse, call: dict[str, Any]) -> None:
        await ws.close()

    async with server(leave) as url, connect(url) as link:
        await link.join()
        with pytest.raises(Unavailable, match="ended"):
            await link.call("any")
        with pytest.raises(Unavailable, match="ended"):
            await link.wait(lambda: False)


async def test_waiting_has_a_limit() -> None:
    async with server(silent) as url, connect(url) as link:
        await link.join()
        with pytest.raises(TimeoutError):
            await link.wait(lambda: False, 0.01)


async def test_a_code_that_was_used() -> None:
    async with server(silent) as url:
        with pytest.raises(Unavailable, match="does not answer"):
            async with connect(url.replace("good", "used")):
                raise AssertionError(Link)
