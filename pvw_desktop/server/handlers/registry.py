"""The table of handlers: one for each method that the server answers."""

from __future__ import annotations

from typing import Any, Callable, TypeVar

from pvw_desktop.protocol.registry import METHODS

Handler = Callable[[Any, Any], Any]
"""(context, typed parameters) -> result dataclass or None for an empty result."""

HANDLERS: dict[str, Handler] = {}
F = TypeVar("F", bound=Handler)


def handles(name: str) -> Callable[[F], F]:
    """Registers the decorated function as the handler of a method; raises for an unknown or second one."""
    if name not in METHODS or METHODS[name].answered_by != "server":
        raise ValueError(f"{name} is no method of the server")
    if name in HANDLERS:
        raise ValueError(f"{name} has two handlers")

    def register(function: F) -> F:
        HANDLERS[name] = function
        return function

    return register
