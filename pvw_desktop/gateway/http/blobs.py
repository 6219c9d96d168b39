"""`GET /blob/<hash>`: an array of a scene. By HTTP and not on the WebSocket, so that an image never waits behind it."""

from __future__ import annotations

import zlib

from aiohttp import web

from ..geometry.store import BlobStore


class Blobs:
    """Serves a session's blobs."""

    def __init__(self, store: BlobStore):
        self._store = store

    async def handle(self, request: web.Request) -> web.Response:
        """The blob; 404 with a sentence where the scene that named it is gone."""
        coded = await self._store.get(request.match_info["name"])
        if coded is None:
            return web.Response(status=404, text="There is no such array any more: the scene has changed.\n")
        headers = {"Cache-Control": "no-store", "PVW-Codec": coded.codec}
        data = coded.data
        if "deflate" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "deflate"
        else:
            data = zlib.decompress(data)
        return web.Response(body=data, content_type="application/octet-stream", headers=headers)
