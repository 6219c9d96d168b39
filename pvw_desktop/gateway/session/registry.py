"""The sessions behind one gateway, by their ids. No HTTP: who may use which session is asked of its own sign-ins.

A session has everything of its own: clients, topics, jobs, folders, blobs, images, sign-in codes and who is signed in.
Whoever serves one takes it from here by the id in the address, so that what is not here costs a look into a table.
"""

from __future__ import annotations

from collections.abc import Iterator

from .session import Session


class SessionRegistry:
    """The sessions that can be reached now, the oldest first."""

    def __init__(self, *sessions: Session) -> None:
        self._sessions: dict[str, Session] = {}
        for session in sessions:
            self.add(session)

    def add(self, session: Session) -> None:
        """It can be reached from here on."""
        if session.id in self._sessions:
            raise ValueError(f"there is a session {session.id} already")
        self._sessions[session.id] = session

    def remove(self, session: Session) -> None:
        """It cannot be reached any more. One that is not here is no error."""
        self._sessions.pop(session.id, None)

    def find(self, session_id: str) -> Session | None:
        """The session with this id."""
        return self._sessions.get(session_id)

    @property
    def only(self) -> Session | None:
        """The one session; None where there is none, or another one beside it."""
        return next(iter(self)) if len(self._sessions) == 1 else None

    @property
    def oldest(self) -> Session | None:
        """The one that the application itself was started with."""
        return next(iter(self), None)

    def __iter__(self) -> Iterator[Session]:
        return iter(list(self._sessions.values()))

    def __len__(self) -> int:
        return len(self._sessions)
