"""session.*: joining, ping, cancel, the life of the ParaView process."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, Literal, Optional

from ..registry import Role, event, method, topic
from ..schema import Length

LifecycleState = Literal["missing", "starting", "ready", "busy", "stopping", "gone", "crashed"]


@dataclasses.dataclass(frozen=True)
class TopicUpdate:
    """The new value of one topic; null where the topic is gone."""

    name: str
    version: Annotated[int, "grows by one with each change of this topic"]
    value: Any


@dataclasses.dataclass(frozen=True)
class Snapshot:
    """All topics this client may see, at one moment."""

    client: Annotated[str, "this connection's id"]
    role: Role
    app_version: str
    topics: list[TopicUpdate]


@method("session.hello", role="watch", answered_by="gateway", result=Snapshot)
@dataclasses.dataclass(frozen=True)
class SessionHello:
    """Joins the session. Images and `state.changed` follow from here on. First call on every connection."""

    client: Annotated[str, "name and version of the client program", Length(200)] = ""
    images: Annotated[bool, "whether this client wants images"] = True
    video: Annotated[bool, "whether it can decode H.264 (Annex B, baseline profile) in frames"] = False


@dataclasses.dataclass(frozen=True)
class Pong:
    """The gateway is there; `state` says whether ParaView is."""

    state: LifecycleState


@method("session.ping", role="watch", answered_by="gateway", result=Pong)
@dataclasses.dataclass(frozen=True)
class SessionPing:
    """Answered by the gateway at once, whatever ParaView is doing."""


@method("session.cancel", role="control", answered_by="gateway")
@dataclasses.dataclass(frozen=True)
class SessionCancel:
    """Asks the running job to stop at its next progress event. With `force`, stops the ParaView process and brings
    the work back as it was before the job, for filters that do not listen."""

    job: Annotated[str, "id of the job, as the topic `jobs` gives it", Length(32)]
    force: bool = False


Restore = Literal["all", "previous", "nothing"]


@method("session.restart", role="host", answered_by="gateway")
@dataclasses.dataclass(frozen=True)
class SessionRestart:
    """Starts ParaView again after a crash, or instead of the one that runs."""

    restore: Annotated[Restore, "the saved work, the work before its last step, or an empty session"] = "all"
    software: Annotated[bool, "render without the graphics driver"] = False
    pvpython: Annotated[Optional[str], "another pvpython to use from now on"] = None


@method("session.quit", role="host", answered_by="gateway")
@dataclasses.dataclass(frozen=True)
class SessionQuit:
    """Ends the application: window, gateway and ParaView."""


@dataclasses.dataclass(frozen=True)
class LogTail:
    """The end of ParaView's log."""

    lines: list[str]


@method("session.log", role="host", answered_by="gateway", result=LogTail)
@dataclasses.dataclass(frozen=True)
class SessionLog:
    """The last lines that ParaView and the server printed."""


@dataclasses.dataclass(frozen=True)
class ApiDocument:
    """An OpenRPC 1.3 document."""

    openrpc: str
    info: dict[str, Any]
    methods: list[dict[str, Any]]


@method("rpc.discover", role="watch", answered_by="gateway", result=ApiDocument)
@dataclasses.dataclass(frozen=True)
class RpcDiscover:
    """The OpenRPC document of what this client may call."""


@dataclasses.dataclass(frozen=True)
class Crash:
    """Why the ParaView process is no more."""

    reason: Annotated[str, "one sentence, such as: ParaView was ended by signal 11 (segmentation fault)"]
    exit_code: Optional[int]
    signal: Annotated[Optional[str], "SIGSEGV, SIGKILL …; null where the process ended by itself"]
    during: Annotated[Optional[str], "words of the job that was running; null where it was idle"]
    log: Annotated[list[str], "the last lines it printed"]
    restorable: Annotated[bool, "whether saved work is there to bring back"]
    restart_at: Annotated[Optional[float], "Unix time in s at which it restarts by itself; null where it waits"]
    restore: Annotated[
        Literal["all", "previous", "nothing"],
        "what to bring back without what crashed it: a step that crashed is not in the saved work; where bringing the "
        "work back crashed, the work before its last step, then nothing",
    ] = "all"


@dataclasses.dataclass(frozen=True)
class MissingParaView:
    """What was looked for and how to get it."""

    searched: Annotated[list[str], "places, each with what was found there"]
    hint: Annotated[str, "what to do on this system"]
    command: Annotated[Optional[str], "the command that installs ParaView here, where there is one"]


@topic("server", kept_by="gateway")
@dataclasses.dataclass(frozen=True)
class ServerStatus:
    """The ParaView process: what it is doing and what it is."""

    state: LifecycleState
    text: Annotated[str, "what is happening now, for a person"]
    since: Annotated[float, "Unix time in s of the last change of state"]
    paraview: Annotated[Optional[str], "version, such as 5.11.0"] = None
    python: Annotated[Optional[str], "version of the Python inside ParaView"] = None
    renderer: Annotated[Optional[str], "OpenGL renderer"] = None
    pid: Optional[int] = None
    crash: Optional[Crash] = None
    missing: Optional[MissingParaView] = None


@dataclasses.dataclass(frozen=True)
class Job:
    """Something that takes time."""

    id: str
    text: str
    fraction: Annotated[Optional[float], "0 to 1; null where ParaView says nothing"]
    started: Annotated[float, "Unix time in s"]
    node: Annotated[Optional[str], "the pipeline node that works"]
    cancel: Annotated[
        Literal["possible", "asked", "ignored"], "ignored: it does not listen now; session.cancel with force ends it"
    ]


@topic("jobs", kept_by="gateway")
@dataclasses.dataclass(frozen=True)
class Jobs:
    """What is running, the oldest first."""

    jobs: list[Job]


@event("state.changed")
@dataclasses.dataclass(frozen=True)
class StateChanged:
    """New values of the topics that changed since the snapshot or the last notification."""

    changes: list[TopicUpdate]


@event("session.notice")
@dataclasses.dataclass(frozen=True)
class Notice:
    """Something worth a line on every page, such as a warning that a reader printed."""

    level: Literal["info", "warning", "error"]
    message: str
    hint: Optional[str] = None
    log: Optional[str] = None


@event("window.raise")
@dataclasses.dataclass(frozen=True)
class WindowRaise:
    """A second start of the application handed over; the page brings itself up."""


@topic("audience", kept_by="gateway")
@dataclasses.dataclass(frozen=True)
class Audience:
    """Who looks. While a client draws by itself and others look on, it sends its cameras as it moves."""

    clients: Annotated[int, "connections that joined"]
