"""The private channel to one ParaView process: waits for the process that was started, then passes messages.

Knows framing and decoding, not what the messages mean. The server connects to the gateway, so no port has to be guessed
or told by the child; the token it got on stdin proves that it is the child.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
import struct
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from ...protocol import channel as wire
from ...protocol.errors import Failed, PvwError
from ...protocol.framing import MessageReader, pack_message
from ...protocol.jsontext import read_json

log = logging.getLogger(__name__)

HELLO_SECONDS = 10.0
MAX_HELLO = 4096
MAX_STRANGERS = 16
_READ_BYTES = 1 << 18
_CONGESTED_BYTES = 1 << 16


class Channel:
    """An accepted connection. `async for message in channel` ends where the other side does."""

    def __init__(self, hello: wire.Hello, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self.hello = hello
        self._reader = reader
        self._writer = writer

    def post(self, message: wire.ToServer) -> None:
        """Sends without waiting; what is posted after the end goes nowhere."""
        if not self._writer.is_closing():
            self._writer.write(pack_message(wire.encode(message)))

    @property
    def congested(self) -> bool:
        """Whether the other side does not read: Python inside ParaView stands still while a filter runs."""
        return self._writer.transport.get_write_buffer_size() > _CONGESTED_BYTES

    async def __aiter__(self) -> AsyncIterator[wire.ToGateway]:
        unread: list[wire.ToGateway | None] = []
        frames = MessageReader(unread=lambda error, item: unread.append(_refused(error, item)))
        while data := await self._read():
            try:
                for item in frames.feed(data):
                    message = _decoded(item)
                    if message is not None:
                        yield message
                for refused in unread:
                    if refused is not None:
                        yield refused
                unread.clear()
            except (PvwError, ValueError) as error:
                log.error("the ParaView process sent something that is no message: %s", error)
                break
        self.close()

    async def _read(self) -> bytes:
        try:
            return await self._reader.read(_READ_BYTES)
        except OSError:
            return b""

    def close(self) -> None:
        """Ends the connection; the server leaves when it sees that."""
        self._writer.close()


def _decoded(item: dict[str, Any]) -> wire.ToGateway | None:
    try:
        return wire.decode_to_gateway(item)
    except (PvwError, KeyError, TypeError, AttributeError) as error:
        return _refused(error, item)


def _refused(error: Exception, item: dict[str, Any]) -> wire.Reply | None:
    """What a message that cannot be taken comes to: whoever asked must not wait for ever."""
    log.error("dropped a message of type %r from the ParaView process: %s", item.get("type"), error)
    if item.get("type") == "reply" and isinstance(item.get("id"), int):
        return wire.Reply(item["id"], None, Failed("ParaView answered something that cannot be read.").to_wire())
    return None


class ChannelListener:
    """Listens on a free port of this computer for one ParaView process."""

    def __init__(self, host: str = "127.0.0.1"):
        self.host = host
        self.port = 0
        self.token = secrets.token_urlsafe(32)
        self._server: asyncio.AbstractServer | None = None
        self._accepted: asyncio.Future[Channel] | None = None
        self._strangers: dict[asyncio.StreamWriter, None] = {}
        """Who has not proved itself yet, the oldest first."""
        self._taken = False

    async def start(self) -> None:
        """Binds a port that the system chooses."""
        self._accepted = asyncio.get_running_loop().create_future()
        server = await asyncio.start_server(self._connected, self.host, 0, limit=1 << 20)
        self._server = server
        self.port = server.sockets[0].getsockname()[1]

    async def accept(self) -> Channel:
        """The connection that proves it knows the token. Anything else is dropped; then the port is closed."""
        if self._accepted is None:
            raise RuntimeError("start() comes before accept()")
        try:
            channel = await self._accepted
            self._taken = True
            return channel
        finally:
            self.close()

    def close(self) -> None:
        """Stops listening and drops whoever had not proved itself."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._accepted is not None and not self._accepted.done():
            self._accepted.cancel()
        elif self._accepted is not None and not self._taken and not self._accepted.cancelled():
            self._accepted.result().close()  # it proved itself, and nobody wants it any more
        for writer in list(self._strangers):
            writer.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._strangers) >= MAX_STRANGERS:  # the process itself says who it is at once: an older one is not it
            self._strangers.pop(oldest := next(iter(self._strangers)))
            oldest.transport.abort()
        self._strangers[writer] = None
        try:
            hello = await asyncio.wait_for(self._hello(reader), HELLO_SECONDS)
        except (asyncio.TimeoutError, asyncio.IncompleteReadError, OSError):
            hello = None
        finally:
            self._strangers.pop(writer, None)
        if hello is None or self._accepted is None or self._accepted.done():
            log.warning("dropped a connection to the private channel that did not prove itself")
            writer.close()
            return
        self._accepted.set_result(Channel(hello, reader, writer))

    async def _hello(self, reader: asyncio.StreamReader) -> wire.Hello | None:
        """The first message where it is the right one. Read by hand: a stranger may not make us wait for 256 MB."""
        (length,) = struct.unpack("<I", await reader.readexactly(4))
        if length > MAX_HELLO:
            return None
        with suppress(PvwError, ValueError, KeyError, TypeError, AttributeError):
            message = wire.decode_to_gateway(read_json(await reader.readexactly(length)))
            if isinstance(message, wire.Hello) and hmac.compare_digest(message.token.encode(), self.token.encode()):
                return message
        return None
