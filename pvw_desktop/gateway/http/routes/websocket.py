"""The wire: everything that a page and its session say to each other."""

from __future__ import annotations

from aiohttp import web

from ..guard import Guard
from .registry import Site, serves


@serves("GET", "/s/{session}/ws", Guard.SIGNED_IN)
async def websocket(site: Site, request: web.Request) -> web.WebSocketResponse:
    """A connection of a client, for as long as it lasts."""
    return await site.sockets.handle(request)


@serves("GET", "/ws", Guard.PUBLIC)
async def without_session(site: Site, request: web.Request) -> web.WebSocketResponse:
    """Where a page of version 1 connects, which was open while the application was replaced: it is told to reload."""
    return await site.sockets.refuse_version(request)
