"""The application's own log: stderr for the person at --log-level, a rotating file for later. No secret is in it."""

from __future__ import annotations

import logging
import logging.handlers
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ..errors import PROGRAM

FILE_BYTES = 2 * 1024 * 1024
FILES = 5
LIMIT_SECONDS, LIMIT_TIMES = 10.0, 20
_SECRETS = re.compile(r"((?:#|\?|&)(?:k|code|token)=|Bearer\s+|\"token\":\s*\")[^\s&\"']+")


class Limit(logging.Filter):
    """Lets a line of code say something only so often: what anybody can bring about must not fill a disk or a terminal.
    How often it was said besides is told with the next time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        super().__init__()
        self._clock = clock
        self._said: dict[tuple[str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is to be written."""
        place, now = (record.pathname, record.lineno), self._clock()
        since, count = self._said.get(place, (now, 0))
        if now - since >= LIMIT_SECONDS:
            if count > LIMIT_TIMES:
                record.msg, record.args = f"{record.getMessage()} (and {count - LIMIT_TIMES} more like it)", None
            since, count = now, 0
        self._said[place] = since, count + 1
        return count < LIMIT_TIMES


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _SECRETS.sub(r"\1…", super().format(record))


class _Sentence(_Redacting):
    """As the errors of the command line look: the program's name, then what happened."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{PROGRAM}: {super().format(record)}"


class _QuietFile(logging.handlers.RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        """A full disk costs lines of a log file, nothing else."""


def set_up_logging(level: str, folder: Path, session: str) -> None:
    """Called once, at the start of a run."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    if sys.stderr is not None:
        console = logging.StreamHandler(sys.stderr)
        console.setLevel(level.upper())
        console.setFormatter(_Sentence("%(message)s"))
        console.addFilter(Limit())
        root.addHandler(console)
    try:
        file = _QuietFile(
            folder / f"launcher-{session}.log", maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8"
        )
    except OSError as error:
        root.warning("the log cannot be written: %s", error)
    else:
        file.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        file.addFilter(Limit())
        root.addHandler(file)
    if level == "debug":
        logging.getLogger("pvw_desktop").setLevel(logging.DEBUG)
    for name in ("aiohttp.access", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
