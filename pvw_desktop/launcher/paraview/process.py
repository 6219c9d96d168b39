"""One pvpython process: started, listened to, ended, always reaped. Knows no protocol beyond the line on its stdin.

Start it from a thread that lives as long as the application: on Linux the server asks the kernel for a signal when
the thread that started it ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence

from ...protocol.channel import ServerConfig
from ...protocol.schema import to_json
from ..system import windows_job
from .server_log import ServerLog

LEAVE_SECONDS = 10.0
"""Patience with a server that was asked to leave, before SIGTERM: it saves first, on a slow disk or a busy machine."""
BUSY_SECONDS = 3.0
"""The same where a job runs: the work was saved before it began, and a filter may not let the server hear anything."""
TERM_SECONDS = 2.0
"""Patience after SIGTERM, before SIGKILL."""
DRAIN_SECONDS = 1.0
"""How long the last words of a process that is gone are waited for."""


@dataclasses.dataclass(frozen=True)
class Exit:
    """How a process ended. One of the two is None."""

    code: int | None
    signal: int | None = None


class ServerProcess:
    """Runs from `start` to the end of `wait`. `end` may be called at any time, from the event loop."""

    def __init__(self, process: subprocess.Popen[bytes], log: ServerLog, job: windows_job.Job | None):
        self._process = process
        self._log = log
        self._job = job
        self._loop = asyncio.get_running_loop()
        self._exit: asyncio.Future[Exit] = self._loop.create_future()
        self._reader = threading.Thread(target=self._read, name="pvpython output", daemon=True)
        self._reader.start()
        threading.Thread(target=self._reap, name="pvpython exit", daemon=True).start()

    @classmethod
    def start(
        cls, command: Sequence[str], environ: Mapping[str, str], config: ServerConfig, log: ServerLog
    ) -> ServerProcess:
        """Starts it and hands over its secrets; raises OSError."""
        log.mark(f"--- {' '.join(command)}")
        process = subprocess.Popen(
            list(command),
            env=dict(environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
            start_new_session=os.name == "posix",  # its own group: a wrapper and its child end together
            creationflags=windows_job.CREATION_FLAGS,
        )
        job = windows_job.contain(process)
        server = cls(process, log, job)
        server._tell(config)
        return server

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return not self._exit.done()

    async def wait(self) -> Exit:
        """How it ended, once it did and its last words are in the log."""
        return await asyncio.shield(self._exit)

    async def end(self, leave: float = LEAVE_SECONDS, term: float = TERM_SECONDS) -> Exit:
        """Asks it to leave (end of file on stdin), then SIGTERM, then SIGKILL for the whole group."""
        self._close_stdin()
        for patience, blow in ((leave, self._terminate), (term, self.kill)):
            try:
                return await asyncio.wait_for(self.wait(), patience)
            except asyncio.TimeoutError:
                blow()
        return await self.wait()

    def kill(self) -> None:
        """Ends the whole group at once, without asking."""
        if self._job:
            self._job.terminate()
        self._signal(getattr(signal, "SIGKILL", signal.SIGTERM))

    def _terminate(self) -> None:
        self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> None:
        if not self.running:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(self._process.pid, number)
            else:
                self._process.send_signal(number)

    def _tell(self, config: ServerConfig) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it is gone already: `wait` says how
            self._process.stdin.write(json.dumps(to_json(config)).encode() + b"\n")

    def _close_stdin(self) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        while data := self._process.stdout.read(65536):
            self._log.feed(data)
        self._process.stdout.close()

    def _reap(self) -> None:
        _wait_without_reaping(self._process.pid)
        if os.name == "posix":
            # while the leader is not reaped its number cannot be given to another group: end what it left behind
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        code = self._process.wait()
        if self._job:
            self._job.close()
        self._reader.join(DRAIN_SECONDS)
        self._log.flush()
        self._close_stdin()
        with contextlib.suppress(RuntimeError):  # the event loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._resolve, exit_of(code))

    def _resolve(self, how: Exit) -> None:
        if not self._exit.done():
            self._exit.set_result(how)


def exit_of(code: int) -> Exit:
    """Popen's return code as exit code or signal. A wrapper reports its child's signal as 128 + number."""
    if code < 0:
        return Exit(None, -code)
    if os.name == "posix" and 128 < code < 160:
        return Exit(None, code - 128)
    return Exit(code)


def _wait_without_reaping(pid: int) -> None:
    if sys.platform == "win32" or not hasattr(os, "waitid"):
        return
    with contextlib.suppress(ChildProcessError):
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
