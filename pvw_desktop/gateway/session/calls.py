"""Requests to the ParaView process: queued, handed over, answered, cancelled, and shown as jobs.

Knows the channel and nothing of clients. The order is queue.py's, the job list jobs.py's; this file adds futures and
timers.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import re
import time
from collections.abc import Callable, Sequence
from typing import Any

from ...protocol import channel as wire
from ...protocol.errors import Cancelled, Failed, Unavailable, from_wire
from ...protocol.messages.session import Job
from ...protocol.registry import METHODS
from .channel import Channel
from .jobs import CHEAP_SECONDS, JobBoard
from .queue import CallQueue, WaitingCall

log = logging.getLogger(__name__)

CONGESTED_SECONDS = 0.02
NOTES_SECONDS = 0.004
"""Between two rounds of notifications: each costs ParaView's Python what its images would need. What comes faster is
replaced here by what is newer."""


class ServerCalls:
    """The calls of one session, whichever process answers them."""

    def __init__(self, on_jobs: Callable[[list[Job]], None], on_unresponsive: Callable[[str], None]):
        self._on_jobs = on_jobs
        self._on_unresponsive = on_unresponsive
        """Called with the id of a job that does not listen and whose work is cheap to bring back."""
        self._channel: Channel | None = None
        self._queue = CallQueue()
        self._jobs = JobBoard()
        self._last_job: str | None = None
        self._futures: dict[int, asyncio.Future[Any]] = {}
        self._ids = itertools.count(1)
        self._jobs_timer: asyncio.TimerHandle | None = None
        self._pump_timer: asyncio.TimerHandle | None = None
        self._notes_due = 0.0

    @property
    def running_job_text(self) -> str | None:
        """Words of the job that runs, or that ran when the process went away."""
        return self._jobs.running_text() if self._channel is not None else self._last_job

    def attach(self, channel: Channel) -> None:
        """Calls go to this process from here on."""
        self._channel = channel

    def detach(self, sentence: str) -> None:
        """The process is gone: what waited for it fails with this sentence, or as cancelled where that was asked."""
        if self._channel is not None:
            self._last_job = self._jobs.running_text()
        self._channel = None
        for call in self._queue.clear():
            asked = call.id is not None and self._jobs.was_asked(call.id)
            self._settle(call.id, error=Cancelled("It was cancelled.") if asked else Unavailable(sentence))
        self._jobs.clear()
        self._update_jobs()

    def submit(
        self,
        method: str,
        params: dict[str, Any],
        client: str,
        role: str,
        paths: Sequence[str] = (),
        seen: Sequence[tuple[str, int, int, int, int]] = (),
    ) -> asyncio.Future[Any]:
        """Queues a checked request and returns at once, so that calls keep their order. Raises Unavailable."""
        call_id = next(self._ids)
        text = METHODS[method].job
        words = None if text is None else _job_text(text, params)
        replaced = self._queue.add(WaitingCall(call_id, method, params, client, role, tuple(paths), tuple(seen)))
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._futures[call_id] = future
        if words is not None:
            self._jobs.add(call_id, words, time.monotonic(), time.time())
        for older in replaced:
            self._settle(older.id, result={})
        self._pump()
        return future

    def inform(self, method: str, params: dict[str, Any], client: str, role: str) -> None:
        """Queues a checked notification. Raises Unavailable where too much waits."""
        self._queue.add(WaitingCall(None, method, params, client, role))
        self._pump()

    def replied(self, reply: wire.Reply) -> None:
        """The process answered."""
        if not self._queue.answered(reply.id):
            log.warning("the ParaView process answered request %s, which it was not asked", reply.id)
            return
        try:
            error = None if reply.error is None else from_wire(reply.error)
        except Exception:
            log.exception("ParaView's answer to request %s cannot be read", reply.id)
            error = Failed("ParaView answered something that cannot be read.", "The log has the details.")
        self._settle(reply.id, result=reply.result if reply.result is not None else {}, error=error)
        self._pump()

    def progress(self, step: wire.Progress) -> None:
        """The process says how far it is."""
        self._jobs.progress(step, time.monotonic())
        self._update_jobs()

    def work(self, work: wire.Work) -> None:
        """The process computes without having been asked, or has done so."""
        if work.running:
            self._jobs.add(work.id, work.text, time.monotonic(), time.time())
            self._jobs.start(work.id, time.monotonic(), time.time())
        else:
            self._jobs.finish(work.id, time.monotonic())
        self._update_jobs()

    def cancel(self, job: str) -> None:
        """Asks a job to stop; one that waits is dropped. A job that is over is no error."""
        job_id = _job_id(job)
        if self._queue.withdraw(job_id):
            self._settle(job_id, error=Cancelled("It was cancelled before it began."))
        elif self._jobs.text(job_id) is not None and self._channel is not None:
            self._jobs.ask(job_id, time.monotonic())
            self._channel.post(wire.Cancel(job_id))
        self._update_jobs()

    def ask_running(self, job: str) -> str | None:
        """Marks the job that the process works on as asked to stop, without telling it; its words, or None where it is
        not this job that runs."""
        if not self._jobs.runs(_job_id(job)):
            return None
        self._jobs.ask(_job_id(job), time.monotonic())
        return self._jobs.text(_job_id(job))

    def close(self) -> None:
        """Stops the timers."""
        for timer in (self._jobs_timer, self._pump_timer):
            if timer is not None:
                timer.cancel()

    def _pump(self) -> None:
        channel, loop = self._channel, asyncio.get_running_loop()
        if channel is None or self._pump_timer is not None:
            return
        if channel.congested:  # what waits here can still be replaced by something newer
            self._pump_timer = loop.call_later(CONGESTED_SECONDS, self._pump_again)
            return
        if self._queue.only_notes:
            if loop.time() < self._notes_due:
                self._pump_timer = loop.call_at(self._notes_due, self._pump_again)
                return
            self._notes_due = loop.time() + NOTES_SECONDS
        while ready := self._queue.hand_over():
            for call in ready:
                self._hand_over(channel, call)
        self._update_jobs()

    def _hand_over(self, channel: Channel, call: WaitingCall) -> None:
        """Passes one call on. Whatever goes wrong, it is answered: the queue waits for the answer of what it gave."""
        try:
            files = list(call.paths), list(call.seen)
            channel.post(wire.Request(call.id, call.method, call.params, call.client, call.role, *files))
        except Exception:
            log.exception("%s cannot be handed to the ParaView process", call.method)
            if call.id is not None:
                self._queue.answered(call.id)
                self._settle(call.id, error=Failed(f"{call.method} cannot be handed to ParaView."))
        else:
            if call.id is not None:
                self._jobs.start(call.id, time.monotonic(), time.time())

    def _pump_again(self) -> None:
        self._pump_timer = None
        self._pump()

    def _settle(self, call_id: int | None, result: Any = None, error: Exception | None = None) -> None:
        if call_id is None:  # a notification: nobody waits
            return
        self._jobs.finish(call_id, time.monotonic())
        future = self._futures.pop(call_id, None)
        if future is None or future.done():  # whoever asked is gone
            return
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)
            future.exception()  # marks it as seen: whoever asked may be gone, and that is no error of its own

    def _update_jobs(self) -> None:
        now = time.monotonic()
        unresponsive = self._jobs.newly_unresponsive(now)
        jobs = self._jobs.take(now)
        if jobs is not None:
            self._on_jobs(jobs)
        if self._jobs_timer is not None:
            self._jobs_timer.cancel()
            self._jobs_timer = None
        due = self._jobs.next_change(now)
        if due is not None:
            self._jobs_timer = asyncio.get_running_loop().call_later(max(0.001, due - now), self._update_jobs)
        for job_id in unresponsive:
            if self._jobs.spent < CHEAP_SECONDS:
                self._on_unresponsive(str(job_id))


def _job_id(job: str) -> int:
    return int(job) if job.isascii() and job.isdecimal() else 0


def _job_text(text: str, params: dict[str, Any]) -> str:
    """The declared words with parameters filled in; of a path, its last name."""
    return re.sub(r"\{(\w+)\}", lambda match: str(params.get(match[1], "")).rpartition("/")[2], text)
