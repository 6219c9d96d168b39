"""The mirror of the session's state: topics with versions, ready to be sent. No sockets, no clients."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Any

from ...protocol.messages.session import TopicUpdate
from ...protocol.registry import allows, topic_of


@dataclasses.dataclass
class _Entry:
    version: int
    value: Any
    text: str | None = None
    """The update as JSON, made at the first use and shared by all clients."""


class TopicStore:
    """Newest value of each topic. A topic that is gone keeps its version, so that versions never repeat."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def put(self, name: str, value: Any) -> bool:
        """Takes a new value (None: the topic is gone); False where nothing changed. Raises KeyError for a name that
        no declaration covers."""
        topic_of(name)
        entry = self._entries.get(name)
        if entry is None:
            if value is None:
                return False
            self._entries[name] = _Entry(1, value)
            return True
        if entry.value == value and type(entry.value) is type(value):
            return False
        self._entries[name] = _Entry(entry.version + 1, value)
        return True

    def drop_server_topics(self) -> list[str]:
        """Empties everything that came from the ParaView process; the names of what changed."""
        return [name for name in self._entries if topic_of(name).kept_by == "server" and self.put(name, None)]

    def get(self, name: str) -> Any:
        """Newest value, or None."""
        entry = self._entries.get(name)
        return None if entry is None else entry.value

    def names_below(self, prefix: str) -> frozenset[str]:
        """What stands behind the prefix in the names of topics that exist."""
        there = [name for name, entry in self._entries.items() if entry.value is not None]
        return frozenset(name[len(prefix) :] for name in there if name.startswith(prefix))

    def may_see(self, role: str, name: str) -> bool:
        """Whether a client with this role is told about the topic."""
        return allows(role, topic_of(name).role)

    def snapshot(self, role: str) -> list[TopicUpdate]:
        """All topics that exist and that `role` may see."""
        return [
            TopicUpdate(name, entry.version, entry.value)
            for name, entry in self._entries.items()
            if entry.value is not None and self.may_see(role, name)
        ]

    def changes_text(self, names: Iterable[str]) -> str:
        """The text of a state.changed notification with the newest values of these topics."""
        updates = ",".join(self._update_text(name) for name in names)
        return f'{{"jsonrpc":"2.0","method":"state.changed","params":{{"changes":[{updates}]}}}}'

    def _update_text(self, name: str) -> str:
        entry = self._entries[name]
        if entry.text is None:
            update = {"name": name, "version": entry.version, "value": entry.value}
            entry.text = json.dumps(update, separators=(",", ":"), allow_nan=False)
        return entry.text
