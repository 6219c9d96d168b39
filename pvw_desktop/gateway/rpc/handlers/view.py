"""view.*: what a client says about the images it gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ....protocol.messages import scene
from ....protocol.messages import view as messages
from ...session.clients import Client
from ...session.session import Session


def answers(link: Session) -> dict[str, Callable[[Client, Any], Any]]:
    """Methods of this domain by name."""

    def ack(client: Client, params: messages.ViewAck) -> None:
        link.images.acknowledge(client, params.view, params.seq)

    def visible(client: Client, params: messages.ViewVisible) -> None:
        link.set_visible(client, params.visible)

    def mode(client: Client, params: scene.ViewMode) -> None:
        link.set_mode(client, params.mode, params.limit)

    def key(client: Client, params: messages.ViewKey) -> None:
        link.images.want_key(client)

    return {"view.ack": ack, "view.visible": visible, "view.mode": mode, "view.key": key}
