"""The table of handlers: one for each method that the gateway answers itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ....protocol.registry import METHODS
from ...session.clients import Client
from ...session.session import Session

Handler = Callable[[Session, Client, Any], Any]
"""(session, one of its clients, typed parameters) -> a result dataclass or None for an empty result, or an awaitable of
one. What returns at once is answered in order."""

HANDLERS: dict[str, Handler] = {}
F = TypeVar("F", bound=Handler)


def handles(name: str) -> Callable[[F], F]:
    """Registers the decorated function as the handler of a method; raises for an unknown or second one."""
    if name not in METHODS or METHODS[name].answered_by != "gateway":
        raise ValueError(f"{name} is no method of the gateway")
    if name in HANDLERS:
        raise ValueError(f"{name} has two handlers")

    def register(function: F) -> F:
        HANDLERS[name] = function
        return function

    return register
