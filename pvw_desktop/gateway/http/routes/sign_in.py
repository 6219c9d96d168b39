"""Sign-in: a code of the session becomes a cookie."""

from __future__ import annotations

import dataclasses
from typing import Annotated

from aiohttp import web

from ....protocol.schema import Length
from ..forms import read_form
from ..guard import Guard, address_of, cookie_name, session_of
from .registry import Site, serves


@dataclasses.dataclass(frozen=True)
class Code:
    """The body."""

    code: Annotated[str, Length(200)]


@serves("POST", "/s/{session}/auth", Guard.SESSION)
async def sign_in(site: Site, request: web.Request) -> web.Response:
    """200 with the cookie, which is sent to this session alone, or 403 for a code that is wrong, used or too old."""
    session = session_of(request)
    form = await read_form(request, Code)
    value = session.sign_ins.redeem(form.code)
    if value is None:
        return web.json_response({"error": "This sign-in link was used before or is too old."}, status=403)
    response = web.json_response({})
    name = cookie_name(site.port, session)
    response.set_cookie(name, value, path=address_of(session), httponly=True, samesite="Strict")
    return response
