"""The table of routes: each registers with its guard, and without one it cannot. What is not in it is not served.

What belongs to a session lies below `/s/{session}/`, behind a guard that looks the session up; its handler takes it
from the request (`guard.session_of`). Nothing else lies there.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Awaitable, Callable

from aiohttp import web

from ...session.registry import SessionRegistry
from ..guard import Guard, Route
from ..page import Page
from ..websocket import Sockets

OF_A_SESSION = "/s/{session}/"
_LOOKS_UP = (Guard.SESSION, Guard.SIGNED_IN)


@dataclasses.dataclass(frozen=True)
class Site:
    """What routes serve from, made once for each gateway."""

    port: int
    sessions: SessionRegistry
    page: Page
    sockets: Sockets
    raise_window: Callable[[], None]
    """A second start of the application wants the window in front."""


Handler = Callable[[Site, web.Request], Awaitable[web.StreamResponse]]


class Routes:
    """The handlers by method and path, each with its guard."""

    def __init__(self) -> None:
        self._declared: dict[tuple[str, str], tuple[Guard, Handler]] = {}

    def serves(self, method: str, path: str, guard: Guard) -> Callable[[Handler], Handler]:
        """Registers the decorated function as the handler of a route; raises for what has no guard, one that does not
        fit the path, or a second one."""
        if not isinstance(guard, Guard):
            raise ValueError(f"{method} {path} needs a guard, not {guard!r}")
        if path.startswith("/s/") and not path.startswith(OF_A_SESSION):
            raise ValueError(f"{method} {path}: below /s/ a path begins with {OF_A_SESSION}")
        if path.startswith(OF_A_SESSION) != (guard in _LOOKS_UP):
            raise ValueError(f"{method} {path}: routes of a session, and no others, have {_LOOKS_UP[0]} or better")
        if (method, path) in self._declared:
            raise ValueError(f"{method} {path} is served twice")

        def register(handler: Handler) -> Handler:
            if not inspect.iscoroutinefunction(handler):
                raise ValueError(f"{method} {path} needs an `async def`")
            self._declared[method, path] = guard, handler
            return handler

        return register

    def of(self, site: Site) -> list[Route]:
        """All routes, for one gateway."""
        return [
            Route(method, path, guard, functools.partial(handler, site))
            for (method, path), (guard, handler) in self._declared.items()
        ]


ROUTES = Routes()
serves = ROUTES.serves
