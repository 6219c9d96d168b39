"""The built page and its assets, and the sign of life."""

from __future__ import annotations

from aiohttp import web

from ..guard import Guard
from .registry import Site, serves


@serves("GET", "/", Guard.PUBLIC)
async def entrance(site: Site, request: web.Request) -> web.Response:
    """Leads to the page of the only session."""
    return await site.page.entrance(request)


@serves("GET", "/assets/{name:.+}", Guard.PUBLIC)
async def asset(site: Site, request: web.Request) -> web.Response:
    """A file that the page loads."""
    return await site.page.asset(request)


@serves("GET", "/favicon{name:[.a-z0-9_-]*}", Guard.PUBLIC)
async def favicon(site: Site, request: web.Request) -> web.Response:
    """The icon of the tab."""
    return await site.page.favicon(request)


@serves("GET", "/healthz", Guard.PUBLIC)
async def healthz(site: Site, request: web.Request) -> web.Response:
    """Says that somebody is here."""
    return web.Response(text="ok\n")


@serves("GET", "/s/{session}/", Guard.SESSION)
async def index(site: Site, request: web.Request) -> web.Response:
    """The page of a session. It signs in by itself, so it is there before anybody has."""
    return await site.page.index(request)
