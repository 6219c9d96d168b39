"""What is running, as the topic `jobs` shows it, and when a job that was asked to stop counts as unresponsive.

Takes times as arguments, so that tests need no clock: `now` is monotonic seconds.
"""

from __future__ import annotations

import dataclasses
from typing import Literal

from ...protocol.channel import Progress
from ...protocol.messages.session import Job

SHOW_AFTER = 0.15
PUBLISH_EVERY = 0.1
UNRESPONSIVE_AFTER_ABORT = 1.0
UNRESPONSIVE_AFTER_ASKED = 3.0
CHEAP_SECONDS = 10.0
"""Work that took less than this in all may be run again without asking: an unresponsive filter is ended by force."""


@dataclasses.dataclass
class _Work:
    text: str
    wall: float
    added: float
    started: float | None = None
    detail: str = ""
    fraction: float | None = None
    node: str | None = None
    cancel: Literal["possible", "asked", "ignored"] = "possible"
    unresponsive_at: float | None = None
    aborting: bool = False
    heard: bool = True
    """Whether what it does now listens to a Cancel."""

    def words(self) -> str:
        if self.started is None:
            return f"{self.text} (waiting)"
        if not self.heard and self.cancel != "possible":
            return f"{self.text}: {self.detail}, which cannot be stopped; it stops right after"
        return f"{self.text}: {self.detail}" if self.detail else self.text


class JobBoard:
    """The jobs of one session."""

    def __init__(self) -> None:
        self._work: dict[int, _Work] = {}
        self._shown: list[Job] = []
        self._shown_at = -PUBLISH_EVERY
        self.spent = 0.0
        """Seconds that all jobs took that came to their end."""

    def add(self, job_id: int, text: str, now: float, wall: float) -> None:
        """A request that may take time waits; `wall` is Unix time."""
        self._work[job_id] = _Work(text, wall, now)

    def start(self, job_id: int, now: float, wall: float) -> None:
        """The ParaView process got it."""
        work = self._work.get(job_id)
        if work is not None:
            work.started, work.wall = now, wall

    def finish(self, job_id: int, now: float) -> None:
        """It got its answer, whatever that was."""
        work = self._work.pop(job_id, None)
        if work is not None and work.started is not None:
            self.spent += now - work.started

    def progress(self, step: Progress, now: float) -> None:
        """ParaView says how far it is."""
        work = self._work.get(step.id)
        if work is None:
            return
        work.detail, work.fraction, work.node = step.text, step.fraction, step.node
        was_heard, work.heard = work.heard, step.heard
        if work.cancel == "possible":
            return
        if not step.heard:  # told at once; it ends with this step, and nobody's work is thrown away for it
            work.cancel, work.unresponsive_at = "ignored", None
        elif step.aborting and (not work.aborting or not was_heard):
            work.cancel, work.aborting, work.unresponsive_at = "asked", True, now + UNRESPONSIVE_AFTER_ABORT

    def ask(self, job_id: int, now: float) -> None:
        """Somebody wants it to stop."""
        work = self._work.get(job_id)
        if work is not None and work.cancel == "possible":
            work.cancel = "asked" if work.heard else "ignored"
            work.unresponsive_at = now + UNRESPONSIVE_AFTER_ASKED if work.heard else None

    def was_asked(self, job_id: int) -> bool:
        """Whether somebody wanted it to stop."""
        work = self._work.get(job_id)
        return work is not None and work.cancel != "possible"

    def newly_unresponsive(self, now: float) -> list[int]:
        """Jobs that should have stopped by now; each is named once and `ignored` from then on."""
        found = [i for i, w in self._work.items() if w.unresponsive_at is not None and w.unresponsive_at <= now]
        for job_id in found:
            self._work[job_id].cancel, self._work[job_id].unresponsive_at = "ignored", None
        return found

    def runs(self, job_id: int) -> bool:
        """Whether the ParaView process works on it."""
        work = self._work.get(job_id)
        return work is not None and work.started is not None

    def running_text(self) -> str | None:
        """Words of the job that the ParaView process works on, however young it is."""
        return next((work.words() for work in self._work.values() if work.started is not None), None)

    def text(self, job_id: int) -> str | None:
        """Words of a job; None where it is over."""
        work = self._work.get(job_id)
        return None if work is None else work.words()

    def clear(self) -> None:
        """The ParaView process is gone."""
        self._work.clear()

    def take(self, now: float) -> list[Job] | None:
        """The jobs to show, where they differ from what is shown and it is time to say so."""
        jobs = [self._job(job_id, work) for job_id, work in self._work.items() if now >= work.added + SHOW_AFTER]
        if jobs == self._shown:
            return None
        same = [(job.id, job.cancel) for job in jobs] == [(job.id, job.cancel) for job in self._shown]
        if same and now < self._shown_at + PUBLISH_EVERY:
            return None
        self._shown, self._shown_at = jobs, now
        return jobs

    def _job(self, job_id: int, work: _Work) -> Job:
        return Job(str(job_id), work.words(), work.fraction, work.wall, work.node, work.cancel)

    def next_change(self, now: float) -> float | None:
        """When something happens by itself: a job shows, its progress may be said again, or it is unresponsive."""
        times = [work.unresponsive_at for work in self._work.values() if work.unresponsive_at is not None]
        times += [work.added + SHOW_AFTER for work in self._work.values() if now < work.added + SHOW_AFTER]
        visible = [self._job(i, work) for i, work in self._work.items() if now >= work.added + SHOW_AFTER]
        if visible != self._shown:
            times.append(self._shown_at + PUBLISH_EVERY)
        return min(times, default=None)
