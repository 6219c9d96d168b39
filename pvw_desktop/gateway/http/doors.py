"""Connections before and between requests: how long they may take, how many there may be, and what is answered to bytes
that are no HTTP. Knows nothing of routes; who a request comes from is told by guard.py.

Half a request, an answer that nobody reads and an idle connection each have their time. Of connections without a
sign-in, and of those of one sign-in, only so many are kept: a new one takes the place of the one idle for longest, so
that whoever holds many keeps nobody out and takes no descriptors from files and ParaView.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from typing import Any

from aiohttp import web

log = logging.getLogger(__name__)

REQUEST_SECONDS = 15.0
"""For the header of a request, from the first byte or from the connection on."""
BODY_SECONDS = 10.0
LINGER_SECONDS = 2.0
"""For the rest of a body that nobody wants, after the answer."""
IDLE_SECONDS = 75.0
"""For a connection of somebody signed in, between requests."""
STALL_SECONDS = 60.0
"""For an answer of which nothing more is read."""
MAX_STRANGERS = 64
MAX_OF_ONE = 96
"""Connections of one sign-in, its WebSockets among them."""

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "PVW Desktop",
}
_CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'"


class Doors:
    """All connections of one listener."""

    def __init__(self) -> None:
        self.open: dict[Door, None] = {}
        """The one idle for longest first."""
        self._strangers, self._of_one = _bounds()

    def factory(self, server: web.Server) -> Callable[[], Door]:
        """Makes the protocol of each new connection. What a body is packed with is looked at by who reads it."""
        loop = asyncio.get_running_loop()
        return lambda: Door(
            self, server, loop=loop, access_log=None, auto_decompress=False, lingering_time=LINGER_SECONDS
        )

    def settle(self, door: Door) -> None:
        """The door is newly opened, or belongs to somebody else from here on: one too many has to go."""
        self.open.pop(door, None)
        self.open[door] = None
        of_same = [other for other in self.open if other.key == door.key]
        if len(of_same) > (self._strangers if door.key is None else self._of_one):
            idle = [other for other in of_same if not other.busy and other is not door]
            next(iter(idle or of_same)).drop()


def _bounds() -> tuple[int, int]:
    """Fewer where this process may have few descriptors."""
    if sys.platform == "win32":
        return MAX_STRANGERS, MAX_OF_ONE
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if most == resource.RLIM_INFINITY:
        return MAX_STRANGERS, MAX_OF_ONE
    return max(8, min(MAX_STRANGERS, most // 8)), max(8, min(MAX_OF_ONE, most // 4))


class Door(web.RequestHandler):
    """One connection."""

    def __init__(self, doors: Doors, server: web.Server, **options: Any):
        super().__init__(server, **options)
        self.key: str | None = None
        """The sign-in it belongs to; None for a stranger's."""
        self.busy = False
        """Whether a request is being answered."""
        self._doors = doors
        self._clock = options["loop"]
        self._timer: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A connection; nothing was said on it yet."""
        super().connection_made(transport)
        self._doors.settle(self)
        self._wait(REQUEST_SECONDS)

    def connection_lost(self, error: BaseException | None) -> None:
        """It is over."""
        self._doors.open.pop(self, None)
        self._wait(None)
        self._stall(False)
        super().connection_lost(error)

    def pause_writing(self) -> None:
        """The other side does not keep up."""
        super().pause_writing()
        self._stall(True)

    def resume_writing(self) -> None:
        """It does again."""
        super().resume_writing()
        self._stall(False)

    def begin(self, key: str | None) -> None:
        """A request has arrived, and who sent it, where that can be told: an asset is of no session."""
        self.busy = True
        self._wait(None)
        self.key = key or self.key
        self._doors.settle(self)

    def drop(self) -> None:
        """Ends it, whatever is under way."""
        if self.transport is not None:
            self.transport.abort()

    def _wait(self, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if seconds is None else self._clock.call_later(seconds, self._over)

    def _over(self) -> None:
        if self.transport is not None and self.transport.get_write_buffer_size():
            self._wait(REQUEST_SECONDS)  # an answer is still under way; one that stands still has its own time
        else:
            self.drop()

    def _stall(self, stalled: bool) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
        self._stalled = self._clock.call_later(STALL_SECONDS, self.drop) if stalled else None

    async def finish_response(self, request: Any, resp: Any, start_time: Any) -> Any:
        """Every answer goes through here, aiohttp's own among them: none says more than ours."""
        with_headers(resp)
        try:
            return await super().finish_response(request, resp, start_time)
        finally:
            self.busy = False
            if self.transport is not None:
                self._wait(REQUEST_SECONDS if self.key is None else IDLE_SECONDS)

    def handle_error(
        self, request: Any, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """The answer to bytes that are no request, without the page and the name of the library."""
        if status >= 500:
            log.error("a request failed", exc_info=exc)
        else:
            log.warning("refused what is no HTTP request")
        if request.writer.output_size > 0:
            raise ConnectionError("part of the answer was sent already")
        sentence = "Something went wrong inside PVW Desktop." if status >= 500 else "This is no HTTP request."
        response = web.Response(status=status, text=f"{sentence}\n")
        response.force_close()
        return response


def with_headers(response: web.StreamResponse) -> web.StreamResponse:
    """The answer with the headers that all of them have."""
    if not response.prepared:
        for name, value in SECURITY_HEADERS.items():
            response.headers[name] = value
        response.headers.setdefault("Content-Security-Policy", _CLOSED_POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
    return response
