"""Where the bench happens: a private X server, software OpenGL, the two data sets, and both servers as processes."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psutil

from .stock import Stock

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
SIZE = (1280, 800)
SPHERE, CONTOUR, SERIES, MILLION = "sphere79k.vtp", "contour857k.vtp", "waves.pvd", "million.vtu"
SECONDS = 60.0


def say(text: str) -> None:
    """A line for who watches."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@dataclasses.dataclass(frozen=True)
class Server:
    """A server that runs."""

    url: str
    """The page."""
    sign_in_url: str
    process: psutil.Process
    """The process that answers: the gateway; for stock, pvpython itself."""

    def pvpython(self) -> psutil.Process:
        """The process that ParaView runs in."""
        below = self.process.children(recursive=True)
        return next((one for one in below if "pvpython" in " ".join(one.cmdline())), self.process)


@dataclasses.dataclass(frozen=True)
class World:
    """What every group of measurements gets."""

    pvpython: str
    environment: dict[str, str]
    folder: Path
    """Data in `data`, everything else beside it."""
    stock: Stock | None
    rounds: int
    quick: bool

    @property
    def data(self) -> Path:
        """The folder both servers show."""
        return self.folder / "data"

    def long(self, seconds: float, quick: float | None = None) -> float:
        """A duration, or a short one where the run is to be quick."""
        return (seconds / 3 if quick is None else quick) if self.quick else seconds

    @contextlib.asynccontextmanager
    async def ours(self) -> AsyncIterator[Server]:
        """`pvw-desktop serve`, with a state folder of its own."""
        state = self.folder / "state"
        command = [sys.executable, "-m", "pvw_desktop", "serve", "--ready-json", "--pvpython", self.pvpython]
        process = subprocess.Popen(  # noqa: ASYNC220  returns at once
            [*command, "--data", str(self.data)],
            cwd=ROOT,
            env={**self.environment, "PVW_STATE_DIR": str(state)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        try:
            line = await asyncio.to_thread(process.stdout.readline)
            ready = json.loads(line)
            yield Server(ready["url"], ready["sign_in_url"], psutil.Process(process.pid))
        finally:
            end(process)

    @contextlib.asynccontextmanager
    async def beside(self, local: bool = False) -> AsyncIterator[Server | None]:
        """The stock server; None where it is not to be had. `local`: so that its page can draw itself."""
        if self.stock is None:
            yield None
            return
        port = free_port()
        scripts = [str(HERE / "inside" / "stock_local.py")] if local else []
        command = [self.pvpython, *scripts, str(self.stock.script), "--content", str(self.stock.page)]
        with (self.folder / "stock.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: ASYNC220
                [*command, "--data", str(self.data), "--port", str(port)],
                env={**self.environment, "PYTHONPATH": str(self.stock.libraries)},
                stdout=log,
                stderr=log,
            )
        try:
            url = f"http://127.0.0.1:{port}/"
            await asyncio.to_thread(_wait_answers, url, process)
            yield Server(url, url, psutil.Process(process.pid))
        finally:
            end(process)


def end(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """Ends a process of ours, in order if it can be."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the stock server ended with {process.returncode}; stock.log says why")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=5).close()
            return
        time.sleep(0.05)
    raise RuntimeError("the stock server did not answer within a minute")


@contextlib.contextmanager
def display() -> Iterator[str]:
    """An X server of the bench's own: a window on a desktop in use would be measured with everything else there."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def environment_for(number: str, folder: Path) -> dict[str, str]:
    """What all processes get: the display, software OpenGL, a state folder of the bench's own."""
    environment = {
        **os.environ,
        "DISPLAY": number,
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "PVW_STATE_DIR": str(folder / "state"),
    }
    environment.pop("WAYLAND_DISPLAY", None)
    return environment


def make_data(pvpython: str, folder: Path, environment: dict[str, str]) -> None:
    """The data sets (data.py), written by the ParaView that is measured."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [pvpython, str(HERE / "inside" / "data.py"), str(folder)]
    subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)
