"""Sign-in, and the hand-over from a second start of the application."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.names import show_name

GOOD = {"Authorization": "Bearer instance-token"}


async def hand_over(world: Any, body: Any, headers: dict[str, str]) -> int:
    async with world.http.post(world.url + "desktop/open", json=body, headers=headers) as answer:
        return int(answer.status)


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer wrong", "Bearer instance-token2", "bearer instance-token", "Basic instance-token",
     "instance-token", "Bearer é"],
)  # fmt: skip
async def test_only_with_the_token(world: Any, authorization: str) -> None:
    headers = {"Authorization": authorization, "Origin": world.origin}
    assert await hand_over(world, {"paths": []}, headers) == 403


async def test_without_a_token_of_its_own_it_takes_nothing_over(world: Any, content: Path) -> None:
    from pvw_desktop.gateway.server import Gateway, GatewayConfig
    from pvw_desktop.gateway.session.registry import SessionRegistry

    gateway = Gateway(GatewayConfig(content=content), SessionRegistry(world.session))
    await gateway.start()
    for value in ("Bearer None", "Bearer ", "Bearer"):
        async with world.http.post(
            gateway.url + "desktop/open", json={"paths": []}, headers={"Authorization": value}
        ) as answer:
            assert answer.status == 403
    await gateway.stop()


async def test_a_page_of_another_site_cannot_even_with_the_token(world: Any) -> None:
    assert await hand_over(world, {"paths": []}, {**GOOD, "Origin": "http://evil.example"}) == 403


@pytest.mark.parametrize(
    "body",
    [{}, {"paths": "a"}, {"paths": [1]}, {"paths": ["relative.vtu"]}, {"paths": ["/a\0b"]}, [], {"paths": ["/a\\b"]}],
)
async def test_a_body_that_is_not_as_it_should(world: Any, body: Any) -> None:
    assert await hand_over(world, body, GOOD) == 400


async def test_paths_open_pages_hear_of_it_and_the_window_comes_up(world: Any, tmp_path: Path) -> None:
    raised = []
    world.gateway.on_raise = lambda: raised.append(True)
    client = await world.join()
    file = tmp_path / "wing.vtu"
    file.write_text("x")
    assert await hand_over(world, {"paths": [str(file), str(tmp_path / "gone.vtu"), str(tmp_path)]}, GOOD) == 202
    request = await world.server.next(wire.Request)
    assert request.paths == [str(file.resolve())]
    await world.server.send(wire.Reply(request.id, {"node": "12", "choose": []}))
    await world.until(lambda: client.notices and len(world.session.roots.list()) == 2)
    assert "gone.vtu" in client.notices[0]["message"]
    assert client.events == ["window.raise"]
    assert raised == [True]


@pytest.fixture
def oddly_named(tmp_path: Path) -> Path:
    file = Path(os.fsdecode(os.fsencode(tmp_path.resolve()) + b"/caf\xe9\\.vtu"))
    file.write_text("x")
    return file


async def test_names_that_are_no_utf8_and_backslashes_are_handed_over(world: Any, oddly_named: Path) -> None:
    file = oddly_named
    assert await hand_over(world, {"paths": [show_name(str(file))]}, GOOD) == 202
    request = await world.server.next(wire.Request)
    assert request.paths == [str(file)]


async def test_paths_wait_for_a_paraview_that_is_starting(quiet_world: Any, tmp_path: Path) -> None:
    file = tmp_path / "wing.vtu"
    file.write_text("x")
    assert await hand_over(quiet_world, {"paths": [str(file)]}, GOOD) == 202
    server = await quiet_world.start_server()
    request = await server.next(wire.Request)
    assert request.paths == [str(file.resolve())]
    await server.send(wire.Reply(request.id, {"node": "12", "choose": []}))
    await quiet_world.until(lambda: quiet_world.session.files.recent.topic().files)


# sign-in


async def post(world: Any, body: bytes, kind: str, http: aiohttp.ClientSession | None = None) -> int:
    headers = {"Origin": world.origin, "Content-Type": kind}
    async with (http or world.http).post(world.page + "auth", data=body, headers=headers) as answer:
        return int(answer.status)


async def test_the_cookie(quiet_world: Any) -> None:
    url = quiet_world.gateway.new_sign_in_url(quiet_world.session)
    base, code = url.split("#k=")
    assert base == quiet_world.page
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        headers = {"Origin": quiet_world.origin}
        async with http.post(base + "auth", json={"code": code}, headers=headers) as answer:
            assert answer.status == 200
            (cookie,) = answer.headers.getall("Set-Cookie")
        name, _, rest = cookie.partition("=")
        assert name == f"pvw_{quiet_world.gateway.port}_{quiet_world.session.id}"
        assert "HttpOnly" in rest
        assert "SameSite=Strict" in rest
        assert f"Path=/s/{quiet_world.session.id}/" in rest
        assert "Domain" not in rest
        async with http.post(base + "auth", json={"code": code}, headers=headers) as answer:
            assert answer.status == 403
            assert "Set-Cookie" not in answer.headers
            assert "used before" in (await answer.json())["error"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"code":"CODE"}', "text/plain", 415),
        (b'{"code":"CODE"}', "application/x-www-form-urlencoded", 415),
        (b'{"code":"CODE"}', "multipart/form-data; boundary=x", 415),
        (b'{"code":"CODE"}', "text/json", 415),
        (b"code=CODE", "application/json", 400),
        (b"", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        (b"null", "application/json", 400),
        (b'{"code":3}', "application/json", 400),
        (b'{"code":"CODE","more":1}', "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"code":"wrong"}', "application/json", 403),
        (b'{"code":"' + b"x" * 100_000 + b'"}', "application/json", 413),
    ],
)
async def test_a_body_that_is_not_as_it_should_costs_nothing(
    quiet_world: Any, body: bytes, kind: str, status: int
) -> None:
    code = quiet_world.session.sign_ins.new_code()
    assert await post(quiet_world, body.replace(b"CODE", code.encode()), kind) == status
    assert await post(quiet_world, b'{"code":"%s"}' % code.encode(), "application/json; charset=utf-8") == 200


async def test_two_applications_side_by_side_stay_signed_in(quiet_world: Any, content: Any) -> None:
    from pvw_desktop.gateway.server import Gateway, GatewayConfig
    from pvw_desktop.gateway.session.registry import SessionRegistry
    from pvw_desktop.gateway.session.session import Session

    session = Session()
    other = Gateway(GatewayConfig(content=content), SessionRegistry(session))
    await other.start()
    try:
        code = other.new_sign_in_url(session).partition("#k=")[2]
        headers = {"Origin": other.url.rstrip("/")}
        async with quiet_world.http.post(
            other.url_of(session) + "auth", json={"code": code}, headers=headers
        ) as answer:
            assert answer.status == 200
        client = await quiet_world.join()
        assert (await client.call("session.ping"))["state"] == "starting"
    finally:
        await other.stop()
        session.close()


async def test_no_secret_reaches_the_log(quiet_world: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    code = quiet_world.session.sign_ins.new_code()
    assert await post(quiet_world, b'{"code":"%s"}' % code.encode(), "application/json") == 200
    assert await post(quiet_world, b'{"code":"%s"}' % code.encode(), "application/json") == 403
    async with quiet_world.http.get(quiet_world.url + f"?k={code}") as answer:
        assert answer.status == 200
    async with quiet_world.http.get(quiet_world.url + f"nothing?k={code}") as answer:
        assert answer.status == 404
    await (await quiet_world.join()).close()
    secrets = [code, *(item.value for item in quiet_world.http.cookie_jar)]
    assert not [secret for secret in secrets if secret in caplog.text]


async def test_what_is_taken_back_is_over_at_once(quiet_world: Any) -> None:
    import asyncio

    client = await quiet_world.join()
    (entry,) = quiet_world.session.audience.clients
    quiet_world.gateway.revoke(quiet_world.session, entry.sign_in)
    await asyncio.wait_for(client.ended.wait(), 60)
    assert client.socket.close_code == 4401
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await quiet_world.connect()
