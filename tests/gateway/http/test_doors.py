"""Half requests, too many connections, answers nobody reads: each ends by itself and nobody else notices."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from pvw_desktop.gateway.http import doors, forms, websocket

Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def opened(world: Any, text: str = "") -> Pair:
    reader, writer = await asyncio.open_connection("127.0.0.1", world.gateway.port)
    writer.write(text.encode())
    return reader, writer


async def rest(reader: asyncio.StreamReader) -> bytes:
    """What comes until the other side ends it."""
    try:
        return await asyncio.wait_for(reader.read(), 60)
    except ConnectionResetError:
        return b""


def head(world: Any, line: str, *more: str) -> str:
    return "\r\n".join([line, f"Host: 127.0.0.1:{world.gateway.port}", *more, ""])


async def healthy(world: Any) -> bool:
    async with aiohttp.ClientSession() as http, http.get(world.url + "healthz") as answer:
        return answer.status == 200


@pytest.mark.parametrize("text", ["", "G", "GET / HTTP/1.1\r\nHost: 127.0.0.1"])
async def test_half_a_header_ends(quiet_world: Any, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(doors, "REQUEST_SECONDS", 0.2)
    reader, writer = await opened(quiet_world, text)
    assert await rest(reader) == b""
    writer.close()


async def test_a_header_that_drips_ends_too(quiet_world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "REQUEST_SECONDS", 0.5)
    reader, writer = await opened(quiet_world, "GET / HTTP/1.1\r\nX: ")
    ended = asyncio.create_task(rest(reader))
    while not ended.done():
        writer.write(b"x")
        await asyncio.sleep(0.02)
    writer.close()


async def test_half_of_a_second_request_ends(quiet_world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "REQUEST_SECONDS", 0.3)
    request = head(quiet_world, "GET /healthz HTTP/1.1") + "\r\n"
    reader, writer = await opened(quiet_world, request + "GET /healthz HT")
    assert (await rest(reader)).count(b"200 OK") == 1
    writer.close()


async def test_half_a_body_ends(quiet_world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "BODY_SECONDS", 0.2)
    origin = f"Origin: {quiet_world.origin}"
    kind = ("Content-Type: application/json", origin)
    for more in (("Content-Length: 50",), ("Transfer-Encoding: chunked",)):
        line = f"POST /s/{quiet_world.session.id}/auth HTTP/1.1"
        reader, writer = await opened(quiet_world, head(quiet_world, line, *kind, *more) + "\r\n")
        assert b" 408 " in (await rest(reader)).partition(b"\r\n")[0]
        writer.close()


async def test_many_half_requests_keep_nobody_out(quiet_world: Any) -> None:
    client = await quiet_world.join()
    half = [await opened(quiet_world, "GET / HTTP/1.1\r\n") for _ in range(doors.MAX_STRANGERS + 40)]
    assert await healthy(quiet_world)
    strangers = [door for door in quiet_world.gateway.doors.open if door.key is None]
    assert len(strangers) <= doors.MAX_STRANGERS
    assert (await client.call("session.ping"))["state"]
    await quiet_world.sign_in()
    ended = [asyncio.create_task(rest(reader)) for reader, _ in half]
    await quiet_world.until(lambda: sum(task.done() for task in ended) >= 40)
    for (_, writer), task in zip(half, ended, strict=True):
        writer.close()
        task.cancel()


async def test_idle_connections_of_a_sign_in_are_bounded_and_its_sockets_stay(
    quiet_world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await quiet_world.join()
    (cookie,) = quiet_world.http.cookie_jar
    blob = f"/s/{quiet_world.session.id}/blob/{'0' * 32}"
    line = head(quiet_world, f"GET {blob} HTTP/1.1", f"Cookie: {cookie.key}={cookie.value}") + "\r\n"
    pairs = []
    for _ in range(doors.MAX_OF_ONE + 20):
        reader, writer = await opened(quiet_world, line)
        await asyncio.wait_for(reader.readuntil(b"changed.\n"), 60)
        pairs.append((reader, writer))
    known = [door for door in quiet_world.gateway.doors.open if door.key is not None]
    assert len(known) <= doors.MAX_OF_ONE
    assert (await client.call("session.ping"))["state"]
    for _, writer in pairs:
        writer.close()


async def test_a_connection_of_a_sign_in_that_asks_for_an_asset_is_no_stranger(quiet_world: Any) -> None:
    (cookie,) = quiet_world.http.cookie_jar
    sent = f"Cookie: {cookie.key}={cookie.value}"
    blob = f"/s/{quiet_world.session.id}/blob/{'0' * 32}"
    reader, writer = await opened(quiet_world, head(quiet_world, f"GET {blob} HTTP/1.1", sent) + "\r\n")
    await reader.readuntil(b"changed.\n")
    (door,) = (door for door in quiet_world.gateway.doors.open if door.key is not None)
    writer.write((head(quiet_world, "GET /healthz HTTP/1.1") + "\r\n").encode())
    await reader.readuntil(b"200 OK")
    assert door in quiet_world.gateway.doors.open and door.key is not None
    writer.close()


async def test_few_descriptors_make_the_bounds_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    monkeypatch.setattr(resource, "getrlimit", lambda what: (128, 128))
    assert doors._bounds() == (16, 32)
    monkeypatch.setattr(resource, "getrlimit", lambda what: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert doors._bounds() == (doors.MAX_STRANGERS, doors.MAX_OF_ONE)


async def test_an_answer_that_nobody_reads_ends(quiet_world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "STALL_SECONDS", 0.3)
    (quiet_world.gateway._page._content / "assets" / "large-1a2b.js").write_bytes(b"x" * (1 << 25))
    _, writer = await opened(quiet_world, head(quiet_world, "GET /assets/large-1a2b.js HTTP/1.1") + "\r\n")
    await quiet_world.until(lambda: any(door.busy for door in quiet_world.gateway.doors.open))
    await quiet_world.until(lambda: not any(door.busy for door in quiet_world.gateway.doors.open))
    writer.close()


async def test_a_sign_in_has_so_many_sockets_and_no_more(quiet_world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "MAX_SOCKETS", 3)
    first = [await quiet_world.join() for _ in range(3)]
    fourth = await quiet_world.connect()
    await asyncio.wait_for(fourth.ended.wait(), 60)
    assert fourth.socket.close_code == 4410
    assert (await first[0].call("session.ping"))["state"]
    await first[0].close()
    await quiet_world.until(lambda: len(quiet_world.session.audience.clients) == 2)
    assert (await (await quiet_world.join()).call("session.ping"))["state"]
