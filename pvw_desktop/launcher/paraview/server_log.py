"""What the ParaView process prints: a rotating file for later, and the last lines for the page.

Written from the thread that reads the pipe, read from any.
"""

from __future__ import annotations

import logging
import logging.handlers
import re
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

FILE_BYTES = 2 * 1024 * 1024
FILES = 5
TAIL_LINES = 200
LINE_BYTES = 4096
"""A line without an end is cut here, so that garbage without line breaks cannot fill the memory."""
BYTES_A_SECOND, BURST_BYTES = 1 << 20, 1 << 22
KEPT_SESSIONS = 5

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

logger = logging.getLogger(__name__)


class ServerLog:
    """Takes bytes in pieces of any size; keeps whole lines."""

    def __init__(self, path: Path | None, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._since = clock()
        self._budget: float = BURST_BYTES
        self._left_out = 0
        self._lock = threading.Lock()
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._partial = b""
        self._file = _open(path) if path else None

    def feed(self, data: bytes) -> None:
        """Adds what was printed."""
        with self._lock:
            data = self._affordable(data)
            *lines, self._partial = (self._partial + data).split(b"\n")
            for line in lines:
                self._add(line)
            while len(self._partial) > LINE_BYTES:
                self._add(self._partial[:LINE_BYTES])
                self._partial = self._partial[LINE_BYTES:]

    def _affordable(self, data: bytes) -> bytes:
        """The data, or less where more comes than anybody could read: a program that prints without end must not take
        the processor from the page."""
        now = self._clock()
        self._budget = min(BURST_BYTES, self._budget + (now - self._since) * BYTES_A_SECOND)
        self._since = now
        if len(data) > self._budget:
            self._left_out += len(data)
            return b""
        self._budget -= len(data)
        if self._left_out:
            told = f"\n… {self._left_out:,} bytes were left out here: more was printed than is kept …\n".encode()
            self._left_out = 0
            return told + data
        return data

    def flush(self) -> None:
        """Ends a line that has no end yet: the process that was writing it is gone."""
        with self._lock:
            if self._partial:
                self._add(self._partial)
                self._partial = b""

    def mark(self, text: str) -> None:
        """A line of our own in the file, such as the command of a new process. The page's tail starts anew with it."""
        with self._lock:
            self._tail.clear()
            self._write(text)

    def tail(self, lines: int = TAIL_LINES) -> list[str]:
        """The last lines, the oldest first."""
        with self._lock:
            return list(self._tail)[-lines:]

    def close(self) -> None:
        """Closes the file; lines still reach the tail."""
        with self._lock:
            if self._file:
                self._file.close()
                self._file = None

    def _add(self, line: bytes) -> None:
        text = plain_text(line)
        if text:
            self._tail.append(text)
            self._write(text)

    def _write(self, text: str) -> None:
        if self._file:
            self._file.emit(logging.LogRecord("server", logging.INFO, "", 0, text, None, None))


def plain_text(line: bytes) -> str:
    """A printed line without colours and control characters."""
    return _CONTROLS.sub("", _ESCAPES.sub("", line.decode("utf-8", "replace"))).rstrip()


class _QuietFile(logging.handlers.RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        """A full disk costs lines of a log file, nothing else."""


def _open(path: Path) -> logging.handlers.RotatingFileHandler | None:
    try:
        file = _QuietFile(path, maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8")
    except OSError as error:
        logger.warning("ParaView's log cannot be written to %s: %s", path, error)
        return None
    file.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    return file


def drop_old_logs(folder: Path, keep: int = KEPT_SESSIONS) -> None:
    """Deletes the logs of all but the last sessions."""
    by_session: dict[str, list[Path]] = {}
    for path in folder.glob("*.log*"):
        by_session.setdefault(path.name.split(".")[0].partition("-")[2], []).append(path)
    by_age = sorted(by_session.values(), key=lambda paths: max(_modified(path) for path in paths), reverse=True)
    for path in (path for paths in by_age[keep:] for path in paths):
        path.unlink(missing_ok=True)


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
