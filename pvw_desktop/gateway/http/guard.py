"""What stands in front of every route: Host, Origin, and who may use the route. The only place that decides it.

- Host must be one of an exact list. A page of another site that had its name point to this computer (DNS rebinding)
  sends its own name there.
- Origin must be that of the page itself. A browser sends it with every WebSocket and POST, so another site's page is
  refused although the browser would attach our cookie. Programs that authorise themselves by a header send none.
- Each route is declared with a guard (routes/registry.py); a route that is not in the table is refused.
- A route of a session carries its id. Where a sign-in is needed, a session that is not there and one that the request
  is not signed in to get the same answer. The handlers take the session from the request alone (`session_of`), never
  from anywhere else.
"""

from __future__ import annotations

import dataclasses
import enum
import hmac
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from aiohttp import web

from ..session.registry import SessionRegistry
from ..session.session import Session
from ..session.signin import SignIn
from .doors import Door, with_headers

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
MAX_BODY = 1 << 16

NOT_THERE = (
    "There is no such session, or you are not signed in to it: "
    "open PVW Desktop from its icon, or by the link it printed."
)
_key: Any = getattr(web, "RequestKey", lambda name, kind: name)  # aiohttp 3.8 knows none
_SESSION, _SIGN_IN = _key("session", Session), _key("sign_in", SignIn)
_EFFECTS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Guard(enum.Enum):
    """Who may use a route."""

    PUBLIC = "anybody on an allowed host"
    SESSION = "whoever knows the address of a session that is there"
    SIGNED_IN = "whoever has a sign-in cookie of the session in the address"
    INSTANCE = "a second start of the application, by its token"


@dataclasses.dataclass(frozen=True)
class Route:
    """One route of the application."""

    method: str
    path: str
    guard: Guard
    handler: Handler


@dataclasses.dataclass(frozen=True)
class Rules:
    """What the guard compares with."""

    hosts: frozenset[str]
    """Exact values of the Host header, lower case."""
    port: int
    instance_token: str | None


def allowed_hosts(port: int, extra: Iterable[str] = ()) -> frozenset[str]:
    """The Host values of this computer alone at `port`, and those that were named."""
    names = ("127.0.0.1", "localhost", "[::1]")
    hosts = {f"{name}:{port}" for name in names} | {name.lower() for name in extra}
    return frozenset(hosts | set(names)) if port == 80 else frozenset(hosts)


def cookie_name(port: int, session: Session) -> str:
    """The cookie of a session's sign-ins. Cookies do not know ports: two applications on one computer must not
    overwrite each other's."""
    return f"pvw_{port}_{session.id}"


def address_of(session: Session) -> str:
    """The path of a session's page, below which all of its routes lie; the only one that its cookie is sent to."""
    return f"/s/{session.id}/"


def session_of(request: web.Request) -> Session:
    """The session of a request that its guard let through."""
    session: Session = request[_SESSION]
    return session


def sign_in_of(request: web.Request) -> SignIn:
    """Who sent a request that its guard let through."""
    sign_in: SignIn = request[_SIGN_IN]
    return sign_in


def build_application(routes: Iterable[Route], rules: Rules, sessions: SessionRegistry) -> web.Application:
    """The application with exactly these routes, each behind its guard."""
    guards: dict[web.AbstractRoute, Guard] = {}

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        session = sessions.find(request.match_info.get("session", ""))
        who = None if session is None else _signed_in(request, rules.port, session)
        if isinstance(request.protocol, Door):
            request.protocol.begin(None if who is None else who.key)
        try:
            request[_SESSION], request[_SIGN_IN] = session, who
            response = _refusal(request, guards, rules)
            if response is None:  # compared, never tested for truth: an empty aiohttp 3.8 response counts as false
                response = await handler(request)
        except web.HTTPException as error:
            response = _plain(error.status, error.reason, error.headers.get("Allow"))
        except Exception:  # aiohttp's own answer would come without our headers
            log.exception("a request failed")
            response = _plain(500, "Something went wrong inside PVW Desktop. Its log has the details.")
        return with_headers(response)

    application = web.Application(middlewares=[guard], client_max_size=MAX_BODY)
    for route in routes:
        guards[application.router.add_route(route.method, route.path, route.handler)] = route.guard
    return application


def _refusal(request: web.Request, guards: dict[web.AbstractRoute, Guard], rules: Rules) -> web.StreamResponse | None:
    refused = check_host(request, rules.hosts)
    if refused is None:
        refused = check_origin(request)
    return _check_route(request, guards, rules) if refused is None else refused


def check_host(request: web.Request, hosts: frozenset[str]) -> web.Response | None:
    """A refusal unless the request names this application, once, as it is known."""
    named = request.headers.getall("Host", [])
    if len(named) != 1 or named[0].lower() not in hosts or not request.raw_path.startswith("/"):
        log.warning("refused a request for host %r", named[:2])
        return _plain(403, "This address is not one of PVW Desktop's.")
    return None


def check_origin(request: web.Request) -> web.Response | None:
    """A refusal for what another site's page sends. Call it after check_host."""
    origins = request.headers.getall("Origin", [])
    upgrade = "upgrade" in request.headers.get("Connection", "").lower() or "Upgrade" in request.headers
    if origins:
        own = f"{request.scheme}://{request.headers['Host'].lower()}"
        good = len(origins) == 1 and origins[0].lower() == own
    else:
        good = "Authorization" in request.headers or (request.method not in _EFFECTS and not upgrade)
    site = request.headers.get("Sec-Fetch-Site", "none")
    arriving = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate" and not upgrade
    if not good or (site not in ("same-origin", "none") and not arriving):
        log.warning("refused a request from another site (Origin %r)", origins[:2])
        return _plain(403, "This request comes from another site.")
    return None


def _check_route(request: web.Request, guards: dict[web.AbstractRoute, Guard], rules: Rules) -> web.Response | None:
    guard = guards.get(request.match_info.route)
    if guard is Guard.PUBLIC:
        return None
    if guard is Guard.SESSION:
        return _plain(404, NOT_THERE) if request[_SESSION] is None else None
    if guard is Guard.SIGNED_IN:
        return _plain(404, NOT_THERE) if request[_SIGN_IN] is None else None
    if guard is Guard.INSTANCE:
        return None if _has_token(request, rules.instance_token) else _plain(403, "The token is not right.")
    # Neither a route of the table nor aiohttp's own answer to what is not there: refused, not served.
    return None if request.match_info.http_exception is not None else _plain(403, "This route is not open.")


def _signed_in(request: web.Request, port: int, session: Session) -> SignIn | None:
    """Who the request's cookie stands for in this session."""
    value = request.cookies.get(cookie_name(port, session))
    return None if value is None else session.sign_ins.find(value)


def _has_token(request: web.Request, token: str | None) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return (
        token is not None
        and scheme == "Bearer"
        and hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
    )


def _plain(status: int, text: str, allow: str | None = None) -> web.Response:
    headers = {"Allow": allow} if allow else None
    return web.Response(status=status, text=f"{text}\n", headers=headers)
