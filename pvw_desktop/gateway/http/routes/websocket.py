"""The wire: everything that a page and its session say to each other."""

from __future__ import annotations

from aiohttp import web

from ..guard import Guard
from .registry import Site, serves


@serves("GET", "/s/{session}/ws", Guard.SIGNED_IN)
async def websocket(site: Site, request: web.Request) -> web.WebSocketResponse:
    """A connection of a client, for as long as it lasts."""
    return await site.sockets.handle(request)
