"""Runs a program to read what it prints, and is never at its mercy: so many seconds, so many bytes, then it is ended
with everything it started. Knows nothing of what is asked.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence

from . import windows_job

MOST_BYTES = 1 << 20

_lock = threading.Lock()


@dataclasses.dataclass(frozen=True)
class Asked:
    """What came of it."""

    output: bytes
    """What it printed, stdout and stderr as they came, at most MOST_BYTES."""
    code: int | None
    """Its return code; None where it was ended."""
    too_much: bool = False
    """Whether it was ended because it printed without end; else where `code` is None, because it took too long."""


def ask(command: Sequence[str], environ: Mapping[str, str], seconds: float, most: int = MOST_BYTES) -> Asked:
    """Runs it to its end, or to the end of our patience. Raises OSError where it cannot be started."""
    with _lock:  # from its first moment on, the end of the application ends it
        run = _Run(command, environ, most)
        _running.add(run)
    try:
        over = run.over(time.monotonic() + seconds)
    finally:
        with _lock:
            _running.discard(run)
            code = run.end()
    return Asked(bytes(run.output[:most]), code if over else None, len(run.output) > most)


_running: set[_Run] = set()


def end_all() -> None:
    """Ends what is being asked: the application ends and waits for nobody. From any thread."""
    with _lock:
        for run in _running:
            run.kill()


class _Run:
    """One program that is being asked."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], most: int):
        self._most = most
        self.output = bytearray()
        self._process = subprocess.Popen(
            list(command),
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
            start_new_session=os.name == "posix",  # its own group: what it starts ends with it
            creationflags=windows_job.CREATION_FLAGS,
        )
        self._job = windows_job.contain(self._process)
        self._reader = threading.Thread(target=self._read, name="output of a program", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            while len(self.output) <= self._most and (data := self._process.stdout.read(65536)):
                self.output += data

    def over(self, deadline: float) -> bool:
        """Whether it came to its end by itself, once it did or the deadline is past. It is not reaped yet."""
        self._reader.join(max(0.0, deadline - time.monotonic()))
        if self._reader.is_alive() or len(self.output) > self._most:
            return False
        if os.name != "posix":
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(max(0.0, deadline - time.monotonic()))
            return self._process.poll() is not None
        how = os.WEXITED | os.WNOHANG | os.WNOWAIT
        while os.waitid(os.P_PID, self._process.pid, how) is None:  # it said all it has to say, and is still at work
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        return True

    def kill(self) -> None:
        """Ends the whole group. Its number stays taken as long as the program is not reaped."""
        if self._job:
            self._job.terminate()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def end(self) -> int:
        """Leaves nothing of it; its return code."""
        self.kill()
        code = self._process.wait()
        self._reader.join(1.0)
        assert self._process.stdout is not None
        self._process.stdout.close()
        if self._job:
            self._job.close()
        return code
