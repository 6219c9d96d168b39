"""Before ParaView is loaded: streams, the parent's death, the line of configuration on stdin. Standard library only."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import threading
from typing import Any

from pvw_desktop.protocol.channel import ServerConfig
from pvw_desktop.protocol.schema import from_json

PR_SET_PDEATHSIG = 1


def steady_streams() -> None:
    """Plain files as stdout and stderr.

    pvpython puts capture objects there that have no fileno, buffer or encoding, so that tracebacks, logging and
    faulthandler fail on them.
    """
    sys.stdout = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8", errors="replace")
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="replace")
    # pvpython answers SIGTERM with a native stack trace, as for a crash.
    signal.signal(signal.SIGTERM, lambda *_: leave(0))
    # Ctrl+C in a terminal reaches the whole group: whoever started this process decides when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def die_with_parent() -> None:
    """Linux: the kernel ends this process with its parent, even inside a filter that never lets Python run."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        leave(0)


def read_config() -> ServerConfig:
    """The first line of stdin; os.read, because pvpython's sys.stdin cannot be read."""
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(0, 1)
        if not piece:
            sys.stderr.write("pvw-desktop server: stdin ended before the configuration came\n")
            leave(2)
        line += piece
    data: dict[str, Any] = json.loads(line)
    return from_json(ServerConfig, data, "configuration")


def leave_at_end_of_stdin() -> None:
    """Whoever started this process holds its stdin: at end of file nobody is left to serve."""

    def watch() -> None:
        while os.read(0, 4096):
            pass
        leave(0)

    threading.Thread(target=watch, name="stdin", daemon=True).start()


def leave(code: int) -> None:
    """Ends the process at once, without ParaView's teardown."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            pass
    os._exit(code)
