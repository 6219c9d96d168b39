"""The mapped file that raw images lie in. Knows nothing of what an image is."""

from __future__ import annotations

import mmap
import os
import secrets
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from ...protocol.channel import SLOT_BYTES, SLOTS
from ...protocol.errors import Failed


class FrameMemory:
    """SLOTS slots of SLOT_BYTES each, sparse: what no image has touched takes no memory.

    On Linux the file has no name in any folder, so nothing is left however this process ends; the server opens it
    through /proc. With `named_in` (a server that sees another /proc, as in Flatpak) and on other systems it is a file
    in that folder, for its owner alone, whose name goes away once the server has mapped it.
    """

    def __init__(self, named_in: Path | None = None):
        self._name: Path | None = None
        size = SLOTS * SLOT_BYTES
        try:
            if named_in is None and sys.platform == "linux":
                self._fd = os.memfd_create("pvw-frames", os.MFD_CLOEXEC)
                self.path = f"/proc/{os.getpid()}/fd/{self._fd}"
            else:
                folder = named_in or Path(tempfile.gettempdir())
                self._name = folder / f"pvw-frames-{os.getpid()}-{secrets.token_hex(8)}"
                flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
                self._fd = os.open(self._name, flags, 0o600)
                self.path = str(self._name)
            os.ftruncate(self._fd, size)
            self._map = mmap.mmap(self._fd, size)
        except OSError as error:
            self.release_name()
            raise Failed(
                f"The memory for images could not be made: {error.strerror}.", "Free some memory or disk space."
            ) from error
        self._view = memoryview(self._map)

    def slot(self, index: int) -> memoryview:
        """The bytes of one slot; raises IndexError where there is none."""
        if not 0 <= index < SLOTS:
            raise IndexError(f"there is no slot {index}")
        return self._view[index * SLOT_BYTES : (index + 1) * SLOT_BYTES]

    def release_name(self) -> None:
        """Takes the file's name away, where it has one: the server has mapped it."""
        if self._name is not None:
            with suppress(OSError):  # Windows keeps the name of a mapped file; close() tries again
                self._name.unlink()
                self._name = None

    def close(self) -> None:
        """Gives the memory back, as soon as nobody reads a slot any more."""
        self._view.release()
        with suppress(BufferError):  # an image is being encoded: the mapping goes with its last reader
            self._map.close()
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
        self.release_name()
