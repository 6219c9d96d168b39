"""The server's end of the private channel: one socket, one reading thread."""

from __future__ import annotations

import os
import selectors
import socket
import sys
import threading
import time
import traceback
from contextlib import suppress
from typing import Any, Callable

from pvw_desktop.protocol.channel import Hello, Reply, ServerConfig, decode_to_server, encode
from pvw_desktop.protocol.errors import BadRequest, PvwError
from pvw_desktop.protocol.framing import MessageReader, pack_message

CATCH_UP = 0.1
"""Most seconds to wait for the thread that reads."""
YIELD = 0.0005


class Channel:
    """Sends from any thread; calls `receive` from its own for each message, and `lost` when the gateway is gone."""

    def __init__(self, config: ServerConfig):
        self._socket = socket.create_connection((config.host, config.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sending = threading.Lock()
        self._arriving = threading.Lock()
        """Held from when bytes are taken out of the socket until `receive` has their messages."""
        self._waiting = selectors.DefaultSelector()
        self._waiting.register(self._socket, selectors.EVENT_READ)
        self._looking = selectors.DefaultSelector()
        self._looking.register(self._socket, selectors.EVENT_READ)
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

    def catch_up(self) -> None:
        """Returns once what has come by now is with `receive`. While ParaView computes, the thread that reads stands
        still: whoever decides by what has arrived calls this first."""
        end = time.monotonic() + CATCH_UP
        while (left := end - time.monotonic()) > 0:
            if self._arriving.acquire(timeout=left):
                self._arriving.release()
                if not self._looking.select(0):
                    return
            time.sleep(YIELD)

    def _read(self, receive: Callable[[Any], None], lost: Callable[[], None]) -> None:
        # Halves: of files' names; the gateway refused what clients sent.
        reader = MessageReader(halves="keep", unread=self._refuse)
        try:
            while True:
                self._waiting.select()
                with self._arriving:
                    data = self._socket.recv(1 << 16)
                    if not data:
                        break
                    for message in reader.feed(data):
                        self._hand_on(message, receive)
        except OSError:
            pass
        finally:  # whatever ended it: a server that nobody can reach any more must not stay
            lost()

    def _hand_on(self, message: dict[str, Any], receive: Callable[[Any], None]) -> None:
        try:
            receive(decode_to_server(message))
        except Exception as error:  # one message must not end the work of everybody
            traceback.print_exc(file=sys.stderr)
            sentence = "The request does not fit what is declared."
            self._refuse(error if isinstance(error, PvwError) else BadRequest(sentence), message)

    def _refuse(self, error: PvwError, message: dict[str, Any]) -> None:
        """A message that cannot be taken: whoever asked must not wait for ever."""
        sys.stderr.write(f"dropped a message of type {message.get('type')!r}: {error}\n")
        if message.get("type") == "request" and isinstance(message.get("id"), int):
            self.send(Reply(message["id"], None, error.to_wire()))
