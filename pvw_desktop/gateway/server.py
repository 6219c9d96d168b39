"""The gateway put together: one listening socket on this computer, its routes, its start and its end."""

from __future__ import annotations

import asyncio
import dataclasses
import errno
import ipaddress
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from ..protocol.errors import Failed
from .http.doors import Doors
from .http.guard import Rules, address_of, allowed_hosts, build_application
from .http.page import Page
from .http.routes import ROUTES, Site
from .http.websocket import Sockets
from .rpc.dispatch import Dispatcher
from .session.registry import SessionRegistry
from .session.session import Session

BACKLOG = 128


@dataclasses.dataclass(frozen=True)
class GatewayConfig:
    """How the gateway listens."""

    content: Path
    """Folder of the built page."""
    host: str = "127.0.0.1"
    port: int = 0
    """0: a free one."""
    extra_hosts: tuple[str, ...] = ()
    """Further values of the Host header, with their port, such as the near end of an SSH tunnel."""
    instance_token: str | None = None
    """What a second start of the application shows to hand its paths over; None: nothing is taken over."""
    heartbeat: float | None = 30.0
    """Seconds between pings of a quiet connection; None where this Python stands still while a filter runs."""


class Gateway:
    """One listener before all sessions of the registry, whenever they come and go. `on_raise` is called when a second
    start of the application wants the window in front."""

    def __init__(self, config: GatewayConfig, sessions: SessionRegistry):
        self.on_raise: Callable[[], None] | None = None
        self.port = 0
        self.doors = Doors()
        self.sessions = sessions
        self._config = config
        self._page = Page(config.content, sessions)
        self._sockets = Sockets(Dispatcher(), config.heartbeat)
        self._runner: web.AppRunner | None = None
        self._listener: asyncio.AbstractServer | None = None

    @property
    def url(self) -> str:
        """Address that leads to the page of the only session."""
        name = f"[{self._config.host}]" if ":" in self._config.host else self._config.host
        return f"http://{name}:{self.port}/"

    def url_of(self, session: Session) -> str:
        """Address of a session's page."""
        return self.url.rstrip("/") + address_of(session)

    def new_sign_in_url(self, session: Session) -> str:
        """Address of a session's page with a code that signs in once, within ten minutes. Behind `#`, where no server,
        log or Referer sees it."""
        return f"{self.url_of(session)}#k={session.sign_ins.new_code()}"

    def revoke(self, session: Session, sign_in: str) -> None:
        """Takes a sign-in back and ends its connections."""
        session.sign_ins.revoke(sign_in)
        self._sockets.revoke(sign_in)

    async def end_session(self, session: Session) -> None:
        """Takes a session away: it cannot be reached any more, and its clients are told. Who made it closes it."""
        self.sessions.remove(session)
        session.sign_ins.clear()
        await self._sockets.close_all(session, "This session was ended.")

    async def start(self) -> None:
        """Listens. Raises Failed with one sentence where it cannot."""
        self._page.check()
        listener = _listen(self._config.host, self._config.port)
        self.port = listener.getsockname()[1]
        try:
            self._runner = web.AppRunner(self.application(), handle_signals=False, access_log=None)
            await self._runner.setup()
            assert self._runner.server is not None
            loop = asyncio.get_running_loop()
            # One connection is accepted at a time: where there are no descriptors left, asyncio says so once for each
            # that it might have accepted. How many the system keeps waiting is told to it afterwards.
            self._listener = await loop.create_server(self.doors.factory(self._runner.server), sock=listener, backlog=1)
            listener.listen(BACKLOG)
        except BaseException:
            listener.close()
            raise

    def application(self) -> web.Application:
        """All routes behind their guards, for the port that was bound."""
        rules = Rules(allowed_hosts(self.port, self._config.extra_hosts), self.port, self._config.instance_token)
        site = Site(self.port, self.sessions, self._page, self._sockets, self._raise_window)
        return build_application(ROUTES.of(site), rules, self.sessions)

    def _raise_window(self) -> None:
        if self.on_raise is not None:
            self.on_raise()

    async def stop(self) -> None:
        """Says goodbye to every client and frees the port."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        await self._sockets.close_all()
        if self._runner is not None:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._runner.cleanup(), 5)
            self._runner = None
        self._page.close()


def _listen(host: str, port: int) -> socket.socket:
    address = "127.0.0.1" if host == "localhost" else host
    try:
        loopback = ipaddress.ip_address(address).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise Failed(
            f"{host} is not an address of this computer alone.", "Leave --host out: other computers get in by sharing."
        )
    listener = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(BACKLOG)
        listener.setblocking(False)
        return listener
    except OSError as error:
        listener.close()
        raise _bind_failed(port, error) from error


def _bind_failed(port: int, error: OSError) -> Failed:
    hint = "Choose another with --port, or leave --port out for a free one."
    if error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", -1)):
        return Failed(f"Port {port} is in use by another program.", hint)
    if error.errno in (errno.EACCES, getattr(errno, "WSAEACCES", -1)):
        return Failed(f"Port {port} may not be used by this account.", hint)
    return Failed(f"Port {port} cannot be used: {error.strerror or error}.", hint)
