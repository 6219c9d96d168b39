"""The table of the kinds of view: each registers with its name on the wire."""

from __future__ import annotations

import typing
from typing import TypeVar

from pvw_desktop.protocol.messages.view import ViewKind

from .view import View

NAMES: tuple[str, ...] = typing.get_args(ViewKind)
KINDS: dict[str, type[View]] = {}
K = TypeVar("K", bound=type[View])


def view_kind(kind: K) -> K:
    """Registers the decorated class as a kind of view; raises for a name that is not declared, or a second one."""
    if kind.KIND not in NAMES:
        raise ValueError(f"{kind.KIND} is no kind of view: {', '.join(NAMES)} are")
    if kind.KIND in KINDS:
        raise ValueError(f"{kind.KIND} has two classes")
    KINDS[kind.KIND] = kind
    return kind
