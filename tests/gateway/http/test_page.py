"""The page, its policy and its assets."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.gateway.http.page import Page
from pvw_desktop.gateway.session.registry import SessionRegistry
from pvw_desktop.protocol.errors import Failed


async def test_the_page_with_a_fresh_nonce_and_a_strict_policy(quiet_world: Any) -> None:
    nonces = set()
    for _ in range(2):
        async with quiet_world.http.get(quiet_world.page) as answer:
            text, policy = await answer.text(), answer.headers["Content-Security-Policy"]
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        (nonce,) = set(re.findall(r'(?:content|nonce)="([^"]{20,})"', text))
        assert "__CSP_NONCE__" not in text
        directives = dict(item.strip().split(" ", 1) for item in policy.split(";"))
        assert directives == {
            "default-src": "'self'",
            "script-src": "'self' 'wasm-unsafe-eval'",
            "style-src": f"'self' 'nonce-{nonce}'",
            "img-src": "'self' blob: data:",
            "connect-src": f"'self' ws://127.0.0.1:{quiet_world.gateway.port}",
            "worker-src": "'self' blob:",
            "object-src": "'none'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": "'none'",
        }
        nonces.add(nonce)
    assert len(nonces) == 2


async def test_assets_are_kept_for_ever_and_asked_for_by_tag(quiet_world: Any) -> None:
    url = quiet_world.url + "assets/app-1a2b.js"
    async with quiet_world.http.get(url) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/javascript")
        assert "immutable" in answer.headers["Cache-Control"]
        tag = answer.headers["ETag"]
        assert await answer.text() == "console.log('page')"
    async with quiet_world.http.get(url, headers={"If-None-Match": f'"other", {tag}'}) as answer:
        assert answer.status == 304
        assert await answer.read() == b""
    async with quiet_world.http.get(url, headers={"If-None-Match": '"other"'}) as answer:
        assert answer.status == 200


async def test_packed_assets_go_to_whoever_takes_them(quiet_world: Any, content: Path) -> None:
    packed = content / "assets" / "app-1a2b.js.gz"
    packed.write_bytes(gzip.compress(b"packed"))
    (content / "assets" / "app-1a2b.js.br").write_bytes(b"not asked for")
    url = quiet_world.url + "assets/app-1a2b.js"
    async with quiet_world.http.get(url, headers={"Accept-Encoding": "gzip;q=0.8, deflate"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert await answer.text() == "packed"
        packed_tag = answer.headers["ETag"]
    for accepted in ("identity", "gzip;q=0"):
        async with quiet_world.http.get(url, headers={"Accept-Encoding": accepted}) as answer:
            assert "Content-Encoding" not in answer.headers
            assert await answer.text() == "console.log('page')"
            assert answer.headers["ETag"] != packed_tag


async def test_a_page_that_is_built_again_is_served_anew(quiet_world: Any, content: Path) -> None:
    async with quiet_world.http.get(quiet_world.url + "assets/app-1a2b.js") as answer:
        assert await answer.text() == "console.log('page')"
    (content / "assets" / "app-1a2b.js").write_text("other", "utf-8")
    os.utime(content / "assets" / "app-1a2b.js", ns=(1, 1))
    (content / "assets" / "new.css").write_text("a{}", "utf-8")
    async with quiet_world.http.get(quiet_world.url + "assets/app-1a2b.js") as answer:
        assert await answer.text() == "other"
    async with quiet_world.http.get(quiet_world.url + "assets/new.css") as answer:
        assert answer.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize(
    "path",
    ["assets/../index.html", "assets/%2e%2e/index.html", "assets/..%2findex.html", "assets/%2e%2e%2f%2e%2e%2fsecret",
     "assets/..%5cindex.html", "assets/link", "assets/folder", "assets/", "assets/%00", "assets//etc/passwd",
     "assets/none.js", "favicon/../index.html", "index.html", "favicon.ico", ".git/config", "assets/a/b%00c",
     "assets/" + "x" * 300],
)  # fmt: skip
async def test_nothing_but_the_page_is_served(quiet_world: Any, content: Path, path: str) -> None:
    import asyncio

    (content.parent / "secret").write_text("secret")
    (content / "assets" / "link").symlink_to(content.parent / "secret")
    (content / "assets" / "folder").mkdir()
    reader, writer = await asyncio.open_connection("127.0.0.1", quiet_world.gateway.port)
    writer.write(f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1:{quiet_world.gateway.port}\r\n\r\n".encode())
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
    writer.close()
    assert head.split(b" ")[1] in (b"404", b"400"), head


async def test_the_icon_and_the_sign_of_life(quiet_world: Any) -> None:
    async with quiet_world.http.get(quiet_world.url + "favicon.svg") as answer:
        assert answer.headers["Content-Type"].startswith("image/svg+xml")
        assert answer.headers["Cache-Control"] == "no-cache"
    async with quiet_world.http.get(quiet_world.url + "healthz") as answer:
        assert await answer.text() == "ok\n"


def test_no_page_no_start(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"index\.html is missing") as caught:
        Page(tmp_path, SessionRegistry()).check()
    assert "make build" in (caught.value.hint or "")


async def test_a_page_that_goes_away_gives_a_sentence(quiet_world: Any, content: Path) -> None:
    (content / "index.html").unlink()
    async with quiet_world.http.get(quiet_world.page) as answer:
        assert answer.status == 500
        assert "make build" in await answer.text()
