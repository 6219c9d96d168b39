"""The socket: versions, time limits, slow readers, and the end."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from pvw_desktop.gateway.http import websocket
from pvw_desktop.gateway.http.guard import cookie_name
from pvw_desktop.gateway.session import clients
from pvw_desktop.protocol import SUBPROTOCOL


async def open_socket(world: Any, protocols: list[str]) -> aiohttp.ClientWebSocketResponse:
    socket: aiohttp.ClientWebSocketResponse = await world.http.ws_connect(
        world.page + "ws", protocols=protocols, headers={"Origin": world.origin}
    )
    return socket


@pytest.mark.parametrize("protocols", [[], ["pvw.v1"], ["pvw.v3", "pvw.v4"]])
async def test_another_version_gets_a_sentence_it_can_show(quiet_world: Any, protocols: list[str]) -> None:
    socket = await open_socket(quiet_world, protocols)
    assert socket.protocol == (protocols[0] if protocols else None)  # else a browser would fail without the sentence
    message = await asyncio.wait_for(socket.receive(), 60)
    assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 4406)
    sentence = message.extra or ""
    assert "Reload the page" in sentence
    assert SUBPROTOCOL in sentence


@pytest.mark.parametrize("protocol", ["pvw.v1", SUBPROTOCOL])
async def test_where_version_1_connects_there_is_the_sentence_and_nothing_else(quiet_world: Any, protocol: str) -> None:
    origin = {"Origin": quiet_world.origin}
    async with aiohttp.ClientSession() as stranger:
        socket = await stranger.ws_connect(quiet_world.url + "ws", protocols=[protocol], headers=origin)
        message = await asyncio.wait_for(socket.receive(), 60)
    assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 4406)
    assert "Reload the page" in (message.extra or "")


async def test_ours_among_others_is_taken(quiet_world: Any) -> None:
    socket = await open_socket(quiet_world, ["pvw.v3", SUBPROTOCOL])
    assert socket.protocol == SUBPROTOCOL
    await socket.close()


async def test_without_a_sign_in_there_is_no_upgrade(quiet_world: Any) -> None:
    for cookies in ({}, {"pvw_1_x": "x"}, {cookie_name(quiet_world.gateway.port, quiet_world.session): "wrong"}):
        async with aiohttp.ClientSession(cookies=cookies, cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
                await http.ws_connect(
                    quiet_world.page + "ws", protocols=[SUBPROTOCOL], headers={"Origin": quiet_world.origin}
                )
            assert caught.value.status == 404


async def test_a_plain_request_is_no_socket(quiet_world: Any) -> None:
    async with quiet_world.http.get(quiet_world.page + "ws") as answer:
        assert answer.status == 400


async def test_who_says_nothing_is_let_go(quiet_world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "HELLO_SECONDS", 0.1)
    silent, talking = await quiet_world.connect(), await quiet_world.connect()
    await talking.hello()
    await asyncio.wait_for(silent.ended.wait(), 60)
    assert silent.socket.close_code == 4408
    assert (await talking.call("session.ping"))["state"]


async def test_who_does_not_read_is_let_go_and_delays_nobody(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "MAX_WAITING", 5_000_000)
    monkeypatch.setattr(websocket, "CLOSE_SECONDS", 0.2)
    stuck = await world.connect(acknowledge=False)
    stuck._task.cancel()
    await stuck.socket.send_str('{"jsonrpc":"2.0","id":1,"method":"session.hello"}')
    transport = stuck.socket._response.connection.transport
    transport.pause_reading()
    client = await world.join()
    for number in range(400):
        world.session.notify("info", f"{number} " + "x" * 100_000)
        if len(world.session.audience.clients) == 1:
            break
        await client.call("session.ping")
    await world.until(lambda: len(world.session.audience.clients) == 1)
    transport.abort()
    assert (await client.call("session.ping"))["state"] == "ready"


async def test_connections_come_and_go_without_a_trace(world: Any) -> None:
    for _ in range(20):
        client = await world.join()
        await client.close()
    await world.until(lambda: not world.session.audience.clients)
    assert world.session.images._fanout._viewers == {}


async def test_closing_the_application_says_goodbye(quiet_world: Any) -> None:
    client = await quiet_world.join()
    await quiet_world.gateway.stop()
    await asyncio.wait_for(client.ended.wait(), 60)
    assert client.socket.close_code == 1001
    with pytest.raises(OSError):
        await asyncio.open_connection("127.0.0.1", quiet_world.gateway.port)
