"""From "start ParaView" to a running process: which one, with what display, listening where, saving what.

Decides nothing about when to start or start again; that is the supervisor's.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from ...errors import reason_of, sentences
from ...gateway.frames.memory import FrameMemory
from ...gateway.session.channel import ChannelListener
from ...protocol.channel import ServerConfig
from ...protocol.errors import PvwError
from ...protocol.messages.session import MissingParaView
from ..discovery.candidate import Candidate
from ..discovery.finder import Finding, Search, examine, find_first
from ..discovery.install import install_paraview, install_xvfb
from ..discovery.places import named_candidate, searched_places
from ..system.xdisplay import display_answers
from .command import needs_x_server, server_command
from .environment import server_environment
from .process import BUSY_SECONDS, LEAVE_SECONDS, ServerProcess
from .restarts import Attempt
from .saved_work import WorkFolder
from .server_log import ServerLog
from .xvfb import NoXServer, XServer, start_xvfb

logger = logging.getLogger(__name__)


class NotStartable(Exception):
    """There is no ParaView that can be started; `missing` is what the page says of it."""

    def __init__(self, text: str, missing: MissingParaView):
        super().__init__(text)
        self.missing = missing


@dataclasses.dataclass(frozen=True)
class Plan:
    """What does not change between two starts."""

    search: Search
    script: Path
    """The server: a folder that pvpython runs."""
    environ: Mapping[str, str]
    home: Path


@dataclasses.dataclass
class Launch:
    """A process that was started and what belongs to it."""

    candidate: Candidate
    process: ServerProcess
    listener: ChannelListener
    memory: FrameMemory

    busy: bool = False
    """Whether a job runs in it."""

    async def close(self) -> None:
        """Ends the process where it runs and gives back its port and memory."""
        await self.process.end(BUSY_SECONDS if self.busy else LEAVE_SECONDS)
        self.listener.close()
        self.memory.close()


class Starter:
    """Starts processes one after the other; keeps the private X server from one to the next."""

    def __init__(self, plan: Plan, log: ServerLog, work: WorkFolder | None, saved_choice: Callable[[], str | None]):
        self._plan = plan
        self._log = log
        self._work = work
        self._saved_choice = saved_choice
        self._xserver: XServer | None = None

    def examine(self, path: str) -> Candidate:
        """What is known about a pvpython that the person chose. Blocks: it may have to be asked."""
        return examine(named_candidate(self._plan.search.machine, Path(os.path.expanduser(path))), self._plan.search)

    async def launch(self, attempt: Attempt, tell: Callable[[str], None]) -> Launch:
        """Starts one; `tell` gets what is happening, for a person. Raises NotStartable."""
        candidate = await self._find(attempt)
        display = await self._display(candidate)
        tell(f"Starting {candidate.name}…")
        restore = self._work.prepare(attempt.restore) if self._work else None
        memory = self._memory(candidate)
        listener = ChannelListener("127.0.0.1")
        try:
            await listener.start()
            process = self._spawn(candidate, attempt, display, listener, memory, restore)
        except BaseException:
            listener.close()
            memory.close()
            raise
        return Launch(candidate, process, listener, memory)

    def close(self) -> None:
        """Ends the private X server."""
        if self._xserver:
            self._xserver.close()
            self._xserver = None

    async def _find(self, attempt: Attempt) -> Candidate:
        search = dataclasses.replace(self._plan.search, saved=self._saved_choice())
        if attempt.pvpython:
            search = dataclasses.replace(search, asked=Path(attempt.pvpython))
        finding = await asyncio.to_thread(find_first, search)
        for candidate in finding.passed_over:
            logger.info("%s (%s) is passed over: %s", candidate, candidate.origin, candidate.problem)
        if finding.taken is None:
            raise NotStartable(*_nothing_found(finding, search))
        if finding.refused:
            logger.warning(
                "%s cannot be used: %s. %s at %s is taken instead.",
                *(finding.refused.origin, finding.refused.problem, finding.taken.name, finding.taken),
            )
        return finding.taken

    async def _display(self, candidate: Candidate) -> Mapping[str, str] | None:
        if not needs_x_server(candidate, self._plan.search.machine.platform):
            return None
        if self._xserver and self._xserver.running:
            return self._xserver.environ
        if await asyncio.to_thread(display_answers, self._plan.environ, self._plan.home):
            return None
        self.close()
        try:
            self._xserver = await start_xvfb(self._plan.environ)
        except NoXServer as error:
            raise NotStartable(*_no_display(candidate, error, self._plan.search)) from None
        return self._xserver.environ

    def _memory(self, candidate: Candidate) -> FrameMemory:
        try:
            # Flatpak has a /proc of its own: there the memory needs a name that both sides know
            return FrameMemory(self._work.folder if candidate.flatpak and self._work else None)
        except PvwError as error:
            raise NotStartable(error.message, _problem(candidate, error.message, error.hint)) from None

    def _spawn(
        self,
        candidate: Candidate,
        attempt: Attempt,
        display: Mapping[str, str] | None,
        listener: ChannelListener,
        memory: FrameMemory,
        restore: Path | None,
    ) -> ServerProcess:
        machine, plan = self._plan.search.machine, self._plan
        shared = (self._work.folder,) if self._work else ()
        command = server_command(candidate, plan.script, machine.platform, attempt.software, shared)
        environ = server_environment(plan.environ, machine.platform, plan.search.bundle, attempt.software, display)
        config = ServerConfig(
            host=listener.host,
            port=listener.port,
            token=listener.token,
            frames=memory.path,
            work=str(self._work.work) if self._work else None,
            restore=str(restore) if restore else None,
        )
        try:
            return ServerProcess.start(command, environ, config, self._log)
        except OSError as error:
            text = f"{candidate} cannot be started ({reason_of(error)})"
            raise NotStartable(text, _problem(candidate, text, None)) from None


def _nothing_found(finding: Finding, search: Search) -> tuple[str, MissingParaView]:
    advice = install_paraview(search.machine)
    looked_at = [f"{candidate} ({candidate.origin}): {candidate.problem}" for candidate in finding.passed_over]
    if finding.refused:
        text = sentences(f"The ParaView named by {finding.refused.origin} cannot be used: {finding.refused.problem}")
        return text, MissingParaView(looked_at, f"Name another pvpython. {advice.above_command}", advice.command)
    text = "No ParaView that can be used was found."
    return text, MissingParaView([*looked_at, *searched_places(search.machine)], advice.above_command, advice.command)


def _no_display(candidate: Candidate, error: NoXServer, search: Search) -> tuple[str, MissingParaView]:
    advice = install_xvfb(search.machine)
    text = f"{candidate.name} needs an X server to draw. No display answers, and {error}."
    return text, MissingParaView([f"{candidate} ({candidate.origin}): {text}"], advice.above_command, advice.command)


def _problem(candidate: Candidate, text: str, hint: str | None) -> MissingParaView:
    return MissingParaView([f"{candidate} ({candidate.origin}): {text}"], hint or "Choose another pvpython", None)
