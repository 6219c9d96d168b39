"""The server's end of the private channel: one socket, one reading thread."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import suppress
from typing import Any, Callable

from pvw_desktop.protocol.channel import Hello, ServerConfig, decode_to_server, encode
from pvw_desktop.protocol.framing import MessageReader, pack_message


class Channel:
    """Sends from any thread; calls `receive` from its own for each message, and `lost` when the gateway is gone."""

    def __init__(self, config: ServerConfig):
        self._socket = socket.create_connection((config.host, config.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sending = threading.Lock()
        self.send(Hello(token=config.token, pid=os.getpid()))

    def send(self, message: Any) -> None:
        """Sends one message; blocks while the gateway does not read. When it is gone nobody is told: the reading thread
        says so, and work that is under way then must not fail by it."""
        data = pack_message(encode(message))
        with self._sending, suppress(OSError):
            self._socket.sendall(data)

    def start(self, receive: Callable[[Any], None], lost: Callable[[], None]) -> None:
        """Begins to read."""
        threading.Thread(target=self._read, args=(receive, lost), name="channel", daemon=True).start()

    def _read(self, receive: Callable[[Any], None], lost: Callable[[], None]) -> None:
        reader = MessageReader()
        try:
            while True:
                data = self._socket.recv(1 << 16)
                if not data:
                    break
                for message in reader.feed(data):
                    receive(decode_to_server(message))
        except OSError:
            pass
        finally:  # whatever ended it: a server that nobody can reach any more must not stay
            lost()
