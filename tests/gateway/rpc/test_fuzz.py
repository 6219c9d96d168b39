"""Anything at all, sent to every route and every method: a sentence comes back, never a 500 or an internal error, and
nothing says which library answers."""

from __future__ import annotations

import asyncio
import gzip
import json
import tempfile
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pvw_desktop.gateway.files.recent import RecentFiles
from pvw_desktop.gateway.http import doors, forms
from pvw_desktop.gateway.http.guard import cookie_name
from pvw_desktop.gateway.rpc.dispatch import Dispatcher
from pvw_desktop.gateway.server import Gateway, GatewayConfig
from pvw_desktop.gateway.session.clients import Client
from pvw_desktop.gateway.session.registry import SessionRegistry
from pvw_desktop.gateway.session.session import Session
from pvw_desktop.protocol.registry import METHODS
from pvw_desktop.protocol.schema import fields_of

SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
ROUTES = ["/", "/assets/app-1a2b.js", "/favicon.svg", "/healthz", "/desktop/open", "/s/ID/", "/s/ID/auth",
          "/s/ID/blob/" + "0" * 32, "/s/ID/ws", "/s/none/ws", "/nothing"]  # fmt: skip
LIBRARY = (b"aiohttp", b"Python/", b"Traceback", b"<html")


class Place:
    """A gateway without ParaView, and the loop it runs in."""

    def __init__(self, folder: Path):
        content = folder / "page"
        (content / "assets").mkdir(parents=True)
        (content / "index.html").write_text("page", "utf-8")
        (content / "assets" / "app-1a2b.js").write_text("1", "utf-8")
        self.loop = asyncio.new_event_loop()
        self.session = self.run(self._session(folder))
        self.gateway = Gateway(GatewayConfig(content=content, instance_token="token"), SessionRegistry(self.session))
        self.run(self.gateway.start())
        self.cookie = self.session.sign_ins.redeem(self.session.sign_ins.new_code()) or ""
        self.dispatcher = Dispatcher()

    async def _session(self, folder: Path) -> Session:
        session = Session(recent=RecentFiles(folder / "recent.json"))
        session.roots.add_root(folder)
        return session

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(asyncio.wait_for(work, 20))

    def close(self) -> None:
        self.run(self.gateway.stop())
        self.session.close()
        self.run(asyncio.sleep(0.01))
        self.loop.close()

    async def answer(self, request: bytes) -> bytes:
        """What comes back to these bytes first; headers and a short body come at once."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.gateway.port)
        try:
            writer.write(request)
            return await reader.read(1 << 16)
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async def call(self, text: str) -> dict[str, Any]:
        """The answer to one message of a client that has joined."""
        client = Client("c1", "host", "s1", lambda: None)
        client.joined = True
        self.dispatcher.receive(self.session, client, text)
        while client.tasks:
            await asyncio.wait(list(client.tasks))
        while (answer := client.pop(lambda names: "")) is not None:
            if "id" in (data := json.loads(answer or "{}")):
                return dict(data)
        return {}

    def head(self, method: str, path: str, *more: str) -> str:
        """The header of a request by somebody signed in."""
        host = f"127.0.0.1:{self.gateway.port}"
        cookie = f"{cookie_name(self.gateway.port, self.session)}={self.cookie}"
        path = path.replace("/s/ID/", f"/s/{self.session.id}/")
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", f"Cookie: {cookie}", *more]
        return "\r\n".join([*lines, "Connection: close", "", ""])


@pytest.fixture(autouse=True)
def endless() -> None:
    """Not here: the limits of `place` are short, and hold for all tests."""


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(doors, "REQUEST_SECONDS", 0.2)  # many of what is sent here is half a request
        patch.setattr(forms, "BODY_SECONDS", 0.2)
        found = Place(Path(folder))
        yield found
        found.close()


def good(answer: bytes) -> None:
    """No 500, and no word of what is inside."""
    assert not any(word in answer for word in LIBRARY), answer
    if answer:
        status = int(answer.split(b" ", 2)[1])
        assert status < 500, answer
        assert b"Server: PVW Desktop\r\n" in answer, answer


BROKEN = [
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00",
    b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
    b"GET / HTTP/1.1\r\nX: " + b"y" * 20_000 + b"\r\n\r\n",
    b"GET /" + b"y" * 20_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 500 + b"\r\n",
    b"GET \xff\xfe HTTP/1.1\r\nHost: \xff\r\n\r\n",
    b"POST /auth HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    b"POST /auth HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
    b"POST /auth HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
]


@pytest.mark.parametrize("request_bytes", BROKEN)
def test_what_is_no_http_gets_a_plain_answer(place: Place, request_bytes: bytes) -> None:
    answer = place.run(place.answer(request_bytes))
    assert answer
    good(answer)


@SOME
@given(st.binary(max_size=300))
def test_any_bytes(place: Place, data: bytes) -> None:
    good(place.run(place.answer(data + b"\r\n\r\n")))


NAMES = st.sampled_from(
    "Content-Type Content-Length Content-Encoding Transfer-Encoding Expect Upgrade Accept-Encoding If-None-Match Range "
    "Cookie Authorization Origin Host Connection Sec-WebSocket-Key Sec-WebSocket-Version Sec-WebSocket-Protocol".split()
)
VALUES = st.sampled_from(
    ["", "gzip", "br", "deflate", "chunked", "100-continue", "what", "websocket", "application/json", "-1", "0", "5",
     "1" * 400, "\"x\"", "Bearer token", "13", "pvw.v2", "é", "a=b; a", "text/html; charset=\"", "*", "q=;,;"]
) | st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30)  # fmt: skip


@settings(SOME, max_examples=200)
@given(
    st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "NO", "get"]),
    st.sampled_from(ROUTES) | st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40).map("/".__add__),
    st.lists(st.tuples(NAMES, VALUES), max_size=4),
    st.binary(max_size=60),
)
@example("GET", "/healthz", [("Expect", "what")], b"")
@example("POST", "/s/ID/auth", [("Content-Type", "application/json"), ("Content-Encoding", "gzip")], b"\x1f\x8bbroken")
@example("GET", "/assets/%00", [], b"")
@example("GET", "/assets/%ff%fe/..%2f..%2fetc", [], b"")
@example("GET", "/assets/" + "x" * 300, [], b"")
@example("GET", "/favicon" + "." * 300, [], b"")
def test_every_route_and_method_with_any_header_and_body(
    place: Place, method: str, path: str, headers: list[tuple[str, str]], body: bytes
) -> None:
    lines = [f"{name}: {value}" for name, value in headers]
    good(place.run(place.answer(place.head(method, path, *lines).encode() + body)))


BODIES = {
    "half a surrogate pair": b'{"code": "\\ud800"}',
    "a name with half a pair": b'{"\\udfff": 1}',
    "400 digits": b'{"code": ' + b"9" * 400 + b"}",
    "deep": b'{"code": ' + b"[" * 3000 + b"]" * 3000 + b"}",
    "no UTF-8": b'{"code": "\xff"}',
    "UTF-16": '{"code": "x"}'.encode("utf-16"),
    "a line break in a name": b'{"a\\r\\nSet-Cookie: x": 1}',
    "nothing": b"",
    "a list": b"[]",
}


@pytest.mark.parametrize("path", ["/s/ID/auth", "/desktop/open"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_body_that_is_no_form_is_a_bad_request(place: Place, path: str, body: bytes) -> None:
    kind = ("Content-Type: application/json", "Authorization: Bearer token", f"Content-Length: {len(body)}")
    answer = place.run(place.answer(place.head("POST", path, *kind).encode() + body))
    good(answer)
    assert answer.split(b" ", 2)[1] == b"400"
    assert b"Set-Cookie" not in answer.partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize("packing", ["gzip", "br", "deflate", "zstd", "gzip, gzip", "what"])
def test_a_packed_body_is_refused_with_a_sentence(place: Place, packing: str) -> None:
    for body in (gzip.compress(b'{"code": "x"}'), b"broken"):
        more = ("Content-Type: application/json", f"Content-Encoding: {packing}", f"Content-Length: {len(body)}")
        answer = place.run(place.answer(place.head("POST", "/s/ID/auth", *more).encode() + body))
        good(answer)
        assert answer.split(b" ", 2)[1] == b"415"
        assert answer.endswith(b"The body must not be compressed.\n")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20)
    | st.sampled_from(["", "..", "/", "7", "\ud800", "a\0b", "data", 1 << 70, -(10**400), 1e308, "9" * 5000]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)  # fmt: skip


def params_of(method: str) -> st.SearchStrategy[dict[str, Any]]:
    """Parameters with the right names, most of them, and any values; some values as they should be."""
    names = [spec.name for spec in fields_of(METHODS[method].params)]
    fit: st.SearchStrategy[Any] = st.sampled_from(["7", "x", 1, 0.5, True, [], {}, [1.0, 2.0, 3.0]])
    known = st.dictionaries(st.sampled_from(names), fit | JSON) if names else st.just({})
    return known | st.dictionaries(st.text(max_size=5), JSON, max_size=2)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_with_any_parameters(place: Place, method: str) -> None:
    @settings(SOME, max_examples=40)
    @given(params_of(method), st.booleans())
    def check(params: dict[str, Any], notification: bool) -> None:
        call = {"jsonrpc": "2.0", "method": method, "params": params, **({} if notification else {"id": 1})}
        answer = place.run(place.call(json.dumps(call)))
        if not notification or "id" in answer:
            error = answer.get("error")
            assert error is None or error["data"]["kind"] != "error", (call, answer)

    check()
