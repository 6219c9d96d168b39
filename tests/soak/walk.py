"""A random walk through the application with faults on the way; after each it checks that nothing applied is lost.

What counts as applied is what the topics told when the request was answered. A request that failed or was stopped
leaves everything as it was. After a fault the work is that of the last answer; where ParaView itself was killed, it is
that of an answer since the last save: a step is saved once it was drawn, what follows a hand half a second later. What
has no result yet after a fault, because nobody sees it, is asked for it before it is compared.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tests.bench.our_client import RpcError

from .applied import Work, differences
from .session import Session
from .steps import Step, draw

FAULT_EVERY = 6
"""Steps between two faults, on average."""

FOLLOWS_A_HAND = ("display.set",)
"""Methods of the steps that are saved half a second later, and not once they were drawn."""

PATIENCE = 60.0
"""Seconds until work that comes back has to be whole."""


class Lost(AssertionError):
    """Something that was applied is gone, or something came that nobody asked for."""


@dataclasses.dataclass(frozen=True)
class Answered:
    """The work after an answer, and the Unix time in s at which it came; `hand`: to what follows a hand."""

    at: float
    work: Work
    hand: bool = False


class Walk:
    """One walk; the same seed draws the same steps as far as the machine's speed lets it."""

    def __init__(self, session: Session, seed: int, disk: Path | None):
        self.session = session
        self._dice = random.Random(seed)
        self._disk = disk
        self._answers: list[Answered] = []
        self._root = ""
        self.counts: dict[str, int] = {}

    async def begin(self) -> None:
        """Starts the application."""
        await self.session.start()
        self._root = (await self.session.client.call("files.roots"))["roots"][0]["root"]
        self._answers = [Answered(time.time(), self.session.work())]

    async def go(self, more: Callable[[int], bool]) -> None:
        """Steps and faults while `more(steps so far)`, and every fault at least once after them."""
        faults = [self._reconnect, self._restart, self._kill, self._kill_everything, self._vanish]
        if self._disk is not None:
            faults.append(self._fill_disk)
        steps, due = 0, list(faults)
        while more(steps):
            steps += 1
            await self._step()
            if self._dice.random() < 1 / FAULT_EVERY:
                fault = due.pop(self._dice.randrange(len(due))) if due else self._dice.choice(faults)
                await self._fault(fault)
        for fault in due:
            await self._fault(fault)
            await self._step()

    async def _fault(self, fault: Callable[[], Awaitable[None]]) -> None:
        self._tell(fault.__name__.strip("_"))
        await fault()

    def _tell(self, what: str) -> None:
        name = what.split()[0]
        self.counts[name] = self.counts.get(name, 0) + 1
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what}\n")

    # steps

    @property
    def _last(self) -> Work:
        return self._answers[-1].work

    async def _step(self) -> None:
        step = draw(self._dice, self.session, self._root)
        saved, told = self.session.saved_at(), len(self.session.notices)
        self._tell(str(step))
        request = asyncio.create_task(self._answer(step))
        if step.cancel is not None:
            await self._cancel(step.cancel, request)
        error = await request
        if error is None:
            self._answers.append(Answered(time.time(), self.session.work(), step.method in FOLLOWS_A_HAND))
            return
        self._tell(f"refused: {error}")
        await self.session.ready()  # a filter that did not listen was ended, and its work brought back
        ended = any("did not listen to Cancel" in notice for notice in self.session.notices[told:])
        await self._check(self._may_be_left(saved) if ended else [self._last], f"{step} failed ({error})", ended)

    async def _answer(self, step: Step) -> Exception | None:
        try:
            result = await self.session.client.call(step.method, **step.params)
            if step.method == "files.open" and result["choose"]:
                reader = result["choose"][0]["name"]
                await self.session.client.call(step.method, **step.params, reader=reader)
        except (RpcError, ConnectionError, TimeoutError) as error:
            return error
        return None

    async def _cancel(self, after: float, request: asyncio.Task[Any]) -> None:
        await asyncio.wait([request], timeout=after)
        while not request.done():
            for job in self.session.client.topics["jobs"]["jobs"]:
                with contextlib.suppress(RpcError):
                    await self.session.client.call("session.cancel", job=job["id"], force=job["cancel"] == "ignored")
            await asyncio.wait([request], timeout=0.1)

    # what must hold

    async def _check(self, allowed: list[Work], when: str, restored: bool = True) -> None:
        """The work is one of these, at once or as soon as it came back. Work that was `restored` is saved; else what
        was answered lately may be unsaved still."""
        deadline = time.monotonic() + PATIENCE
        now: Work = {}
        while time.monotonic() < deadline:
            if "pipeline" in self.session.client.topics and not self.session.client.topics["jobs"]["jobs"]:
                await self._ask("modified")
                now = self.session.work()
                if any(not differences(work, now) for work in allowed):
                    if restored:
                        self._answers = [Answered(0.0, now)]
                    return
            await asyncio.sleep(0.05)
        told = [f"  than after answer {-at}:\n    " + "\n    ".join(differences(work, now)[:20]) for at, work in
                enumerate(reversed(allowed), 1)]  # fmt: skip
        raise Lost(f"after {when} the work is another one\n" + "\n".join(told))

    async def _ask(self, state: str) -> None:
        """Applies the nodes in this state, as they are."""
        for node in self.session.nodes:
            if node["state"] == state:
                with contextlib.suppress(RpcError):
                    await self.session.client.call("proxy.apply", node=node["node"], changes=[])

    def _may_be_left(self, saved: float) -> list[Work]:
        """What a ParaView that was killed may come back with: what was answered last, without what followed a hand
        since the last save, and without one step that was not drawn yet."""
        allowed, steps = [self._last], 0
        for answer, before in zip(reversed(self._answers), list(reversed(self._answers))[1:], strict=False):
            steps += not answer.hand
            if steps > 1 or answer.at <= saved:
                break
            allowed.insert(0, before.work)
        return allowed

    # faults

    async def _reconnect(self) -> None:
        await self.session.disconnect()
        await self.session.connect()
        await self._check([self._last], "a lost connection", restored=False)

    async def _restart(self) -> None:
        await self.session.client.call("session.restart", restore="all")
        await self._came_back()
        await self._check([self._last], "a restart that was asked for")

    async def _came_back(self) -> None:
        await self.session.until(lambda: self.session.server["state"] != "ready", "the end of ParaView")
        await self.session.ready()

    async def _kill(self) -> None:
        """ParaView ends, from outside or as by a fault of its own. Work that seems to crash it is set aside, and is
        opened again from there."""
        saved, kept = self.session.saved_at(), self.session.kept()
        self.session.kill_paraview(self._dice.choice([signal.SIGKILL, signal.SIGSEGV]))
        await self._came_back()
        aside = [path for path in self.session.kept() if path not in kept and "set aside" in path.name]
        if aside:
            await self.session.until(lambda: str(aside[0]) in " ".join(self.session.notices), "where the work lies")
            shutil.copyfile(aside[0], self.session.data / "aside.pvsm")
            await self.session.client.call("files.open", root=self._root, path="aside.pvsm")
        await self._check(self._may_be_left(saved), "the end of ParaView by a signal")

    async def _kill_everything(self) -> None:
        saved = self.session.saved_at()
        await self.session.kill_everything()
        left = self.session.left_behind()
        await self.session.start(left)
        if left.read_bytes() not in [path.read_bytes() for path in self.session.kept()]:
            raise Lost("the work of a session that was killed is nowhere to be found")
        self._root = (await self.session.client.call("files.roots"))["roots"][0]["root"]
        await self._check(self._may_be_left(saved), "the end of everything by a signal")

    async def _vanish(self) -> None:
        """The data are away while ParaView starts again, and come back."""
        away = self.session.data.with_name("away")
        before = self._last
        os.rename(self.session.data, away)
        try:
            await self.session.client.call("session.restart", restore="all")
            await self._came_back()
            names = {node["name"] for node in self.session.nodes}
            if names != set(before["nodes"]):
                raise Lost(f"without their data, {set(before['nodes']) ^ names} are gone")
        finally:
            os.rename(away, self.session.data)
        await self._ask("error")
        await self._check([before], "data that were away for a while")

    async def _fill_disk(self) -> None:
        """A step while nothing can be saved; then there is room again, and ParaView is killed."""
        assert self._disk is not None
        stuffing = self._disk / "stuffing"
        _fill(stuffing)
        try:
            await self._step()
            await self._step()
            await self._check([self._last], "steps on a full disk", restored=False)
        finally:
            stuffing.unlink()
        freed = time.time()
        await self.session.until(lambda: self.session.saved_at() > freed, "a save once there is room again")
        self.session.kill_paraview()
        await self._came_back()
        await self._check([self._last], "a disk that was full for a while")


def _fill(path: Path) -> None:
    """Writes until the file system is full."""
    with open(path, "wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * (1 << 16))
