"""view.*: what a client says about the images it gets."""

from __future__ import annotations

from ....protocol.messages import scene
from ....protocol.messages import view as messages
from ...session.clients import Client
from ...session.session import Session
from .registry import handles


@handles("view.ack")
def ack(session: Session, client: Client, params: messages.ViewAck) -> None:
    """The client has drawn an image."""
    session.images.acknowledge(client, params.view, params.seq)


@handles("view.visible")
def visible(session: Session, client: Client, params: messages.ViewVisible) -> None:
    """Whether the client shows the view."""
    session.views.set_visible(client, params.view, params.visible)


@handles("view.mode")
def mode(session: Session, client: Client, params: scene.ViewMode) -> None:
    """Who draws for the client."""
    session.views.set_mode(client, params.view, params.mode, params.limit)


@handles("view.keyframe")
def keyframe(session: Session, client: Client, params: messages.ViewKeyframe) -> None:
    """The client lost the thread of its video."""
    session.views.want_keyframe(client, params.view)
