"""Before ParaView is loaded, and at the end: streams, the parent's death, the line of configuration on stdin, and the
one way out. Standard library only; what is done before it leaves is not known here."""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import sys
import threading
import time
from typing import Any, Callable

from pvw_desktop.protocol.channel import ServerConfig
from pvw_desktop.protocol.schema import from_json

from . import confine

PR_SET_PDEATHSIG = 1
PATIENCE = 10.0
"""Seconds from the wish to end until the process leaves whatever its main thread does. Who wants it sooner kills it."""

_before: list[Callable[[], object]] = []
_ending = threading.Lock()
"""Taken at the first wish to end, and never given back."""


def steady_streams() -> None:
    """Plain files as stdout and stderr.

    pvpython puts capture objects there that have no fileno, buffer or encoding, so that tracebacks, logging and
    faulthandler fail on them.
    """
    sys.stdout = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8", errors="replace")
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="replace")
    # pvpython answers SIGTERM with a native stack trace, as for a crash.
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=end, name="SIGTERM", daemon=True).start())
    # Ctrl+C in a terminal reaches the whole group: whoever started this process decides when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def die_with_parent() -> None:
    """Linux: this process ends when its parent does: as soon as it has saved, and at the latest some seconds later even
    inside a filter that never lets Python run."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    libc = ctypes.CDLL(None, use_errno=True)
    libc.signal.argtypes, libc.signal.restype = [ctypes.c_int, ctypes.c_void_p], ctypes.c_void_p
    # The kernel's signal at the parent's death calls alarm() with its own number, 10, for seconds. What comes then is
    # answered by nobody and ends the process. No Python is needed for it: a filter may keep the interpreter locked.
    libc.signal(signal.SIGUSR1, ctypes.cast(libc.alarm, ctypes.c_void_p))
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGUSR1, 0, 0, 0)
    if os.getppid() != parent:
        leave(0)
    threading.Thread(target=_end_after, args=(parent,), name="parent", daemon=True).start()


def _end_after(parent: int) -> None:
    try:
        handle = os.pidfd_open(parent)
    except (AttributeError, OSError):
        return  # an old kernel, or a parent outside of this container: stdin and channel end with it as well
    select.select([handle], [], [])
    end()


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


def end_with_stdin() -> None:
    """Whoever started this process holds its stdin: at end of file nobody is left to serve."""

    def watch() -> None:
        while os.read(0, 4096):
            pass
        end()

    threading.Thread(target=watch, name="stdin", daemon=True).start()


def before_leaving(ask: Callable[[], object]) -> None:
    """From now on `end` calls this instead of leaving at once: it makes the main thread finish, save and return."""
    _before.append(ask)


def end() -> None:
    """The one answer to every wish to end, and to being left alone. From any thread; the first time counts."""
    if not _ending.acquire(blocking=False):
        return
    if not _before:
        leave(0)
    for ask in _before:
        ask()
    time.sleep(PATIENCE)
    leave(0)


def leave(code: int) -> None:
    """Ends the process at once, without ParaView's teardown."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            pass
    confine.clean_up()
    os._exit(code)
