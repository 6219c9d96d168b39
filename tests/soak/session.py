"""One `pvw-desktop serve` and one connection to it, through docs/examples/client.py, with faults done to both."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import aiohttp
import psutil

from tests.bench.our_client import example

from .applied import Work, work_of

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180.0
"""Seconds that anything may take before it counts as hung: the machine may be busy."""


class Client(example.Client):  # type: ignore[misc]
    """The example client, which keeps notices in place of printing them."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, notices: list[str]):
        self.notices = notices
        super().__init__(socket)

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("method") == "session.notice":
            self.notices.append(message["params"]["message"])
        else:
            super()._take(message)


class Session:
    """The application with its state in a folder, started as often as it takes."""

    def __init__(self, state: Path, data: Path, pvpython: str):
        self.state, self.data, self.pvpython = state, data, pvpython
        self.notices: list[str] = []
        self.client: Client
        self._process: asyncio.subprocess.Process | None = None
        self._http: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._base = ""

    # the application

    async def start(self, *paths: Path) -> None:
        """Starts the application, signs in, and waits for ParaView."""
        command = [sys.executable, "-m", "pvw_desktop", "serve", "--ready-json", "--pvpython", self.pvpython]
        self._process = await asyncio.create_subprocess_exec(
            *command, "--data", str(self.data), *map(str, paths),
            cwd=ROOT, env={**os.environ, "PVW_STATE_DIR": str(self.state)},
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)
        self._base, _, code = json.loads(line)["sign_in_url"].partition("#k=")
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        async with self._http.post(self._base + "auth", json={"code": code}, headers=self._origin()) as answer:
            answer.raise_for_status()
        await self.connect()

    async def connect(self) -> None:
        """A new connection with the same sign-in."""
        assert self._http is not None
        self._socket = await self._http.ws_connect(
            self._base + "ws", protocols=[example.SUBPROTOCOL], headers=self._origin(), max_msg_size=0
        )
        self.client = Client(self._socket, self.notices)
        await self.client.join()
        await self.ready()

    def _origin(self) -> dict[str, str]:
        return {"Origin": urljoin(self._base, "/").rstrip("/")}

    async def ready(self) -> None:
        """Waits until ParaView can be asked, and asks for its restart where it waits for a person."""
        deadline = time.monotonic() + PATIENCE
        while (state := self.server["state"]) not in ("ready", "busy"):
            if state == "crashed" and self.server["crash"]["restart_at"] is None:
                await self.client.call("session.restart", restore="all")
            assert time.monotonic() < deadline, f"ParaView does not come back: {self.server}"
            await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """Ends the application as a terminal does."""
        await self._sign_out()
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGINT)
            await asyncio.wait_for(self._process.wait(), PATIENCE)

    # what is there

    @property
    def server(self) -> dict[str, Any]:
        return dict(self.client.topics["server"])

    @property
    def nodes(self) -> list[dict[str, Any]]:
        return list(self.client.topics["pipeline"]["nodes"])

    def work(self) -> Work:
        """The work as the page shows it now."""
        return work_of(self.client.topics)

    def saved_at(self) -> float:
        """Unix time in s of the last save of the work; 0 where there was none."""
        return max((path.stat().st_mtime for path in self.state.rglob("work.pvsm")), default=0.0)

    def left_behind(self) -> Path:
        """A copy of the work that a session which was killed left, in a place of its own."""
        found = max(self.state.rglob("work.pvsm"), key=lambda path: path.stat().st_mtime)
        return Path(shutil.copy2(found, self.data.with_name("left.pvsm")))

    def kept(self) -> list[Path]:
        """The states that the application keeps for the person, and those of running sessions."""
        return [path for path in self.state.rglob("*.pvsm") if path.stat().st_size]

    async def until(self, condition: Callable[[], Any], what: str) -> None:
        """Waits for a condition."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, f"waited in vain for {what}; notices: {self.notices[-5:]}"
            await asyncio.sleep(0.02)

    # faults

    def kill_paraview(self, number: int = signal.SIGKILL) -> None:
        """Ends pvpython as a crash or the system's memory killer does."""
        psutil.Process(self.server["pid"]).send_signal(number)

    async def kill_everything(self) -> None:
        """Ends the launcher as a power cut does; ParaView goes with it."""
        assert self._process is not None
        children = psutil.Process(self._process.pid).children(recursive=True)
        self._process.kill()
        await self._process.wait()
        await asyncio.to_thread(psutil.wait_procs, children, PATIENCE)
        await self._sign_out()

    async def disconnect(self) -> None:
        """Drops the connection without a word."""
        if self._socket is not None:
            await self._socket.close()

    async def _sign_out(self) -> None:
        await self.disconnect()
        if self._http is not None:
            await self._http.close()
