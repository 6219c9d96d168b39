"""What a handler gets: ParaView, the request it serves, and what it may ask of the server around it.

One for each request, and for each piece of work of the server's own; it ends with it, and nothing in it can be
exchanged. Knows neither the main loop nor the handlers.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Callable, Optional, Protocol

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import Cancelled, Forbidden
from pvw_desktop.protocol.registry import allows

from .transaction import Transaction
from .workbench import Workbench

STOPPED = "Stopped; everything is as it was before."


class Stop(Protocol):
    """Whether somebody asked the running work to stop."""

    def is_cancelled(self) -> bool: ...
    def settle(self) -> None:
        """The stop is dealt with: what puts things back must not be stopped by it."""


class Cameras(Protocol):
    """Whose hand moves which camera."""

    def moved(self, view: str, client: str, motion: int, interactive: bool) -> None: ...


class Playing(Protocol):
    """The player, as far as a request goes."""

    def play_from_now(self) -> None: ...


@dataclasses.dataclass(frozen=True)
class Services:
    """What all handlers share, made once."""

    paraview: Workbench
    stop: Stop
    cameras: Cameras
    player: Playing
    send: Callable[[Any], None]


@dataclasses.dataclass(frozen=True)
class Context:
    """One request and what it may use; `request` is None for work of the server's own."""

    services: Services
    request: Optional[wire.Request] = None
    transaction: Optional[Transaction] = None

    @property
    def paraview(self) -> Workbench:
        """ParaView, laid out for handlers."""
        return self.services.paraview

    @property
    def stop(self) -> Stop:
        """The stop of this work."""
        return self.services.stop

    def check_cancelled(self) -> None:
        """Raises Cancelled where this work was asked to stop."""
        if self.stop.is_cancelled():
            raise Cancelled(STOPPED)

    def require_host(self, sentence: str) -> None:
        """Raises Forbidden where the request comes from somebody else than the host."""
        if self.request is None or not allows(self.request.role, "host"):
            raise Forbidden(sentence, "Ask the host of this session to do it.")

    def keep(self) -> None:
        """What was done so far is not taken back where the rest fails."""
        if self.transaction is not None:
            self.transaction.keep()

    def note(self, level: str, message: str, hint: Optional[str] = None, log: Optional[str] = None) -> None:
        """A line for every page."""
        self.services.send(wire.Note(level, message, hint, log))
