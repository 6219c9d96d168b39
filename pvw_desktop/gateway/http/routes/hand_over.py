"""The hand-over: a second start of the application gives its paths to this one."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

from aiohttp import web

from ....protocol.errors import PvwError
from ....protocol.names import real_name
from ....protocol.schema import Length
from ...rpc import jsonrpc
from ...session.session import Session
from ..forms import read_form
from ..guard import Guard
from .registry import Site, serves


@dataclasses.dataclass(frozen=True)
class Paths:
    """The body."""

    paths: Annotated[list[str], Length(1000)]


@serves("POST", "/desktop/open", Guard.INSTANCE)
async def hand_over(site: Site, request: web.Request) -> web.Response:
    """202; what cannot be opened becomes a notice on the page, because the second start does not wait."""
    form = await read_form(request, Paths)
    session = site.sessions.oldest
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
    site.raise_window()
    return web.json_response({"paths": len(paths)}, status=202)


async def _open(session: Session, paths: list[Path]) -> None:
    if paths and session.status.state == "starting":
        await session.wait_ready()
    for path in paths:
        try:
            await session.file_requests.open_path(path)
        except PvwError as error:
            session.notify("error", error.message, error.hint, error.log)
