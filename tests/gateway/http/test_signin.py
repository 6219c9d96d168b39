"""Codes and cookies."""

from __future__ import annotations

import logging
from typing import Any

import aiohttp
import pytest

from pvw_desktop.gateway.http.signin import CODE_SECONDS, MAX_CODES, MAX_SIGN_INS, SignInTable


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_code_is_good_once() -> None:
    table = SignInTable()
    code = table.new_code()
    cookie = table.redeem(code)
    assert cookie is not None
    found = table.find(cookie)
    assert found is not None
    assert found.role == "host"
    assert table.redeem(code) is None


def test_a_code_is_good_for_ten_minutes() -> None:
    clock = Clock()
    table = SignInTable(clock)
    early, late = table.new_code(), table.new_code()
    clock.now = CODE_SECONDS - 1
    assert table.redeem(early) is not None
    clock.now = CODE_SECONDS + 1
    assert table.redeem(late) is None


@pytest.mark.parametrize("code", ["", "x", "é", "\udcff", "a" * 10_000, "None"])
def test_any_other_code_is_not(code: str) -> None:
    table = SignInTable()
    table.new_code()
    assert table.redeem(code) is None
    assert table.find(code) is None


def test_secrets_are_long_and_none_is_kept() -> None:
    table = SignInTable()
    code = table.new_code()
    assert len(code) >= 32
    cookie = table.redeem(code) or ""
    assert len(cookie) >= 43
    assert cookie not in repr(vars(table))
    assert code not in repr(vars(table))


def test_tables_do_not_grow_without_end() -> None:
    table = SignInTable()
    first = table.new_code()
    codes = [table.new_code() for _ in range(MAX_CODES)]
    assert table.redeem(first) is None
    assert table.redeem(codes[0]) is not None
    cookies = [table.redeem(table.new_code()) or "" for _ in range(MAX_SIGN_INS + 1)]
    assert table.find(cookies[0]) is None
    assert table.find(cookies[-1]) is not None


def test_taking_back() -> None:
    table = SignInTable()
    cookie = table.redeem(table.new_code()) or ""
    other = table.redeem(table.new_code()) or ""
    found = table.find(cookie)
    assert found is not None
    assert table.revoke(found.key)
    assert not table.revoke(found.key)
    assert table.find(cookie) is None
    assert table.find(other) is not None


async def post(world: Any, body: bytes, kind: str, http: aiohttp.ClientSession | None = None) -> int:
    headers = {"Origin": world.origin, "Content-Type": kind}
    async with (http or world.http).post(world.url + "auth", data=body, headers=headers) as answer:
        return int(answer.status)


async def test_the_cookie(quiet_world: Any) -> None:
    url = quiet_world.gateway.new_sign_in_url()
    base, code = url.split("#k=")
    assert base == quiet_world.url
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        headers = {"Origin": quiet_world.origin}
        async with http.post(base + "auth", json={"code": code}, headers=headers) as answer:
            assert answer.status == 200
            (cookie,) = answer.headers.getall("Set-Cookie")
        name, _, rest = cookie.partition("=")
        assert name.startswith(f"pvw_{quiet_world.gateway.port}_")
        assert "HttpOnly" in rest
        assert "SameSite=Strict" in rest
        assert "Path=/" in rest
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
    code = quiet_world.gateway.sign_ins.new_code()
    assert await post(quiet_world, body.replace(b"CODE", code.encode()), kind) == status
    assert await post(quiet_world, b'{"code":"%s"}' % code.encode(), "application/json; charset=utf-8") == 200


async def test_two_applications_side_by_side_stay_signed_in(quiet_world: Any, content: Any) -> None:
    from pvw_desktop.gateway.server import Gateway, GatewayConfig
    from pvw_desktop.gateway.session.session import Session

    session = Session()
    other = Gateway(GatewayConfig(content=content), session)
    await other.start()
    try:
        code = other.new_sign_in_url().partition("#k=")[2]
        headers = {"Origin": other.url.rstrip("/")}
        async with quiet_world.http.post(other.url + "auth", json={"code": code}, headers=headers) as answer:
            assert answer.status == 200
        client = await quiet_world.join()
        assert (await client.call("session.ping"))["state"] == "starting"
    finally:
        await other.stop()
        session.close()


async def test_no_secret_reaches_the_log(quiet_world: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    code = quiet_world.gateway.sign_ins.new_code()
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
    quiet_world.gateway.revoke(entry.sign_in)
    await asyncio.wait_for(client.ended.wait(), 1)
    assert client.socket.close_code == 4401
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await quiet_world.connect()
