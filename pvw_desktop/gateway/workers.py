"""Threads for what may block: disks, network folders, image encoding. Knows nothing of what it runs.

The threads are daemons, unlike those of concurrent.futures: a network folder that never answers must not keep the
application from ending. Whoever asks for much gets half of the threads at most, and turns are taken between those who
ask. What nobody waits for any more is not begun, and ends where it looks at `check_wanted`.
"""

from __future__ import annotations

import asyncio
import contextvars
import dataclasses
import threading
from collections import Counter, deque
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

asker: contextvars.ContextVar[str] = contextvars.ContextVar("asker", default="")
"""Whom the work of a task is for: a client's id; empty for the application's own, which has no bound."""


class Unwanted(Exception):
    """Nobody waits for this work any more."""


@dataclasses.dataclass(eq=False)
class _Job:
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    function: Callable[[], Any]
    asker: str
    wanted: bool = True


class _Here(threading.local):
    job: _Job | None = None


_here = _Here()


def check_wanted() -> None:
    """Called by work that takes long, in its thread, again and again: raises Unwanted where nobody waits for it."""
    if _here.job is not None and not _here.job.wanted:
        raise Unwanted


class Workers:
    """At most `limit` threads, started when they are needed."""

    def __init__(self, name: str, limit: int):
        self._name = name
        self._limit = limit
        self._of_one = max(1, limit // 2)
        self._jobs: dict[str, deque[_Job]] = {}
        """By who asks; whoever had a turn last is last."""
        self._running: Counter[str] = Counter()
        self._changed = threading.Condition()
        self._threads = 0
        self._idle = 0
        self._closed = False

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """The result of `function(*args)`, computed in a thread."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        job = _Job(loop, future, lambda: function(*args), asker.get())
        with self._changed:
            if self._closed:
                raise RuntimeError(f"{self._name} workers are closed")
            self._jobs.setdefault(job.asker, deque()).append(job)
            if self._idle < self._ready() and self._threads < self._limit:
                self._threads += 1
                threading.Thread(target=self._work, name=self._name, daemon=True).start()
            self._changed.notify()
        try:
            return await future
        finally:
            job.wanted = False

    def close(self) -> None:
        """Lets idle threads end; what runs is left to finish or hang by itself."""
        with self._changed:
            self._closed = True
            self._jobs.clear()
            self._changed.notify_all()

    def _room(self, asker: str) -> int:
        return self._limit if asker == "" else self._of_one - self._running[asker]

    def _ready(self) -> int:
        """How many jobs could begin now, were there threads enough."""
        return sum(min(len(jobs), self._room(name)) for name, jobs in self._jobs.items())

    def _take(self) -> _Job | None:
        """The next job that is still wanted, by turns between those who ask."""
        for name in list(self._jobs):
            jobs = self._jobs[name]
            while jobs and not jobs[0].wanted:
                jobs.popleft()
            if jobs and self._room(name) > 0:
                job = jobs.popleft()
                del self._jobs[name]
                if jobs:
                    self._jobs[name] = jobs
                return job
            if not jobs:
                del self._jobs[name]
        return None

    def _work(self) -> None:
        while True:
            with self._changed:
                self._idle += 1
                while (job := self._take()) is None and not self._closed:
                    self._changed.wait()
                self._idle -= 1
                if job is None or self._closed:
                    return
                self._running[job.asker] += 1
            _here.job = job
            _deliver(job)
            _here.job = None
            with self._changed:
                self._running[job.asker] -= 1
                if not self._running[job.asker]:
                    del self._running[job.asker]
                self._changed.notify()  # the next one of the same asker may begin


def _deliver(job: _Job) -> None:
    try:
        result, error = job.function(), None
    except BaseException as caught:  # whatever it was belongs to the caller, not to this thread
        result, error = None, caught

    def settle() -> None:
        if job.future.done():
            return
        if error is None:
            job.future.set_result(result)
        else:
            job.future.set_exception(error)

    try:
        job.loop.call_soon_threadsafe(settle)
    except RuntimeError:
        return  # the loop was closed while this ran: nobody waits any more
