"""A TCP proxy that lets through so many bytes a second and no more: a narrow connection on one machine.

Like a narrow link it holds little itself: small buffers, so that what does not fit waits at the sender.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Callable

CHUNK = 2048
BUFFER = 16 * 1024
"""Bytes that the system may keep for the proxy; a router's queue is about as long."""


class TokenBucket:
    """How long a chunk has to wait: `rate` bytes a second, and up to `burst` at once after a pause."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic):
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._tokens = burst
        self._at = clock()

    def take(self, amount: int) -> float:
        """Takes tokens for so many bytes; seconds until they may pass."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate) - amount
        self._at = now
        return max(0.0, -self._tokens / self._rate)


class Narrow:
    """The proxy: what comes from the server is slowed down, what goes to it is not."""

    def __init__(self, port: int, bits: float):
        self._port = port
        self._bits = bits
        self.passed = 0
        """Bytes that came through from the server."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it."""
        loop = asyncio.get_running_loop()
        with socket.socket() as server:
            server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
            server.setblocking(False)
            await loop.sock_connect(server, ("127.0.0.1", self._port))
            ways = [asyncio.create_task(self._down(server, writer)), asyncio.create_task(_up(reader, server))]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
                writer.close()

    async def _down(self, server: socket.socket, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        bucket = TokenBucket(self._bits / 8, CHUNK)
        while data := await loop.sock_recv(server, CHUNK):
            await asyncio.sleep(bucket.take(len(data)))
            writer.write(data)
            await writer.drain()
            self.passed += len(data)


async def _up(reader: asyncio.StreamReader, server: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    while data := await reader.read(CHUNK):
        await loop.sock_sendall(server, data)


@contextlib.asynccontextmanager
async def narrow(port: int, bits: float) -> AsyncIterator[tuple[int, Narrow]]:
    """A proxy of `bits` a second to a port of this machine: its own port, and the proxy."""
    proxy = Narrow(port, bits)
    listener = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    try:
        yield listener.sockets[0].getsockname()[1], proxy
    finally:
        listener.close()
