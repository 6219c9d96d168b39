"""Whether an X display answers, asked with the first message of the X protocol. No X library is needed.

An open connection also keeps a server alive that was told to leave with its last client.
"""

from __future__ import annotations

import contextlib
import re
import socket
import struct
from collections.abc import Mapping
from pathlib import Path

TIMEOUT = 2.0
_DISPLAY = re.compile(r"^(?:(?:unix)?|(?P<host>[^:/]+)|\[(?P<v6>[0-9a-fA-F:]+)\]):(?P<number>\d+)(?:\.\d+)?$")
_COOKIE = b"MIT-MAGIC-COOKIE-1"
_ACCEPTED = 1


def display_answers(environ: Mapping[str, str], home: Path) -> bool:
    """Whether DISPLAY names an X server that lets us in."""
    connection = connect(environ.get("DISPLAY", ""), _authority(environ, home))
    if connection is None:
        return False
    connection.close()
    return True


def connect(display: str, authority: Path | None, seconds: float = TIMEOUT) -> socket.socket | None:
    """An accepted connection to an X server that answers in time, or None."""
    match = _DISPLAY.match(display)
    if not match:
        return None
    number = int(match["number"])
    host = match["host"] or match["v6"]
    cookies = [*_cookies(authority, number), b""]  # an empty one: servers that let this user in without
    for cookie in cookies:
        with contextlib.suppress(OSError, ValueError):
            connection = _open(host, number, seconds)
            if _accepted(connection, cookie):
                return connection
    return None


def _open(host: str | None, number: int, seconds: float) -> socket.socket:
    if host:
        return socket.create_connection((host, 6000 + number), timeout=seconds)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(seconds)
    path = f"/tmp/.X11-unix/X{number}"
    for address in (f"\0{path}", path):  # Linux' abstract name first: it is there in a sandbox that hides /tmp
        try:
            connection.connect(address)
            return connection
        except OSError:
            continue
    connection.close()
    raise ConnectionRefusedError(path)


def _accepted(connection: socket.socket, cookie: bytes) -> bool:
    name = _COOKIE if cookie else b""
    hello = struct.pack("<cxHHHHxx", b"l", 11, 0, len(name), len(cookie))
    accepted = False
    try:
        connection.sendall(hello + _padded(name) + _padded(cookie))
        accepted = connection.recv(1) == bytes([_ACCEPTED])
    finally:
        if not accepted:
            connection.close()
    return accepted


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)


def _authority(environ: Mapping[str, str], home: Path) -> Path:
    return Path(environ["XAUTHORITY"]) if environ.get("XAUTHORITY") else home / ".Xauthority"


def _cookies(authority: Path | None, number: int) -> list[bytes]:
    """The cookies an authority file has for a display number, whatever the host's name there."""
    try:
        data = authority.read_bytes() if authority else b""
    except OSError:
        return []
    cookies = []
    with contextlib.suppress(struct.error):
        offset = 0
        while offset < len(data):
            offset += 2  # the family of the address
            fields = []
            for _ in range(4):
                (length,) = struct.unpack_from(">H", data, offset)
                fields.append(data[offset + 2 : offset + 2 + length])
                offset += 2 + length
            _address, display, name, cookie = fields
            if name == _COOKIE and display in (b"", str(number).encode()):
                cookies.append(cookie)
    return cookies


def authority_entry(cookie: bytes) -> bytes:
    """The content of an authority file with one cookie that is good for every display number."""
    any_host = struct.pack(">H", 0xFFFF)  # FamilyWild
    fields = (b"", b"", _COOKIE, cookie)
    return any_host + b"".join(struct.pack(">H", len(field)) + field for field in fields)
