"""The built page: index.html with a fresh nonce each time, and its assets, which never change under one name; and the
entrance, which leads to the session that runs."""

from __future__ import annotations

import dataclasses
import hashlib
import secrets
from pathlib import Path

from aiohttp import web

from ...protocol.errors import Failed
from ..session.registry import SessionRegistry
from ..workers import Workers
from .guard import address_of

NONCE_MARK = "__CSP_NONCE__"
SEVERAL = "Several sessions run here: open the address of yours.\n"
NONE = "No session runs here: start PVW Desktop again.\n"
_IMMUTABLE = "public, max-age=31536000, immutable"
_TYPES = {
    # Not from the `mimetypes` module: on Windows that reads the registry, where .js may be text/plain.
    ".css": "text/css", ".gif": "image/gif", ".html": "text/html", ".ico": "image/x-icon", ".jpg": "image/jpeg",
    ".js": "text/javascript", ".json": "application/json", ".map": "application/json", ".mjs": "text/javascript",
    ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain", ".wasm": "application/wasm",
    ".webp": "image/webp", ".woff2": "font/woff2",
}  # fmt: skip
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


@dataclasses.dataclass(frozen=True)
class _Asset:
    stamp: tuple[int, int]
    body: bytes
    etag: str


class Page:
    """Serves one folder."""

    def __init__(self, content: Path, sessions: SessionRegistry):
        self._content = content
        self._sessions = sessions
        self._workers = Workers("pvw-page", 2)
        self._assets: dict[Path, _Asset] = {}

    def check(self) -> None:
        """Raises Failed where there is no page."""
        if not (self._content / "index.html").is_file():
            raise Failed(
                f"There is no page in {self._content}: index.html is missing.", "Build the page with `make build`."
            )

    async def entrance(self, request: web.Request) -> web.Response:
        """The address without a session leads to the only one. A browser takes what stands behind `#` along."""
        session = self._sessions.only
        if session is None:
            return web.Response(status=404, text=SEVERAL if len(self._sessions) else NONE)
        query = request.rel_url.raw_query_string  # as it came: decoded, it could hold a fragment, or end the line
        location = address_of(session) + (f"?{query}" if query else "")
        return web.Response(status=302, headers={"Location": location})

    async def index(self, request: web.Request) -> web.Response:
        """The page itself, under a policy that lets it load nothing from anywhere else."""
        try:
            text = await self._workers.run((self._content / "index.html").read_text, "utf-8")
        except OSError:
            return web.Response(status=500, text="The page is not there any more: build it again with `make build`.\n")
        nonce = secrets.token_urlsafe(18)
        headers = {
            "Content-Security-Policy": content_policy(nonce, request.headers["Host"]),
            "Cache-Control": "no-store",
        }
        return web.Response(text=text.replace(NONCE_MARK, nonce), content_type="text/html", headers=headers)

    async def asset(self, request: web.Request) -> web.Response:
        """A file below assets/."""
        return await self._file(request, self._content / "assets", request.match_info["name"], _IMMUTABLE)

    async def favicon(self, request: web.Request) -> web.Response:
        """The icon of the tab, whatever its format."""
        return await self._file(request, self._content, f"favicon{request.match_info['name']}", "no-cache")

    async def _file(self, request: web.Request, folder: Path, name: str, cache: str) -> web.Response:
        found = await self._workers.run(self._find, folder, name, request.headers.get("Accept-Encoding", ""))
        if found is None:
            raise web.HTTPNotFound()
        asset, encoding = found
        headers = {"Cache-Control": cache, "ETag": asset.etag, "Vary": "Accept-Encoding"}
        if asset.etag in [tag.strip() for tag in request.headers.get("If-None-Match", "").split(",")]:
            return web.Response(status=304, headers=headers)
        if encoding is not None:
            headers["Content-Encoding"] = encoding
        kind = _TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
        return web.Response(body=asset.body, content_type=kind, headers=headers)

    def _find(self, folder: Path, name: str, accepted: str) -> tuple[_Asset, str | None] | None:
        try:
            path = (folder / name).resolve(strict=True)
            if "\\" in name or not path.is_relative_to(folder.resolve()) or not path.is_file():
                return None
        except (OSError, RuntimeError, ValueError):
            return None
        wanted = {part.split(";")[0].strip() for part in accepted.lower().split(",") if "q=0" != part.partition(";")[2]}
        for encoding, ending in _ENCODINGS:
            packed = path.with_name(path.name + ending)
            if encoding in wanted and packed.is_file():
                return self._read(packed), encoding
        return self._read(path), None

    def _read(self, path: Path) -> _Asset:
        facts = path.stat()
        stamp = (facts.st_mtime_ns, facts.st_size)
        known = self._assets.get(path)
        if known is None or known.stamp != stamp:
            body = path.read_bytes()
            known = self._assets[path] = _Asset(stamp, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
        return known

    def close(self) -> None:
        """Lets the threads end."""
        self._workers.close()


def content_policy(nonce: str, host: str) -> str:
    """The Content-Security-Policy of the page. `host` is a Host header that was found in the list."""
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' blob: data:",
            f"connect-src 'self' ws://{host}",  # WebKit does not take 'self' to cover WebSockets
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
