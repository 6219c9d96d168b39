"""`GET /s/<id>/blob/<hash>`: an array of a scene. By HTTP and not on the WebSocket: no image waits behind it."""

from __future__ import annotations

import zlib

from aiohttp import web

from ..guard import Guard, session_of
from .registry import Site, serves


@serves("GET", "/s/{session}/blob/{name:[0-9a-f]{32}}", Guard.SIGNED_IN)
async def blob(site: Site, request: web.Request) -> web.Response:
    """A blob of the session; 404 with a sentence where the scene that named it is gone."""
    coded = await session_of(request).blobs.get(request.match_info["name"])
    if coded is None:
        return web.Response(status=404, text="There is no such array any more: the scene has changed.\n")
    headers = {"Cache-Control": "no-store", "PVW-Codec": coded.codec}
    data = coded.data
    if "deflate" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "deflate"
    else:
        data = zlib.decompress(data)
    return web.Response(body=data, content_type="application/octet-stream", headers=headers)
