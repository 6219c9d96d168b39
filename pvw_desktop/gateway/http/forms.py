"""The JSON body of a request, as a dataclass."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from aiohttp import web

from ...protocol.errors import BadRequest
from ...protocol.jsontext import read_json
from ...protocol.schema import from_json
from .doors import BODY_SECONDS

T = TypeVar("T")


async def read_form(request: web.Request, kind: type[T]) -> T:
    """The body as `kind`. Raises an HTTP error: a form or plain text may come from any site's page, JSON may not."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(reason="The body must be application/json.")
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise web.HTTPUnsupportedMediaType(reason="The body must not be compressed.")
    try:
        body = await asyncio.wait_for(request.read(), BODY_SECONDS)
    except asyncio.TimeoutError:
        raise web.HTTPRequestTimeout(reason="The body did not come in time.") from None
    try:
        return from_json(kind, read_json(body, "The body"), "body")
    except BadRequest as error:
        raise web.HTTPBadRequest(reason=error.message.replace("\n", " ").replace("\r", " ")) from None
