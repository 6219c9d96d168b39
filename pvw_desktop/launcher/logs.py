"""The application's own log: stderr for the person at --log-level, a rotating file for later. No secret is in it."""

from __future__ import annotations

import logging
import logging.handlers
import re
import sys
from pathlib import Path

from ..errors import PROGRAM

FILE_BYTES = 2 * 1024 * 1024
FILES = 5
_SECRETS = re.compile(r"((?:#|\?|&)(?:k|code|token)=|Bearer\s+|\"token\":\s*\")[^\s&\"']+")


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
        root.addHandler(console)
    try:
        file = _QuietFile(
            folder / f"launcher-{session}.log", maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8"
        )
    except OSError as error:
        root.warning("the log cannot be written: %s", error)
    else:
        file.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(file)
    if level == "debug":
        logging.getLogger("pvw_desktop").setLevel(logging.DEBUG)
    for name in ("aiohttp.access", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
