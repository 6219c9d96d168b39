"""Who gets past the guard: exact hosts, exact origins, and a guard on every route."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from pvw_desktop.gateway.http.doors import SECURITY_HEADERS
from pvw_desktop.gateway.http.guard import Guard, Route, Rules, allowed_hosts, build_application
from pvw_desktop.gateway.http.routes import ROUTES
from pvw_desktop.gateway.session.registry import SessionRegistry
from pvw_desktop.gateway.session.session import Session
from pvw_desktop.protocol import SUBPROTOCOL

GOOD_HOSTS = ["127.0.0.1:{port}", "localhost:{port}", "LocalHost:{port}", "[::1]:{port}"]
BAD_HOSTS = [
    "",
    "127.0.0.1",
    "localhost",
    "127.0.0.1:1",
    "127.0.0.1:{port}0",
    "127.0.0.1:",
    "127.0.0.2:{port}",
    "127.1:{port}",
    "0.0.0.0:{port}",
    "2130706433:{port}",
    "0x7f.0.0.1:{port}",
    "::1:{port}",
    "[::]:{port}",
    "[::ffff:127.0.0.1]:{port}",
    "localhost.:{port}",
    "127.0.0.1.:{port}",
    "evil.example:{port}",
    "evil.example",
    "127.0.0.1.evil.example:{port}",
    "localhost.evil.example:{port}",
    "app.localhost:{port}",
    "user@127.0.0.1:{port}",
    "127.0.0.1:{port}@evil.example",
    "127.0.0.1:{port}, evil.example",
    "http://127.0.0.1:{port}",
    "127.0.0.1:{port}/",
    "127.0.0.1 :{port}",
    "ⅼocalhost:{port}",
]
PATHS = [
    "/",
    "/s/{id}/",
    "/s/{id}/ws",
    "/s/none/",
    "/assets/app-1a2b.js",
    "/favicon.svg",
    "/healthz",
    "/ws",
    "/nothing",
]


async def raw(world: Any, request: str) -> tuple[int, str]:
    """Status and whole answer to bytes written by hand: clients tidy headers up, attackers do not."""
    reader, writer = await asyncio.open_connection("127.0.0.1", world.gateway.port)
    writer.write(request.encode("utf-8"))
    data = await asyncio.wait_for(reader.read(1 << 20), 60)
    writer.close()
    text = data.decode("utf-8", "replace")
    return int(text.split(" ", 2)[1]), text


def get(path: str, host: str, *more: str) -> str:
    return "\r\n".join([f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", *more, "", ""])


def cookie(world: Any) -> str:
    return "; ".join(f"{item.key}={item.value}" for item in world.http.cookie_jar)


@pytest.mark.parametrize("host", GOOD_HOSTS)
async def test_its_own_names_are_served(quiet_world: Any, host: str) -> None:
    status, _ = await raw(quiet_world, get("/healthz", host.format(port=quiet_world.gateway.port)))
    assert status == 200


@pytest.mark.parametrize("host", BAD_HOSTS)
async def test_any_other_host_is_refused_on_every_path(quiet_world: Any, host: str) -> None:
    named = host.format(port=quiet_world.gateway.port)
    for path in PATHS:
        path = path.format(id=quiet_world.session.id)
        status, text = await raw(quiet_world, get(path, named, f"Cookie: {cookie(quiet_world)}"))
        assert status in (400, 403), (path, text)
        assert "csp-nonce" not in text


async def test_no_host_two_hosts_and_a_whole_address_in_the_first_line(quiet_world: Any) -> None:
    good = f"127.0.0.1:{quiet_world.gateway.port}"
    for request in (
        "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /healthz HTTP/1.0\r\n\r\n",
        get("/healthz", good, "Host: evil.example"),
        get("/healthz", good, f"Host: {good}"),
        get("http://evil.example/healthz", good),
        get(f"http://{good}/healthz", good),
    ):
        status, text = await raw(quiet_world, request)
        assert status in (400, 403), text


async def test_hosts_that_were_named_are_served_exactly() -> None:
    hosts = allowed_hosts(8080, ["Tunnel.Example:9000"])
    assert "tunnel.example:9000" in hosts
    assert "127.0.0.1:8080" in hosts
    assert "tunnel.example" not in hosts
    assert "127.0.0.1" not in hosts
    assert "127.0.0.1" in allowed_hosts(80)


def foreign_origins(world: Any) -> list[str]:
    port = world.gateway.port
    return [
        "null", "", "file://", "http://evil.example", f"http://evil.example:{port}", f"https://127.0.0.1:{port}",
        "http://127.0.0.1", f"http://127.0.0.1:{port + 1}", f"http://localhost:{port}", f"http://127.0.0.1:{port}0",
        f"http://127.0.0.1:{port}.evil.example", f"http://127.0.0.1.evil.example:{port}",
        f"http://evil.example/http://127.0.0.1:{port}", f"http://user@127.0.0.1:{port}", f"http://127.0.0.1:{port}/",
        f"ws://127.0.0.1:{port}", f"127.0.0.1:{port}", f"chrome-extension://127.0.0.1:{port}",
    ]  # fmt: skip


async def test_a_socket_from_another_site_is_refused_before_the_upgrade_although_it_has_the_cookie(
    quiet_world: Any,
) -> None:
    for origin in foreign_origins(quiet_world):
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await quiet_world.http.ws_connect(
                quiet_world.page + "ws", protocols=[SUBPROTOCOL], headers={"Origin": origin}
            )
        assert caught.value.status == 403, origin
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await quiet_world.http.ws_connect(quiet_world.page + "ws", protocols=[SUBPROTOCOL])
    assert caught.value.status == 403


async def test_two_origins_are_refused(quiet_world: Any) -> None:
    host = f"127.0.0.1:{quiet_world.gateway.port}"
    origin = f"Origin: {quiet_world.origin}"
    status, _ = await raw(quiet_world, get("/healthz", host, origin))
    assert status == 200
    status, _ = await raw(quiet_world, get("/healthz", host, origin, origin))
    assert status in (400, 403)


async def test_forms_of_other_sites_are_refused(quiet_world: Any) -> None:
    code = quiet_world.session.sign_ins.new_code()
    headers = [{"Origin": origin} for origin in foreign_origins(quiet_world)]
    headers += [{}, {"Origin": quiet_world.origin, "Sec-Fetch-Site": "cross-site"}]
    headers += [{"Origin": quiet_world.origin, "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"}]
    for item in headers:
        async with quiet_world.http.post(quiet_world.page + "auth", json={"code": code}, headers=item) as answer:
            assert answer.status == 403, item
    async with quiet_world.http.post(
        quiet_world.page + "auth", json={"code": code}, headers={"Origin": quiet_world.origin}
    ) as answer:
        assert answer.status == 200


async def test_what_other_sites_embed_is_refused_and_a_link_to_the_page_works(quiet_world: Any) -> None:
    for mode, site, path, status in (
        ("no-cors", "cross-site", "assets/app-1a2b.js", 403),
        ("no-cors", "same-site", "favicon.svg", 403),
        ("cors", "cross-site", "healthz", 403),
        ("navigate", "cross-site", "", 200),
        ("navigate", "none", "", 200),
        ("no-cors", "same-origin", "assets/app-1a2b.js", 200),
    ):
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
        async with quiet_world.http.get(quiet_world.url + path, headers=headers) as answer:
            assert answer.status == status, (mode, site, path)


async def test_every_route_and_method_has_its_guard(quiet_world: Any) -> None:
    site: Any = None  # no handler is called
    routes = {(route.method, route.path): route.guard for route in ROUTES.of(site)}
    assert routes == {
        ("GET", "/"): Guard.PUBLIC,
        ("GET", "/assets/{name:.+}"): Guard.PUBLIC,
        ("GET", "/favicon{name:[.a-z0-9_-]*}"): Guard.PUBLIC,
        ("GET", "/healthz"): Guard.PUBLIC,
        ("GET", "/ws"): Guard.PUBLIC,
        ("POST", "/desktop/open"): Guard.INSTANCE,
        ("GET", "/s/{session}/"): Guard.SESSION,
        ("POST", "/s/{session}/auth"): Guard.SESSION,
        ("GET", "/s/{session}/blob/{name:[0-9a-f]{32}}"): Guard.SIGNED_IN,
        ("GET", "/s/{session}/ws"): Guard.SIGNED_IN,
    }
    registered = [(route.method, route) for route in quiet_world.gateway.application().router.routes()]
    assert len(registered) == len(routes)
    assert sorted(method for method, _ in registered) == sorted(method for method, _ in routes)


async def test_guarded_routes_refuse_whoever_has_nothing_to_show(quiet_world: Any) -> None:
    """Walks the application's own router, so that a route added without thinking shows up here."""
    origin = {"Origin": quiet_world.origin}
    async with aiohttp.ClientSession() as stranger:
        for route in quiet_world.gateway.application().router.routes():
            path = route.resource.canonical.replace("/blob/{name}", f"/blob/{'0' * 32}").replace("{name}", ".svg")
            path = path.lstrip("/").replace("{session}", quiet_world.session.id)
            if (route.method, "/" + path.replace(quiet_world.session.id, "id")) in {
                ("GET", "/"), ("GET", "/assets/.svg"), ("GET", "/favicon.svg"), ("GET", "/healthz"),
                ("GET", "/ws"), ("GET", "/s/id/"), ("POST", "/s/id/auth"),
            }:  # fmt: skip
                continue
            async with stranger.request(route.method, quiet_world.url + path, headers=origin) as answer:
                assert answer.status == (404 if path.startswith("s/") else 403), (route.method, path)


async def test_a_route_outside_the_table_is_closed() -> None:
    from aiohttp.test_utils import TestClient, TestServer

    async def handler(request: Any) -> Any:
        raise AssertionError("it must not be reached")

    rules = Rules(frozenset({"127.0.0.1"}), 80, None)
    routes = [
        Route("GET", "/known", Guard.SIGNED_IN, handler),
        Route("GET", "/s/{session}/known", Guard.SIGNED_IN, handler),
        Route("GET", "/s/{session}/page", Guard.SESSION, handler),
    ]
    session = Session()
    application = build_application(routes, rules, SessionRegistry(session))
    application.router.add_get("/forgotten", handler)
    async with TestClient(TestServer(application)) as client:
        paths = {"/forgotten": 403, "/known": 404, f"/s/{session.id}/known": 404, "/s/x/page": 404, "/nothing": 404}
        for path, status in paths.items():
            async with client.get(path, headers={"Host": "127.0.0.1"}) as answer:
                assert answer.status == status
    session.close()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "BREW", "POST"])
async def test_other_methods_are_not_there(quiet_world: Any, method: str) -> None:
    headers = {"Origin": quiet_world.origin}
    async with quiet_world.http.request(method, quiet_world.url, headers=headers) as answer:
        assert answer.status in (400, 405)
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_every_answer_carries_the_protective_headers(quiet_world: Any) -> None:
    origin = {"Origin": quiet_world.origin}
    for method, path, status in (
        ("GET", "", 200), ("GET", "assets/app-1a2b.js", 200), ("GET", "assets/none", 404), ("GET", "healthz", 200),
        ("GET", "none", 404), ("POST", "", 405), ("POST", "desktop/open", 403),
        ("POST", f"s/{quiet_world.session.id}/auth", 415), ("GET", f"s/{quiet_world.session.id}/", 200),
        ("GET", "s/none/", 404),
    ):  # fmt: skip
        async with quiet_world.http.request(method, quiet_world.url + path, headers=origin) as answer:
            assert answer.status == status, path
            for name, value in SECURITY_HEADERS.items():
                assert answer.headers[name] == value, (path, name)
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Cache-Control"]


async def test_what_breaks_inside_says_nothing(quiet_world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = {"Authorization": "Bearer instance-token"}
    monkeypatch.setattr(quiet_world.session.audience, "broadcast", lambda text: 1 / 0)
    async with quiet_world.http.post(quiet_world.url + "desktop/open", json={"paths": []}, headers=headers) as answer:
        text = await answer.text()
        assert answer.status == 500
        assert "ZeroDivision" not in text
        assert answer.headers["X-Frame-Options"] == "DENY"
