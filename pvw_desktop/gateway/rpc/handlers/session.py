"""session.* and rpc.discover: joining, ping, cancel, the life of the ParaView process."""

from __future__ import annotations

import functools

from .... import __version__
from ....protocol import openrpc
from ....protocol.errors import Unavailable
from ....protocol.messages import session as messages
from ...session.clients import Client
from ...session.services import LauncherServices
from ...session.session import Session
from .registry import handles


@handles("session.hello")
def hello(session: Session, client: Client, params: messages.SessionHello) -> messages.Snapshot:
    """The client joins and gets the state as it is."""
    client.program = params.client
    client.video = params.video
    session.join(client, params.images)
    topics = session.audience.topics.snapshot(client.role)
    return messages.Snapshot(client.id, client.role, __version__, topics)  # type: ignore[arg-type]


@handles("session.ping")
def ping(session: Session, client: Client, params: messages.SessionPing) -> messages.Pong:
    """A sign of life, whatever ParaView does."""
    return messages.Pong(session.status.state)


@handles("session.cancel")
async def cancel(session: Session, client: Client, params: messages.SessionCancel) -> None:
    """Stops a job."""
    if params.force:
        await session.force_cancel(params.job)
    else:
        session.calls.cancel(params.job)


@handles("session.restart")
async def restart(session: Session, client: Client, params: messages.SessionRestart) -> None:
    """Starts ParaView again."""
    await _launcher(session).restart(params.restore, params.software, params.pvpython)


@handles("session.quit")
async def quit_application(session: Session, client: Client, params: messages.SessionQuit) -> None:
    """Ends the application."""
    await _launcher(session).quit()


@handles("session.log")
def log(session: Session, client: Client, params: messages.SessionLog) -> messages.LogTail:
    """What ParaView printed last."""
    return messages.LogTail(_launcher(session).log_tail())


@handles("rpc.discover")
def discover(session: Session, client: Client, params: messages.RpcDiscover) -> messages.ApiDocument:
    """What this client may call."""
    return _document(client.role)


@functools.cache  # it takes tens of milliseconds, and anybody may ask for it again and again
def _document(role: str) -> messages.ApiDocument:
    return messages.ApiDocument(**openrpc.openrpc(role, __version__))


def _launcher(session: Session) -> LauncherServices:
    if session.launcher is None:
        raise Unavailable("This is not possible here: no application runs around the gateway.")
    return session.launcher
