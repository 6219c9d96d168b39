"""A private X server without a screen, for a ParaView that cannot draw without one.

It ends with its last client (`-terminate`), one of which is the connection held here: whatever kills this process or
pvpython, it goes after them. Where `setpriv` is there, the kernel also tells it when this process ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import shutil
import signal
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path

from ..system.xdisplay import authority_entry, connect

START_SECONDS = 15.0
TRIES = 3
TERM_SECONDS = 2.0
_SCREEN = "1280x1024x24"


logger = logging.getLogger(__name__)


class NoXServer(Exception):
    """It could not be started; the message says why."""


class Authority:
    """The cookie that lets clients in, as a file without a name in any folder: nothing of it can be left behind."""

    def __init__(self) -> None:
        self._fd = os.memfd_create("pvw-xauthority", os.MFD_CLOEXEC)
        os.write(self._fd, authority_entry(secrets.token_bytes(16)))
        self.path = Path(f"/proc/{os.getpid()}/fd/{self._fd}")

    def close(self) -> None:
        """Gives it back."""
        os.close(self._fd)


class XServer:
    """A running Xvfb. `environ` is what its clients need."""

    def __init__(self, process: subprocess.Popen[bytes], number: int, authority: Authority, connection: socket.socket):
        self._process = process
        self._number = number
        self._authority = authority
        self._connection = connection

    @property
    def environ(self) -> dict[str, str]:
        return {"DISPLAY": f":{self._number}", "XAUTHORITY": str(self._authority.path)}

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """Ends it and waits until it is gone; nothing of it stays in /tmp."""
        self._connection.close()
        _end(self._process)
        self._authority.close()
        _remove_traces(self._number)


def find_xvfb(environ: Mapping[str, str]) -> str | None:
    """The program, where it is installed."""
    return shutil.which("Xvfb", path=environ.get("PATH", ""))


async def start_xvfb(environ: Mapping[str, str]) -> XServer:
    """Starts it on a display number that is free; raises NoXServer."""
    program = find_xvfb(environ)
    if not program:
        raise NoXServer("Xvfb is not installed")
    for _ in range(TRIES - 1):
        try:
            return await _start(program, environ)
        except NoXServer as error:
            logger.info("%s; another is tried", error)
    # Xvfb chose a number that is taken after all: a server in another container may be known by the same name
    return await _start(program, environ, f":{100 + secrets.randbelow(9900)}")


async def _start(program: str, environ: Mapping[str, str], *display: str) -> XServer:
    authority = Authority()
    reading, writing = os.pipe()
    try:
        process = _spawn([program, *display], authority.path, writing, environ)
    except OSError as error:
        os.close(reading)
        authority.close()
        raise NoXServer(f"Xvfb cannot be started ({(error.strerror or str(error)).lower()})") from None
    finally:
        os.close(writing)
    try:
        number = await asyncio.wait_for(asyncio.to_thread(_read_number, reading), START_SECONDS)
        connection = await asyncio.to_thread(connect, f":{number}", authority.path, START_SECONDS)
        if connection is None:
            raise NoXServer("Xvfb does not let its own application in")
    except BaseException as error:
        _end(process)
        authority.close()
        if isinstance(error, (ValueError, asyncio.TimeoutError)):
            raise NoXServer("Xvfb did not start") from None
        raise
    return XServer(process, number, authority, connection)


def _spawn(program: list[str], authority: Path, display_fd: int, environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    setpriv = shutil.which("setpriv", path=environ.get("PATH", ""))
    command = [setpriv, "--pdeathsig", "TERM"] if setpriv else []
    command += [*program, "-displayfd", str(display_fd), "-screen", "0", _SCREEN, "-nolisten", "tcp"]
    command += ["-auth", str(authority), "-terminate"]
    return subprocess.Popen(
        command,
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(display_fd,),
        start_new_session=True,
    )


def _read_number(fd: int) -> int:
    """The display number Xvfb writes once it listens; raises ValueError where it ended instead."""
    data = b""
    try:
        while not data.endswith(b"\n"):
            piece = os.read(fd, 32)
            if not piece or len(data) > 32:  # it ended, or is no Xvfb and talks without end
                break
            data += piece
    finally:
        os.close(fd)
    return int(data)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(TERM_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # where it is a script, what it started too
        process.wait()


def _remove_traces(number: int) -> None:
    """What a killed X server leaves in /tmp: its socket, where nobody listens any more, and its lock."""
    path = f"/tmp/.X11-unix/X{number}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(path)
        except ConnectionRefusedError:
            for name in (path, f"/tmp/.X{number}-lock"):
                with contextlib.suppress(OSError):
                    os.unlink(name)
        except OSError:
            pass
