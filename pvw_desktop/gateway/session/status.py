"""What is said of a session's ParaView process: the topics `server` and `jobs`, the one place where it is `busy`.

Pure but for the publishing; the process itself is the launcher's, its jobs are calls.py's.
"""

from __future__ import annotations

import dataclasses
import time

from ...protocol.channel import Ready
from ...protocol.messages.session import Job, Jobs, ServerStatus
from .audience import Audience


class SessionStatus:
    """What the application says of the process, and what the process says itself where nobody else does."""

    def __init__(self, audience: Audience):
        self._audience = audience
        self._jobs: list[Job] = []
        self.of_process = ServerStatus("starting", "Starting ParaView", time.time())
        """Without regard to jobs."""
        self.set_jobs([])

    @property
    def now(self) -> ServerStatus:
        """With `busy` in place of `ready` while a job runs."""
        if self.of_process.state == "ready" and self._jobs:
            job = self._jobs[0]
            return dataclasses.replace(self.of_process, state="busy", text=job.text, since=job.started)
        return self.of_process

    def set(self, status: ServerStatus) -> None:
        """The application says what the process is doing."""
        self.of_process = status
        self._audience.put("server", self.now)

    def set_jobs(self, jobs: list[Job]) -> None:
        """What runs and waits has changed."""
        self._jobs = jobs
        self._audience.put("jobs", Jobs(jobs))
        self._audience.put("server", self.now)

    def starting(self, text: str) -> None:
        """The process says what it does on its way."""
        if self.of_process.state == "starting":
            self.set(dataclasses.replace(self.of_process, text=text))

    def became_ready(self, ready: Ready, pid: int | None) -> None:
        """The process can be asked. Where nobody keeps the status, as in a server started by hand, this does."""
        if self.of_process.state == "starting":
            text = f"ParaView {ready.paraview} is ready"
            self.set(ServerStatus("ready", text, time.time(), ready.paraview, ready.python, ready.renderer, pid))
