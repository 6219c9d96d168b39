"""Runs the application as a program of its own and looks at what it leaves. Waits for conditions, never for a time."""

from __future__ import annotations

import contextlib
import http.cookiejar
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psutil

SECONDS = 60.0
"""A limit for machines that are busy with other things; nothing waits for it where all is well."""


def wait_until(condition: Callable[[], Any], what: str, seconds: float = SECONDS) -> Any:
    """The first true value of a condition; fails where none comes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds:.0f} s: {what}")


class Starts:
    """The trace that the fake pvpython writes."""

    def __init__(self, path: Path):
        self.path = path

    def all(self) -> list[dict[str, Any]]:
        if not self.path.exists():
            return []
        return [json.loads(line) for line in self.path.read_text("utf-8").splitlines()]

    def wait(self, count: int) -> list[dict[str, Any]]:
        """The starts, once there are that many."""
        wait_until(lambda: len(self.all()) >= count, f"{count} starts of pvpython")
        return self.all()


class Application:
    """One run of the command. Its output is collected line by line."""

    def __init__(self, arguments: Sequence[str], environ: dict[str, str]):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pvw_desktop", *arguments],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.out: list[str] = []
        self.err: list[str] = []
        self._readers = [
            threading.Thread(target=_collect, args=(stream, lines), daemon=True)
            for stream, lines in ((self.process.stdout, self.out), (self.process.stderr, self.err))
        ]
        for reader in self._readers:
            reader.start()

    @property
    def pid(self) -> int:
        return self.process.pid

    def ready(self, seconds: float = SECONDS) -> dict[str, Any]:
        """The line of --ready-json."""

        def line() -> str | None:
            if self.process.poll() is not None and not self.out:
                raise AssertionError(f"it ended with {self.process.returncode}: {self.err}")
            return self.out[0] if self.out else None

        answer: dict[str, Any] = json.loads(wait_until(line, "the line of --ready-json", seconds))
        return answer

    def address(self) -> str:
        """The line on stdout."""
        line: str = wait_until(lambda: self.out, f"the address; it said {self.err}")[0]
        return line

    def send(self, number: int) -> None:
        self.process.send_signal(number)

    def exit_code(self, seconds: float = SECONDS) -> int:
        """Waits for its end."""
        code = self.process.wait(seconds)
        for reader in self._readers:
            reader.join(5)
        return code

    def said(self, text: str) -> bool:
        """Whether a line on stderr holds this."""
        return any(text in line for line in self.err)

    def wait_said(self, text: str) -> None:
        wait_until(lambda: self.said(text), f"{text!r} on stderr, which has {self.err}")

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(120)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for reader in self._readers:
            reader.join(5)
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()


def _collect(stream: Any, lines: list[str]) -> None:
    with contextlib.suppress(ValueError):
        for line in stream:
            lines.append(line.rstrip("\n"))


def children(pid: int) -> list[psutil.Process]:
    """All processes below one."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def running(pids: Sequence[int]) -> list[str]:
    """Those that still run, with their names; one that only waits for its parent to take notice does not."""
    alive = []
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            if process.status() != psutil.STATUS_ZOMBIE:
                alive.append(f"{pid} {process.name()}")
    return alive


def wait_gone(pids: Sequence[int], seconds: float = 10.0) -> None:
    """Fails where one of them still runs after that time."""
    wait_until(lambda: not running(pids), f"the end of {running(pids)}", seconds)


def get(url: str) -> tuple[int, str]:
    """Status and text of a page."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    with opener.open(url, timeout=120) as answer:
        return answer.status, answer.read().decode()


def files_below(folder: Path) -> set[str]:
    """Names of all files, relative to the folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def is_listening(port: int) -> bool:
    """Whether anything listens on this port of 127.0.0.1."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def memories(pids: Sequence[int]) -> set[int]:
    """The nameless memories of ours that these processes hold, open or mapped, by inode."""
    found: set[int] = set()
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
                if "/memfd:pvw-" in line:
                    found.add(int(line.split()[4]))
        with contextlib.suppress(OSError):
            for entry in os.scandir(f"/proc/{pid}/fd"):
                with contextlib.suppress(OSError):
                    if os.readlink(entry.path).startswith("/memfd:pvw-"):
                        found.add(os.stat(entry.path).st_ino)
    return found


def abandoned_x_sockets() -> set[str]:
    """Sockets of X servers on which nobody listens, and lock files of processes that are gone."""
    found = {str(path) for path in Path("/tmp/.X11-unix").glob("X*") if not _listens(path)}
    for lock in Path("/tmp").glob(".X*-lock"):
        with contextlib.suppress(OSError, ValueError):
            if not psutil.pid_exists(int(lock.read_text())):
                found.add(str(lock))
    return found


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return not path.exists()
    return True
