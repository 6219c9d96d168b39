"""session.* and rpc.discover: joining, ping, cancel, the life of the ParaView process."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ....protocol import openrpc
from ....protocol.errors import Unavailable
from ....protocol.messages import session as messages
from ...session.clients import Client
from ...session.services import HostServices
from ...session.session import Session


def answers(link: Session, app_version: str) -> dict[str, Callable[[Client, Any], Any]]:
    """Methods of this domain by name."""

    def hello(client: Client, params: messages.SessionHello) -> messages.Snapshot:
        client.program = params.client
        client.video = params.video
        link.join(client, params.images)
        topics = link.audience.topics.snapshot(client.role)
        return messages.Snapshot(client.id, client.role, app_version, topics)  # type: ignore[arg-type]

    def ping(client: Client, params: messages.SessionPing) -> messages.Pong:
        return messages.Pong(link.status.state)

    async def cancel(client: Client, params: messages.SessionCancel) -> None:
        if params.force:
            await link.force_cancel(params.job)
        else:
            link.calls.cancel(params.job)

    async def restart(client: Client, params: messages.SessionRestart) -> None:
        await _host(link).restart(params.restore, params.software, params.pvpython)

    async def quit_application(client: Client, params: messages.SessionQuit) -> None:
        await _host(link).quit()

    def log(client: Client, params: messages.SessionLog) -> messages.LogTail:
        return messages.LogTail(_host(link).log_tail())

    @functools.cache  # it takes tens of milliseconds, and anybody may ask for it again and again
    def document(role: str) -> messages.ApiDocument:
        return messages.ApiDocument(**openrpc.openrpc(role, app_version))

    def discover(client: Client, params: messages.RpcDiscover) -> messages.ApiDocument:
        return document(client.role)

    return {
        "session.hello": hello,
        "session.ping": ping,
        "session.cancel": cancel,
        "session.restart": restart,
        "session.quit": quit_application,
        "session.log": log,
        "rpc.discover": discover,
    }


def _host(link: Session) -> HostServices:
    if link.host is None:
        raise Unavailable("This is not possible here: no application runs around the gateway.")
    return link.host
