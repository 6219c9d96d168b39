"""`/s/<id>/ws`: one connection of one client. Only sockets and timers; what is said on it is dispatch.py's."""

from __future__ import annotations

import asyncio
import logging
import secrets

from aiohttp import WSMsgType, web

from ...protocol import SUBPROTOCOL
from ..rpc.dispatch import Dispatcher
from ..rpc.turns import Turn
from ..session.clients import Client
from ..session.session import Session
from ..session.signin import SignIn
from .doors import with_headers
from .guard import session_of, sign_in_of

log = logging.getLogger(__name__)

MAX_MESSAGE = 1 << 20
HELLO_SECONDS = 10.0
CLOSE_SECONDS = 2.0

GOING_AWAY, UNSUPPORTED = 1001, 1003
SIGNED_OUT, WRONG_VERSION, NO_HELLO, TOO_SLOW, TOO_MANY = 4401, 4406, 4408, 4409, 4410
MAX_SOCKETS = 32
"""Connections of one sign-in."""
_SIGNED_OUT = "Your access was taken back."


class Connection:
    """A socket and its client."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        request: web.Request,
        sign_in: SignIn,
        session: Session,
        dispatcher: Dispatcher,
    ):
        self.client = Client(f"c{secrets.token_hex(6)}", sign_in.role, sign_in.key, self._overflowed)
        self._socket = socket
        self._request = request
        self.session = session
        self._dispatcher = dispatcher
        self._closing: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Serves the client until either side ends it."""
        loop = asyncio.get_running_loop()
        self.session.audience.clients.add(self.client)
        writer = loop.create_task(self._write())
        hello = loop.call_later(HELLO_SECONDS, self._check_hello)
        try:
            turn = Turn()
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    turn.begin()
                    self._dispatcher.receive(self.session, self.client, message.data)
                    wait = turn.end()
                    if wait is not None:  # reading what has arrived already lets nobody else in
                        await asyncio.sleep(wait)
                    await self.client.room()
                elif message.type is WSMsgType.BINARY:
                    self.close(UNSUPPORTED, "Only text messages are taken here.")
        finally:
            hello.cancel()
            writer.cancel()
            self.session.leave(self.client)
            if self._closing is not None:
                await asyncio.wait([self._closing])

    def close(self, code: int, sentence: str) -> None:
        """Ends the connection; the page shows the sentence."""
        if self._closing is None:
            self._closing = asyncio.get_running_loop().create_task(self._close(code, sentence))

    async def closed(self) -> None:
        """Returns once a close() is through."""
        if self._closing is not None:
            await asyncio.wait([self._closing])

    def _check_hello(self) -> None:
        if not self.client.joined:
            self.close(NO_HELLO, f"No session.hello within {HELLO_SECONDS:.0f} seconds.")

    def _overflowed(self) -> None:
        self.close(TOO_SLOW, "This client does not read what is sent to it.")

    async def _close(self, code: int, sentence: str) -> None:
        try:
            await asyncio.wait_for(self._socket.close(code=code, message=sentence.encode()[:123]), CLOSE_SECONDS)
        except (asyncio.TimeoutError, OSError, RuntimeError):
            log.info("a client did not answer the end of its connection")
        transport = self._request.transport
        if transport is not None:
            transport.abort()

    async def _write(self) -> None:
        client, changes_text = self.client, self.session.audience.topics.changes_text
        try:
            while True:
                await client.woken.wait()
                client.woken.clear()
                while True:
                    text = client.pop(changes_text)
                    if text is not None:
                        await self._socket.send_str(self.session.words_for(client, text))
                    elif (frame := self.session.images.take(client)) is not None:
                        await self._socket.send_bytes(frame)
                    else:
                        break
        except (OSError, RuntimeError):  # the other side is gone: the reader sees the same
            return
        except Exception:
            log.exception("sending to a client failed")
            self.close(GOING_AWAY, "Something went wrong inside PVW Desktop.")


async def _close_version(socket: web.WebSocketResponse, spoken: str | None) -> None:
    sentence = f"This page speaks {(spoken or 'no version')[:20]}, the application {SUBPROTOCOL}. Reload the page."
    await socket.close(code=WRONG_VERSION, message=sentence.encode())


class Sockets:
    """All connections, whichever session they are to."""

    def __init__(self, dispatcher: Dispatcher, heartbeat: float | None):
        self._dispatcher = dispatcher
        self._heartbeat = heartbeat
        self._connections: set[Connection] = set()

    async def refuse_version(self, request: web.Request) -> web.WebSocketResponse:
        """The handshake of a page of a version that knew no sessions: all that it gets is the sentence."""
        socket, chosen = await self._open(request)
        await _close_version(socket, chosen)
        return socket

    async def _open(self, request: web.Request) -> tuple[web.WebSocketResponse, str | None]:
        """A connection, and the subprotocol that was agreed on: ours, or else the first that is offered."""
        offered = [
            item.strip() for item in request.headers.get("Sec-WebSocket-Protocol", "").split(",") if item.strip()
        ]
        chosen = SUBPROTOCOL if SUBPROTOCOL in offered else next(iter(offered), None)
        socket = web.WebSocketResponse(
            protocols=(chosen,) if chosen else (),
            max_msg_size=MAX_MESSAGE,
            heartbeat=self._heartbeat,
            compress=False,
            timeout=CLOSE_SECONDS,
        )
        with_headers(socket)
        await socket.prepare(request)
        return socket, chosen

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """The handshake; a page of another version gets a sentence it can show instead of a failed handshake."""
        session, sign_in = session_of(request), sign_in_of(request)
        socket, chosen = await self._open(request)
        if chosen != SUBPROTOCOL:
            await _close_version(socket, chosen)
            return socket
        if not session.sign_ins.holds(sign_in.key):  # taken back while the connection was being made
            await socket.close(code=SIGNED_OUT, message=_SIGNED_OUT.encode())
            return socket
        if sum(other.client.sign_in == sign_in.key for other in self._connections) >= MAX_SOCKETS:
            sentence = f"{MAX_SOCKETS} pages are open with this sign-in already: close some."
            await socket.close(code=TOO_MANY, message=sentence.encode())
            return socket
        connection = Connection(socket, request, sign_in, session, self._dispatcher)
        self._connections.add(connection)
        try:
            await connection.run()
        finally:
            self._connections.discard(connection)
        return socket

    def revoke(self, sign_in: str) -> None:
        """Ends the connections of a sign-in that was taken back."""
        for connection in self._connections:
            if connection.client.sign_in == sign_in:
                connection.close(SIGNED_OUT, _SIGNED_OUT)

    async def close_all(self, of: Session | None = None, sentence: str = "PVW Desktop was closed.") -> None:
        """Ends every connection, or those to one session."""
        connections = [connection for connection in self._connections if of is None or connection.session is of]
        for connection in connections:
            connection.close(GOING_AWAY, sentence)
        for connection in connections:
            await connection.closed()
