"""Keeps one ParaView running: starts it, tells the session what it is doing, brings it back after a crash.

One task does all of it in order: launch, wait, classify, wait for the next start. Everything else only asks that task
for something, so there is no moment with two processes. Knows no window and no HTTP.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from ...errors import sentences
from ...gateway.frames.memory import FrameMemory
from ...gateway.session.channel import Channel
from ...protocol.channel import Ready
from ...protocol.errors import BadRequest
from ...protocol.messages.session import MissingParaView, ServerStatus
from ..system.tasks import cancelled, to_its_end
from .crash import describe, was_ended
from .lifecycle import Event, State, advance
from .process import Exit
from .restarts import DELAY_SECONDS, RESTORES, WINDOW_SECONDS, Attempt, End, RestartPolicy, Saved, way_back
from .saved_work import WorkFolder
from .server_log import ServerLog
from .shelf import OPEN_IT
from .startup import Launch, NotStartable, Starter
from .status import StatusBoard

_UNKNOWN = MissingParaView([], "The log says more. Try again, or choose another ParaView.", None)

DRAIN_SECONDS = 0.5
"""How long the last messages of a process that is gone are waited for."""
UNRESPONSIVE_SECONDS = 3.0
"""How long a process may live on after it closed its channel."""

logger = logging.getLogger(__name__)


class Session(Protocol):
    """What is asked of the gateway's session."""

    on_ready: Callable[[Ready], object] | None

    @property
    def running_job_text(self) -> str | None: ...
    def set_status(self, status: ServerStatus) -> None: ...
    def attach(self, channel: Channel, memory: FrameMemory) -> Coroutine[Any, Any, None]: ...
    def detach(self, sentence: str) -> None: ...
    def notify(self, level: str, message: str, hint: str | None = None) -> None: ...


class Supervisor:
    """`start` once, `stop` once; between them `restart` and `force_cancel` at any time."""

    def __init__(
        self, starter: Starter, log: ServerLog, work: WorkFolder | None, remember_choice: Callable[[str], None]
    ):
        self._starter = starter
        self._log = log
        self._work = work
        self._remember_choice = remember_choice
        self._policy = RestartPolicy()
        self._state = State.GONE
        self._board = StatusBoard()
        self._session: asyncio.Future[Session] = asyncio.get_running_loop().create_future()
        self._attempt = Attempt()
        self._wanted: Attempt | None = None
        self._asked = asyncio.Event()
        self._begun = asyncio.Event()
        self._launched = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._launch: Launch | None = None
        self._ready_since = 0.0
        self.on_ready: Callable[[], None] | None = None
        """Called each time a ParaView is ready."""

    def start(self) -> None:
        """Begins at once, before there is a session: loading ParaView takes longer than making one."""
        self._task = asyncio.create_task(self._run(), name="supervisor")

    async def wait_launched(self) -> None:
        """Returns once the first process runs, or it is clear that there is none to start."""
        await self._launched.wait()

    def bind(self, session: Session) -> None:
        """The session that the process is for. What happened so far is told to it now."""
        session.on_ready = self._became_ready
        self._session.set_result(session)
        self._board.bind(session.set_status)

    async def stop(self) -> None:
        """Ends the process and everything around it."""
        if self._task:
            self._enter(Event.STOP, "Stopping ParaView…")
            self._task.cancel()
            await asyncio.wait([self._task])
        if self._state is State.STARTING:
            self._enter(Event.STOP, "Stopping ParaView…")
        if self._state is State.STOPPING:
            self._enter(Event.EXIT, "ParaView ended")
        self._starter.close()

    def kill(self) -> None:
        """Ends the process at once, for an application that must not wait any more."""
        if self._launch:
            self._launch.process.kill()

    def log_tail(self) -> list[str]:
        """The last lines that ParaView printed."""
        return self._log.tail()

    async def restart(self, restore: str, software: bool, pvpython: str | None) -> None:
        """The person's own restart: what crashed before counts no more. Raises BadRequest and changes nothing where the
        pvpython cannot be used."""
        restored = next((known for known in RESTORES if known == restore), None)
        if restored is None:
            raise BadRequest(f"restore cannot be {restore!r}.", f"Use one of {', '.join(RESTORES)}.")
        if pvpython:
            candidate = await asyncio.to_thread(self._starter.examine, pvpython)
            if candidate.problem:
                raise BadRequest(f"That ParaView cannot be used: {candidate.problem}.", "Choose another pvpython.")
            pvpython = str(candidate.program)
        self._policy.forget()
        self._ask(Attempt(restored, software, pvpython or self._attempt.pvpython))
        await self._begun.wait()

    async def force_cancel(self, job_text: str) -> None:
        """Ends a ParaView that does not listen to Cancel and brings the work back. No crash: it was asked for."""
        logger.info("ParaView is ended: %s did not listen to Cancel", job_text)
        if self._session.done():
            self._session.result().notify(
                "info", f"“{job_text}” did not listen to Cancel, so ParaView was started again with your work."
            )
        self._ask(dataclasses.replace(self._attempt, restore="all"))
        self.kill()
        await self._begun.wait()

    def _ask(self, attempt: Attempt) -> None:
        self._begun.clear()
        self._wanted = attempt
        self._asked.set()

    async def _run(self) -> None:
        attempt: Attempt | None = self._attempt
        while True:
            attempt = await self._live(attempt) if attempt else await self._wait_for_the_person()

    async def _wait_for_the_person(self, seconds: float | None = None) -> Attempt | None:
        """What the person asks for; None where nothing came in time."""
        try:
            await asyncio.wait_for(self._asked.wait(), seconds)
        except asyncio.TimeoutError:
            return None
        return self._take_wanted()

    def _take_wanted(self) -> Attempt | None:
        wanted, self._wanted = self._wanted, None
        self._asked.clear()
        return wanted

    async def _live(self, attempt: Attempt) -> Attempt | None:
        """One process, from its start to its end; the attempt that follows, or None to wait for the person."""
        self._attempt = attempt
        self._enter(Event.START, "Starting ParaView…")
        self._begun.set()
        try:
            launch = await self._starter.launch(attempt, self._board.tell)
        except NotStartable as error:
            self._launched.set()
            logger.warning("%s", sentences(str(error), error.missing.hint))
            self._enter(Event.MISS, str(error), missing=error.missing)
            return None
        except Exception as error:  # a disk, a port, a program: whatever it is, the page says so and can try again
            self._launched.set()
            logger.exception("ParaView could not be started")
            self._enter(Event.MISS, f"ParaView could not be started: {error}", missing=_UNKNOWN)
            return None
        self._launch = launch
        self._launched.set()
        self._board.add(pid=launch.process.pid)
        try:
            how = await self._until_it_ends(launch)
        finally:
            await to_its_end(launch.close())
            self._launch = None
        if how is not None:
            return await self._crashed(how, attempt)
        self._enter(Event.EXIT, "ParaView ended")
        return self._take_wanted()

    async def _until_it_ends(self, launch: Launch) -> Exit | None:
        """How the process ended by itself; None where it is to be ended because the person asked for something."""
        exited = asyncio.create_task(launch.process.wait())
        asked = asyncio.create_task(self._asked.wait())
        served = asyncio.create_task(self._serve(launch))
        watching = (self._board.say_when_slow(), _end_when_unresponsive(served, launch))
        beside = [asyncio.create_task(watch) for watch in watching]
        try:
            await asyncio.wait((exited, asked), return_when=asyncio.FIRST_COMPLETED)
            if asked.done():
                self._enter(Event.STOP, "Stopping ParaView…")
                return None
            await asyncio.wait((served,), timeout=DRAIN_SECONDS)
            return exited.result()
        finally:
            launch.busy = self._session.done() and self._session.result().running_job_text is not None
            await cancelled(exited, asked, served, *beside)
            if self._session.done():
                self._session.result().detach("ParaView stopped before it answered.")

    async def _serve(self, launch: Launch) -> None:
        channel = await launch.listener.accept()
        try:
            session = await asyncio.shield(self._session)
            await session.attach(channel, launch.memory)
        finally:
            channel.close()

    def _became_ready(self, ready: Ready) -> None:
        if self._state is not State.STARTING:  # it is being ended already
            return
        facts = {"paraview": ready.paraview, "python": ready.python, "renderer": ready.renderer}
        self._ready_since = time.monotonic()
        self._enter(Event.READY, f"ParaView {ready.paraview} is ready", **facts)
        session = self._session.result()
        if ready.restored:
            session.notify("warning", ready.restored)
        for aside in self._work.take_aside() if self._work else []:
            session.notify("info", f"The work that was left out is kept in {aside}.", OPEN_IT)
        if self._attempt.pvpython:
            self._remember_choice(self._attempt.pvpython)
        if self.on_ready:
            self.on_ready()

    async def _crashed(self, how: Exit, attempt: Attempt) -> Attempt | None:
        saved = self._work.saved if self._work else Saved(False, False)
        if time.monotonic() - self._ready_since > WINDOW_SECONDS:
            saved = dataclasses.replace(saved, untouched=False)
        was_ready = self._state is State.READY
        during = self._session.result().running_job_text if self._session.done() and was_ready else None
        following = way_back(attempt, End(was_ready, during is not None, was_ended(how)), saved)
        restore = following.restore if following else "nothing"
        if following and not self._policy.by_itself(time.monotonic()):
            following = None
        crash = describe(
            how,
            ready=was_ready,
            during=during,
            log=self._log.tail(),
            restorable=saved.work,
            restore=restore,
            restart_at=time.time() + DELAY_SECONDS if following else None,
        )
        logger.warning("%s", sentences(crash.reason, None if following else "It waits for you to start it again"))
        self._enter(Event.EXIT, crash.reason, crash=crash)
        if following is None:
            return None
        return await self._wait_for_the_person(DELAY_SECONDS) or following

    def _enter(self, event: Event, text: str, **facts: Any) -> None:
        self._state = advance(self._state, event)
        self._board.change(self._state, text, **facts)


async def _end_when_unresponsive(served: asyncio.Task[None], launch: Launch) -> None:
    await asyncio.wait((served,))
    await asyncio.sleep(UNRESPONSIVE_SECONDS)
    logger.warning("ParaView closed its channel but did not end; it is ended now")
    launch.process.kill()
