"""The clients of a session and what all of them are told: topics, notices, events. No sockets, no ParaView."""

from __future__ import annotations

import functools
import logging
from collections import deque
from typing import Any

from ...protocol.messages.session import Audience as AudienceTopic
from ...protocol.messages.session import Notice
from ...protocol.registry import allows, topic_of
from ...protocol.schema import to_json
from ..rpc import jsonrpc
from .clients import Client
from .topics import TopicStore

log = logging.getLogger(__name__)

KEPT_NOTICES = 20
_LEVELS = ("info", "warning", "error")


class Audience:
    """Clients that are connected, the topics they mirror, and notices that nobody was there to read yet."""

    def __init__(self) -> None:
        self.topics = TopicStore()
        self.clients: set[Client] = set()
        self._notices: deque[str] = deque(maxlen=KEPT_NOTICES)

    def put(self, name: str, value: Any) -> None:
        """New value of a topic that the gateway keeps."""
        if self.topics.put(name, to_json(value)):
            self._tell([name])

    def put_from_server(self, changes: dict[str, Any]) -> None:
        """New values of topics that the ParaView process keeps."""
        for name, value in changes.items():
            try:
                if topic_of(name).kept_by != "server":
                    raise KeyError(name)
                if self.topics.put(name, value):
                    self._tell([name])
            except KeyError:
                log.error("the ParaView process may not set the topic %r", name)

    def drop_server_topics(self) -> None:
        """The ParaView process is gone, with everything it kept."""
        self._tell(self.topics.drop_server_topics())

    def notify(
        self, level: str, message: str, hint: str | None = None, detail: str | None = None, for_role: str = "watch"
    ) -> None:
        """A line for every page of this role or a higher one; kept for the first page where there is none yet. Guests
        get no detail."""
        known: Any = level if level in _LEVELS else "info"
        texts = {
            with_detail: jsonrpc.notification(
                "session.notice", to_json(Notice(known, message, hint, detail if with_detail else None))
            )
            for with_detail in (True, False)
        }
        joined = [client for client in self.clients if client.joined]
        if not joined:
            self._notices.append(texts[True])
        for client in joined:
            if allows(client.role, for_role):
                client.send(texts[client.role == "host"])

    def broadcast(self, text: str) -> None:
        """Sends a notification to every client that joined."""
        for client in list(self.clients):
            if client.joined:
                client.send(text)

    def tell_camera(self, view: str, camera: dict[str, Any], mover: str) -> None:
        """A client moved the camera: who draws by itself sees it in no image."""

        @functools.cache  # written once for all, and only where it is not replaced before it is sent
        def text() -> str:
            return jsonrpc.notification("view.camera.moved", {"view": view, "camera": camera, "client": mover})

        for client in self.clients:
            if client.joined and client.viewing(view).mode != "remote" and client.id != mover:
                client.send_camera(text)

    def join(self, client: Client) -> None:
        """The client said hello: changes go to it from here on. It is counted before that: a change in front of the
        answer would be undone by the older state in there, and take along whatever changes meanwhile."""
        self._count(0 if client.joined else 1)
        client.joined = True
        while self._notices and client.role == "host":
            client.send(self._notices.popleft())

    def leave(self, client: Client) -> None:
        """The client is gone."""
        self.clients.discard(client)
        self._count()

    def _count(self, joining: int = 0) -> None:
        self.put("audience", AudienceTopic(joining + sum(client.joined for client in self.clients)))

    def _tell(self, names: list[str]) -> None:
        for client in self.clients:
            for name in names:
                if client.joined and self.topics.may_see(client.role, name):
                    client.topic_changed(name)
