"""Bytes to messages and back, without sockets.

Binary WebSocket frame:  uint32 little-endian header length · UTF-8 JSON header · payload
Private channel:         uint32 little-endian message length · UTF-8 JSON message
                         the same with bytes: length · a zero byte · a binary frame as above
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any, Callable, Optional, Union

from .errors import BadRequest
from .jsontext import Halves, Unfit, read_json

MAX_CHANNEL_MESSAGE = 256 * 1024 * 1024
PAYLOAD = "payload"
"""Key of a channel message whose value is bytes and travels behind the JSON."""
_LENGTH = struct.Struct("<I")
_BINARY = b"\0"  # no JSON text begins with it


def pack_binary(header: dict[str, Any], payload: Union[bytes, memoryview]) -> bytes:
    """One binary WebSocket frame."""
    head = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    return b"".join((_LENGTH.pack(len(head)), head, payload))


def unpack_binary(frame: Union[bytes, memoryview]) -> tuple[dict[str, Any], memoryview]:
    """Header and payload of a binary WebSocket frame; raises BadRequest where they do not fit."""
    view = memoryview(frame)
    if len(view) < 4:
        raise BadRequest("a binary frame has at least 4 bytes")
    (length,) = _LENGTH.unpack_from(view)
    if length > len(view) - 4:
        raise BadRequest(f"a binary frame of {len(view)} bytes cannot hold a header of {length} bytes")
    header = read_json(bytes(view[4 : 4 + length]), "a binary frame's header", "mend")
    if not isinstance(header, dict):
        raise BadRequest("a binary frame's header must be an object")
    return header, view[4 + length :]


def pack_message(message: dict[str, Any]) -> bytes:
    """One message for the private channel."""
    if PAYLOAD in message:
        head = {key: value for key, value in message.items() if key != PAYLOAD}
        body = _BINARY + pack_binary(head, message[PAYLOAD])
        return _LENGTH.pack(len(body)) + body
    body = json.dumps(message, separators=(",", ":"), allow_nan=False).encode()
    return _LENGTH.pack(len(body)) + body


Unread = Callable[[BadRequest, dict[str, Any]], None]
"""Gets why a message is not taken, and what could be read of it all the same: perhaps its type and id."""


class MessageReader:
    """Collects bytes of the private channel in pieces of any size and yields whole messages. One that is JSON, but
    more than is taken, goes to `unread` and costs the others nothing; without it, it raises."""

    def __init__(self, halves: Halves = "mend", unread: Optional[Unread] = None) -> None:
        self._buffer = bytearray()
        self._halves = halves
        self._unread = unread

    def feed(self, data: bytes) -> Iterator[dict[str, Any]]:
        """The messages that `data` completes; raises BadRequest where what comes are no messages."""
        self._buffer += data
        while len(self._buffer) >= 4:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > MAX_CHANNEL_MESSAGE:
                raise BadRequest(f"a channel message of {length} bytes is past the limit")
            if len(self._buffer) < 4 + length:
                return
            body = bytes(self._buffer[4 : 4 + length])
            del self._buffer[: 4 + length]
            try:
                message = _message(body, self._halves)
            except Unfit as error:
                if self._unread is None:
                    raise
                self._unread(error, error.value if isinstance(error.value, dict) else {})
            else:
                yield message


def _message(body: bytes, halves: Halves) -> dict[str, Any]:
    if body[:1] == _BINARY:
        head, payload = unpack_binary(memoryview(body)[1:])
        return {**head, PAYLOAD: payload}
    message = read_json(body, "A channel message", halves)
    if not isinstance(message, dict):
        raise BadRequest("A channel message must be an object.")
    return message
