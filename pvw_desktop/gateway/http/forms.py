"""The two routes that take a JSON body: sign-in, and the hand-over from a second start of the application."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

from aiohttp import web

from ...protocol.errors import BadRequest, PvwError
from ...protocol.jsontext import read_json
from ...protocol.names import real_name
from ...protocol.schema import Length, from_json
from ..rpc import jsonrpc
from ..session.registry import SessionRegistry
from ..session.session import Session
from .doors import BODY_SECONDS
from .guard import address_of, cookie_name, session_of

T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class _Code:
    code: Annotated[str, Length(200)]


@dataclasses.dataclass(frozen=True)
class _Paths:
    paths: Annotated[list[str], Length(1000)]


async def _body(request: web.Request, kind: type[T]) -> T:
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


class SignInForm:
    """`POST /s/<id>/auth`: a code of the session becomes a cookie, which is sent to this session alone."""

    def __init__(self, port: int):
        self._port = port

    async def handle(self, request: web.Request) -> web.Response:
        """200 with the cookie, or 403 for a code that is wrong, used or too old."""
        session = session_of(request)
        form = await _body(request, _Code)
        value = session.sign_ins.redeem(form.code)
        if value is None:
            return web.json_response({"error": "This sign-in link was used before or is too old."}, status=403)
        response = web.json_response({})
        name = cookie_name(self._port, session)
        response.set_cookie(name, value, path=address_of(session), httponly=True, samesite="Strict")
        return response


class HandOver:
    """`POST /desktop/open`: a second start of the application gives its paths to this one."""

    def __init__(self, sessions: SessionRegistry, on_raise: Callable[[], Callable[[], None] | None]):
        self._sessions = sessions
        self._on_raise = on_raise

    async def handle(self, request: web.Request) -> web.Response:
        """202; what cannot be opened becomes a notice on the page, because the second start does not wait."""
        form = await _body(request, _Paths)
        session = self._sessions.oldest
        if session is None:
            raise web.HTTPServiceUnavailable(reason="No session is here to open them.")
        try:
            paths = [Path(real_name(path)) for path in form.paths]
        except ValueError:
            raise web.HTTPBadRequest(reason="A path is not spelled as one.") from None
        if not all(path.is_absolute() for path in paths):
            raise web.HTTPBadRequest(reason="Paths must be absolute.")
        session.spawn(_open(session, paths))
        session.audience.broadcast(jsonrpc.notification("window.raise"))
        raise_window = self._on_raise()
        if raise_window is not None:
            raise_window()
        return web.json_response({"paths": len(paths)}, status=202)


async def _open(session: Session, paths: list[Path]) -> None:
    if paths and session.status.state == "starting":
        await session.wait_ready()
    for path in paths:
        try:
            await session.file_requests.open_path(path)
        except PvwError as error:
            session.notify("error", error.message, error.hint, error.log)
