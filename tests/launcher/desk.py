"""An X server as a person sees it: which windows are there, how large, with what title; and their close button.

Speaks the X protocol itself, so that no further program has to be installed.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator

from pvw_desktop.launcher.system.xdisplay import connect

VIEWABLE = 2
WM_NAME, WM_CLASS = 39, 67
WIDTH_AND_HEIGHT = 4 | 8


class Desk:
    """One connection."""

    def __init__(self, display: str):
        self.display = display
        link = connect(display, None)
        assert link, f"no X server at {display}"
        self._link: socket.socket = link
        length = struct.unpack("<xHHH", self._read(7))[2]
        setup = self._read(length * 4)
        vendor, formats = struct.unpack_from("<H", setup, 16)[0], setup[21]
        self._root = struct.unpack_from("<I", setup, 32 + vendor + -vendor % 4 + 8 * formats)[0]

    def close(self) -> None:
        self._link.close()

    def window(self, title: str = "PVW Desktop") -> int | None:
        """The window with this title, once it can be seen."""
        return next((id_ for id_ in self._children() if self._title(id_) == title and self._viewable(id_)), None)

    def size(self, window: int) -> tuple[int, int]:
        reply, _ = self._ask(14, 0, struct.pack("<I", window))
        width, height = struct.unpack_from("<HH", reply, 16)
        return width, height

    def window_class(self, window: int) -> list[str]:
        return self._property(window, WM_CLASS).decode().strip("\0").split("\0")

    def resize(self, window: int, width: int, height: int) -> None:
        self._tell(12, 0, struct.pack("<IHxxII", window, WIDTH_AND_HEIGHT, width, height))

    def press_close(self, window: int) -> None:
        """What a window manager sends when the person closes the window."""
        event = struct.pack(
            "<BBHII5I", 33, 32, 0, window, self._atom("WM_PROTOCOLS"), self._atom("WM_DELETE_WINDOW"), *[0] * 4
        )
        self._tell(25, 0, struct.pack("<II", window, 0) + event)

    def _children(self) -> Iterator[int]:
        reply, more = self._ask(15, 0, struct.pack("<I", self._root))
        yield from struct.unpack_from(f"<{struct.unpack_from('<H', reply, 16)[0]}I", more)

    def _title(self, window: int) -> str:
        return self._property(window, WM_NAME).decode("utf-8", "replace")

    def _viewable(self, window: int) -> bool:
        reply, _ = self._ask(3, 0, struct.pack("<I", window))
        return reply[0] == 1 and reply[26] == VIEWABLE

    def _property(self, window: int, name: int) -> bytes:
        reply, more = self._ask(20, 0, struct.pack("<IIIII", window, name, 0, 0, 256))
        return more[: struct.unpack_from("<I", reply, 16)[0]] if reply[0] == 1 else b""

    def _atom(self, name: str) -> int:
        data = struct.pack("<Hxx", len(name)) + name.encode() + b"\0" * (-len(name) % 4)
        reply, _ = self._ask(16, 0, data)
        atom: int = struct.unpack_from("<I", reply, 8)[0]
        return atom

    def _tell(self, opcode: int, detail: int, body: bytes) -> None:
        self._link.sendall(struct.pack("<BBH", opcode, detail, 1 + len(body) // 4) + body)

    def _ask(self, opcode: int, detail: int, body: bytes) -> tuple[bytes, bytes]:
        """Reply and what follows it; for a window that is gone, the error and nothing."""
        self._tell(opcode, detail, body)
        reply = self._read(32)
        return reply, self._read(struct.unpack_from("<I", reply, 4)[0] * 4) if reply[0] == 1 else b""

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            piece = self._link.recv(count - len(data))
            assert piece, "the X server closed the connection"
            data += piece
        return data
