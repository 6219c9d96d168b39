"""Two sessions behind one gateway: each has everything of its own, and nothing of one reaches the other."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image
from yarl import URL

from pvw_desktop.gateway.http.guard import NOT_THERE, cookie_name
from pvw_desktop.gateway.server import Gateway
from pvw_desktop.protocol import SUBPROTOCOL
from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import Cancelled, NotFound

from .conftest import World, made

BLOB = wire.Blob(f"{9:032x}", "float32", 3, "points", bytes(range(240)) * 100)
Pair = tuple[World, World]


@pytest.fixture
async def pair(tmp_path: Path, gateway: Gateway) -> AsyncIterator[Pair]:
    """Two sessions with a ParaView process each, and somebody signed in to each."""
    worlds = [await made(tmp_path / name, gateway) for name in ("a", "b")]
    for world in worlds:
        await world.start_server()
    yield worlds[0], worlds[1]
    for world in worlds:
        await world.close()


async def answered(world: World, method: str, address: str, **options: Any) -> tuple[int, str]:
    headers = {"Origin": world.origin, **options.pop("headers", {})}
    async with world.http.request(method, address, headers=headers, **options) as answer:
        return answer.status, await answer.text()


async def refused(world: World, address: str, **headers: str) -> int:
    """The status that a WebSocket is refused with."""
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await world.http.ws_connect(address, protocols=[SUBPROTOCOL], headers={"Origin": world.origin, **headers})
    return caught.value.status


def cookie(world: World) -> str:
    (found,) = world.http.cookie_jar
    return found.value


# each has its own


async def test_topics_notices_and_counts(pair: Pair) -> None:
    a, b = pair
    here, there = await a.join(), await b.join()
    await a.server.send(wire.Topics({"time": {"time": 1}}), wire.Note("info", "Of A."))
    await b.server.send(wire.Topics({"time": {"time": 2}}))
    await a.until(lambda: here.notices and "time" in here.topics and "time" in there.topics)
    assert (here.topics["time"], there.topics["time"]) == ({"time": 1}, {"time": 2})
    assert (here.topics["audience"], there.topics["audience"]) == ({"clients": 1}, {"clients": 1})
    await there.call("session.ping")
    assert there.notices == []


async def test_images_and_cameras(pair: Pair) -> None:
    a, b = pair
    here, there = await a.join(), await b.join()
    await there.notify("view.mode", view="7", mode="hybrid", limit=1000)  # it would hear of cameras
    await a.render(1, width=40, height=30, color=bytes((200, 30, 40)))
    await b.render(7, width=20, height=10, color=bytes((20, 30, 200)))
    await a.until(lambda: here.frames and there.frames)
    for client, seq, size, channel in ((here, 1, (40, 30), 0), (there, 7, (20, 10), 2)):
        ((header, payload),) = client.frames
        with Image.open(io.BytesIO(payload)) as image:
            pixel: Any = image.getpixel((5, 5))
            assert (header["seq"], image.size) == (seq, size)
            assert max(range(3), key=pixel.__getitem__) == channel
    camera = {"position": [1, 2, 3], "focal_point": [0, 0, 0], "view_up": [0, 0, 1]}
    await here.notify("view.camera.set", view="7", camera=camera, motion=1)
    await a.server.next(wire.Request)
    await there.call("session.ping")
    assert there.events == []
    assert b.server.of(wire.Request) == []


async def test_folders_and_recent_files(pair: Pair) -> None:
    a, b = pair
    (a.folder / "of a.vtu").write_text("x")
    here, there = await a.join(), await b.join()
    (root,) = (await here.call("files.roots"))["roots"]
    with pytest.raises(NotFound):
        await there.call("files.list", root=root["root"])
    with pytest.raises(NotFound):
        await there.call("files.open", root=root["root"], path="of a.vtu")
    opening = here.start("files.open", root=root["root"], path="of a.vtu")
    request = await a.server.next(wire.Request)
    assert request.id is not None
    await a.server.send(wire.Reply(request.id, {"node": "12", "choose": []}))
    here.result(await opening)
    await a.until(lambda: here.topics["recent"]["files"])
    (recent,) = here.topics["recent"]["files"]
    with pytest.raises(NotFound):
        await there.call("files.open_recent", id=recent["id"])
    assert there.topics["recent"]["files"] == []
    assert b.server.of(wire.Request) == []


async def test_jobs_and_who_may_stop_them(pair: Pair) -> None:
    a, b = pair
    here, there = await a.join(), await b.join()
    working = here.start("proxy.apply", changes=[{"id": "1", "values": {}}])
    request = await a.server.next(wire.Request)
    await a.until(lambda: here.topics["jobs"]["jobs"])
    (job,) = here.topics["jobs"]["jobs"]
    assert request.id is not None
    await there.call("session.cancel", job=job["id"])
    await there.call("session.cancel", job=job["id"], force=True)
    assert (a.server.of(wire.Cancel), b.server.of(wire.Cancel)) == ([], [])
    assert (a.launcher.asked, b.launcher.asked) == ([], [])
    assert there.topics["jobs"]["jobs"] == []
    assert here.topics["jobs"]["jobs"][0]["cancel"] == "possible"
    await here.call("session.cancel", job=job["id"])
    assert (await a.server.next(wire.Cancel)).id == request.id
    await a.server.send(wire.Reply(request.id, None, Cancelled("It was cancelled.").to_wire()))
    with pytest.raises(Cancelled):
        here.result(await working)


async def test_the_application_around_each(pair: Pair) -> None:
    a, b = pair
    await (await b.join()).call("session.restart", restore="all")
    assert (a.launcher.asked, b.launcher.asked) == ([], [("restart", "all", False, None)])


async def test_a_process_that_ends_takes_nothing_of_the_other_along(pair: Pair) -> None:
    a, b = pair
    here, there = await a.join(), await b.join()
    for world in pair:
        await world.server.send(wire.Topics({"time": {"time": 1}}))
    await a.until(lambda: "time" in here.topics and "time" in there.topics)
    await a.server.close()
    await a.until(lambda: here.topics["time"] is None)
    await there.call("session.ping")
    assert there.topics["time"] == {"time": 1}


# from one into the other


async def test_a_sign_in_opens_one_session(pair: Pair) -> None:
    a, b = pair
    for carried in (
        "",
        f"{cookie_name(a.gateway.port, a.session)}={cookie(a)}",
        f"{cookie_name(a.gateway.port, b.session)}={cookie(a)}",
    ):
        headers = {"Cookie": carried} if carried else {}
        assert await refused(a, b.page + "ws", **headers) == 404
        status, text = await answered(a, "GET", f"{b.page}blob/{BLOB.hash}", headers=headers)
        assert (status, text) == (404, NOT_THERE + "\n")
    await a.join()
    await b.join()


async def test_the_cookie_goes_to_its_session_alone(pair: Pair) -> None:
    a, b = pair
    jar = a.http.cookie_jar
    sent = {address: bool(jar.filter_cookies(URL(address))) for address in (a.page, b.page, a.url)}
    assert sent == {a.page: True, b.page: False, a.url: False}


async def test_a_code_is_for_one_session(pair: Pair) -> None:
    a, b = pair
    code = a.session.sign_ins.new_code()
    assert (await answered(b, "POST", b.page + "auth", json={"code": code}))[0] == 403
    assert (await answered(a, "POST", a.page + "auth", json={"code": code}))[0] == 200


async def test_an_array_of_one_is_none_of_the_other(pair: Pair) -> None:
    a, b = pair
    await a.server.send(BLOB)
    await a.until(lambda: BLOB.hash in a.session.blobs._kept)
    assert (await answered(b, "GET", f"{b.page}blob/{BLOB.hash}"))[0] == 404
    async with a.http.get(f"{a.page}blob/{BLOB.hash}") as answer:
        assert answer.status == 200


async def test_taking_a_sign_in_back_ends_no_connection_of_the_other(pair: Pair) -> None:
    a, b = pair
    here, there = await a.join(), await b.join()
    (entry,) = a.session.audience.clients
    a.gateway.revoke(b.session, entry.sign_in + "x")
    a.gateway.revoke(a.session, entry.sign_in)
    await asyncio.wait_for(here.ended.wait(), 60)
    assert (await there.call("session.ping"))["state"] == "ready"


# what is not there


async def test_a_session_that_is_not_there_and_somebody_elses_get_the_same_answer(pair: Pair) -> None:
    a, b = pair
    gone = b.page.replace(b.session.id, "0" * len(b.session.id))
    for address in (gone, a.url + "s/a%20b/", a.url + "s/%00/", a.url + "s/" + "x" * 300 + "/"):
        assert await refused(a, address + "ws") == 404
        for method, path in (("GET", ""), ("POST", "auth"), ("GET", f"blob/{BLOB.hash}"), ("GET", "ws")):
            assert await answered(a, method, address + path) == (404, NOT_THERE + "\n"), (address, path)
    for path in ("ws", f"blob/{BLOB.hash}"):
        assert await answered(a, "GET", b.page + path) == (404, NOT_THERE + "\n")


async def test_the_address_without_a_session_leads_to_the_only_one(pair: Pair) -> None:
    a, b = pair
    status, text = await answered(a, "GET", a.url)
    assert (status, text) == (404, "Several sessions run here: open the address of yours.\n")
    await a.gateway.end_session(b.session)
    async with a.http.get(a.url + "?x=1&y", allow_redirects=False) as answer:
        assert answer.status == 302
        # without a fragment of its own, so that a browser keeps the one with the code
        assert answer.headers["Location"] == f"/s/{a.session.id}/?x=1&y"
        assert answer.headers["Cache-Control"] == "no-store"
    odd = "?x=%23k%3Dy&z=%0d%0aSet-Cookie:%20a"
    async with a.http.get(URL(a.url + odd, encoded=True), allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (302, f"/s/{a.session.id}/{odd}")
        assert "Set-Cookie" not in answer.headers
    async with a.http.get(a.url) as answer:
        assert answer.status == 200 and "csp-nonce" in await answer.text()
    await a.gateway.end_session(a.session)
    assert (await answered(a, "GET", a.url))[0] == 404


async def test_a_session_that_was_ended_is_as_if_it_never_was(pair: Pair) -> None:
    a, b = pair
    here, there = await a.join(), await b.join()
    url = b.gateway.new_sign_in_url(b.session)
    await b.gateway.end_session(b.session)
    await asyncio.wait_for(there.ended.wait(), 60)
    assert there.socket.close_code == 1001
    assert await refused(b, b.page + "ws") == 404
    page, _, code = url.partition("#k=")
    assert await answered(b, "POST", page + "auth", json={"code": code}) == (404, NOT_THERE + "\n")
    assert (await here.call("session.ping"))["state"] == "ready"


async def test_who_is_still_connecting_to_it_does_not_get_in(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    a, _ = pair
    prepare = aiohttp.web.WebSocketResponse.prepare

    async def slow(socket: Any, request: Any) -> Any:
        writer = await prepare(socket, request)
        await a.gateway.end_session(a.session)
        return writer

    monkeypatch.setattr(aiohttp.web.WebSocketResponse, "prepare", slow)
    client = await a.connect()
    await asyncio.wait_for(client.ended.wait(), 60)
    assert client.socket.close_code == 4401
    assert not a.session.audience.clients


async def test_a_second_start_hands_over_to_the_first_session(pair: Pair) -> None:
    a, b = pair
    file = a.folder / "wing.vtu"
    file.write_text("x")
    headers = {"Authorization": "Bearer instance-token"}
    assert (await answered(b, "POST", b.url + "desktop/open", json={"paths": [str(file)]}, headers=headers))[0] == 202
    request = await a.server.next(wire.Request)
    assert request.paths == [str(file.resolve())]
    assert b.server.of(wire.Request) == []
    for world in pair:
        await world.gateway.end_session(world.session)
    status, text = await answered(b, "POST", b.url + "desktop/open", json={"paths": []}, headers=headers)
    assert (status, text) == (503, "No session is here to open them.\n")
