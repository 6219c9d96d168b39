"""How the application ends and how it says so: exit codes and the one sentence on stderr.

Knows nothing of ParaView, windows or sockets. Errors that also travel to the page are in `protocol.errors`.
"""

from __future__ import annotations

import enum
import sys

from .protocol.errors import PvwError

PROGRAM = "pvw-desktop"


class ExitCode(enum.IntEnum):
    """What a script that calls the program can rely on; docs/command-line.md lists them."""

    OK = 0
    FAILED = 1
    USAGE = 2
    DATA = 3
    PORT = 4
    PARAVIEW = 5
    INSTALLATION = 6
    INTERRUPTED = 130
    TERMINATED = 143


class StartError(PvwError):
    """The application cannot start, or not as it was asked to. `hint` says what to do."""

    kind = "start"

    def __init__(self, message: str, hint: str, exit_code: ExitCode = ExitCode.FAILED):
        super().__init__(message, hint)
        self.exit_code = exit_code


def sentences(message: str, hint: str | None = None) -> str:
    """Message and hint as sentences: each ends with a full stop."""
    parts = [part.strip() for part in (message, hint) if part and part.strip()]
    return " ".join(part if part.endswith((".", "!", "?", ":")) else part + "." for part in parts)


def say(message: str, hint: str | None = None) -> None:
    """One line on stderr. A windowed build on Windows has no stderr: then there is nobody to tell."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{PROGRAM}: {sentences(message, hint)}\n")
        sys.stderr.flush()
    except (OSError, ValueError):  # a closed pipe must not end the program
        pass


def reason_of(error: OSError) -> str:
    """The system's own words for an OSError, without its number and path."""
    return error.strerror.lower() if error.strerror else type(error).__name__
