"""What is said of a ParaView process, and when it is busy."""

from __future__ import annotations

from typing import Any

from pvw_desktop.gateway.session.audience import Audience
from pvw_desktop.gateway.session.status import SessionStatus
from pvw_desktop.protocol.channel import Ready
from pvw_desktop.protocol.messages.session import Job, ServerStatus

JOB = Job("5", "Applying", None, 17.0, None, "possible")
READY = Ready("5.11.0", "3.11.2", "llvmpipe", [])


def made() -> tuple[Audience, SessionStatus]:
    audience = Audience()
    return audience, SessionStatus(audience)


def server(audience: Audience) -> Any:
    value = audience.topics.get("server")
    return value["state"], value["text"]


def test_a_job_makes_a_ready_one_busy_and_no_other() -> None:
    audience, status = made()
    status.set_jobs([JOB])
    assert server(audience) == ("starting", "Starting ParaView")
    status.set(ServerStatus("ready", "It is ready.", 1.0, pid=4711))
    assert server(audience) == ("busy", "Applying")
    assert (status.now.since, status.now.pid, status.of_process.state) == (17.0, 4711, "ready")
    assert audience.topics.get("jobs")["jobs"][0]["id"] == "5"
    status.set_jobs([])
    assert server(audience) == ("ready", "It is ready.")
    status.set_jobs([JOB])
    status.set(ServerStatus("crashed", "It ended.", 2.0))
    assert server(audience) == ("crashed", "It ended.")


def test_the_process_speaks_for_itself_until_somebody_does() -> None:
    audience, status = made()
    status.starting("Loading plugins")
    assert server(audience) == ("starting", "Loading plugins")
    status.became_ready(READY, 4711)
    assert server(audience) == ("ready", "ParaView 5.11.0 is ready")
    assert (status.now.renderer, status.now.pid) == ("llvmpipe", 4711)
    status.starting("too late")
    assert server(audience) == ("ready", "ParaView 5.11.0 is ready")


def test_who_keeps_the_status_is_not_overruled() -> None:
    audience, status = made()
    status.set(ServerStatus("stopping", "Stopping ParaView…", 1.0))
    status.starting("Loading")
    status.became_ready(READY, 4711)
    assert server(audience) == ("stopping", "Stopping ParaView…")
