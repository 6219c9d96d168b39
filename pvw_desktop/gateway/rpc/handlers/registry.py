"""The table of handlers: one for each method that the gateway answers itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ....protocol.registry import Handlers
from ...session.clients import Client
from ...session.session import Session

Handler = Callable[[Session, Client, Any], Any]
"""(session, one of its clients, typed parameters) -> a result dataclass or None for an empty result, or an awaitable of
one. What returns at once is answered in order."""

HANDLERS = Handlers("gateway")
handles = HANDLERS.handles
