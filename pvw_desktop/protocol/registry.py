"""Where a method, notification or topic is declared: its name, its types, who may call it and who answers it."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import sys
import typing
from typing import Any, Callable, Literal, Optional, TypeVar

from .schema import kinds_of

Role = Literal["watch", "control", "host"]
ROLES: tuple[str, ...] = ("watch", "control", "host")
Answerer = Literal["gateway", "server"]
Effect = Literal["none", "session", "size", "camera", "state", "display", "view", "layout", "data"]
"""What a method of the server changes. What follows from it (publishing, saving, rendering) is written down once, in
server/effects.py.

- none: nothing.
- session: what is no part of the work, such as playing, or how images are made.
- size: the size of a view's images.
- camera: where a view looks from, again and again while a hand moves.
- state: what no picture shows, such as a name.
- display: how something looks; where that is one item, `about` names it.
- view: one view, but not its data.
- layout: which views there are.
- data: what there is to see, or anything.
"""
EFFECTS: tuple[str, ...] = typing.get_args(Effect)
FileUse = Literal["look", "open"]
"""What is done with the file that a method's `root` and `path` name, before ParaView is asked: it is looked up on the
disk as it is, or, to be opened, with its series, checked for guests, and remembered among the recent files."""

C = TypeVar("C", bound=type)
F = TypeVar("F", bound=Callable[..., Any])


@dataclasses.dataclass(frozen=True)
class Nothing:
    """An empty object."""


@dataclasses.dataclass(frozen=True)
class Method:
    """A request a client may make (`result` set) or a notification it may send (`result` None)."""

    name: str
    role: str
    answered_by: str
    params: type
    result: Optional[type]
    latest_wins: Optional[str]
    """Name of the parameter that makes the coalescing key: a newer call replaces a queued one with the same value."""
    effect: str
    job: Optional[str]
    """Words for the job list while it runs; None for what is always quick."""
    about: Optional[str]
    """Name of the parameter that names the one node which it is about; None where it may change any."""
    file: Optional[str] = None
    """A FileUse where its `root` and `path` name a file."""

    @property
    def doc(self) -> str:
        return " ".join((self.params.__doc__ or "").split())


@dataclasses.dataclass(frozen=True)
class Event:
    """A notification from gateway to client."""

    name: str
    params: type


@dataclasses.dataclass(frozen=True)
class Topic:
    """A piece of state that clients mirror; `name` may end in `/*`."""

    name: str
    values: tuple[type, ...]
    """Of several, the field `kind` says which one a value is."""
    role: str
    kept_by: str = "server"
    """Who gives its values. What the gateway keeps outlives a ParaView process, which may not set it."""


METHODS: dict[str, Method] = {}
EVENTS: dict[str, Event] = {}
TOPICS: dict[str, Topic] = {}


def method(
    name: str,
    role: Role,
    answered_by: Answerer = "server",
    result: type = Nothing,
    effect: Effect = "none",
    job: Optional[str] = None,
    latest_wins: Optional[str] = None,
    about: Optional[str] = None,
    file: Optional[FileUse] = None,
) -> Callable[[C], C]:
    """Declares the decorated dataclass as the parameters of the request `name`."""
    return _declare(Method, name, role, answered_by, result, latest_wins, effect, job, about, file)


def notification(
    name: str,
    role: Role,
    answered_by: Answerer = "server",
    latest_wins: Optional[str] = None,
    effect: Effect = "none",
) -> Callable[[C], C]:
    """Declares the decorated dataclass as the parameters of the notification `name` from a client."""
    return _declare(Method, name, role, answered_by, None, latest_wins, effect, None, None)


def _declare(kind: Any, name: str, role: str, answered_by: str, *rest: Any) -> Callable[[C], C]:
    if role not in ROLES:
        raise ValueError(f"{name} needs a role, not {role!r}")

    def register(cls: C) -> C:
        _add(METHODS, name, kind(name, role, answered_by, cls, *rest))
        return cls

    return register


class Handlers(dict[str, Callable[..., Any]]):
    """The functions that answer the methods of one side, by name."""

    def __init__(self, side: Answerer):
        super().__init__()
        self._side = side

    def handles(self, name: str) -> Callable[[F], F]:
        """Registers the decorated function as the handler of a method; raises for an unknown or second one."""
        if name not in METHODS or METHODS[name].answered_by != self._side:
            raise ValueError(f"{name} is no method of the {self._side}")
        if name in self:
            raise ValueError(f"{name} has two handlers")

        def register(function: F) -> F:
            self[name] = function
            return function

        return register

    def missing(self) -> set[str]:
        """Methods of this side that nothing answers."""
        return {name for name, item in METHODS.items() if item.answered_by == self._side} - set(self)


def load_folder(package: str) -> None:
    """Imports every file of a package that is there to register something, in the order of their names. Who registers
    is found, and named nowhere else."""
    for found in pkgutil.iter_modules(sys.modules[package].__path__):
        importlib.import_module(f"{package}.{found.name}")


def event(name: str) -> Callable[[C], C]:
    """Declares the decorated dataclass as the parameters of the notification `name` to clients."""

    def register(cls: C) -> C:
        _add(EVENTS, name, Event(name, cls))
        return cls

    return register


def topic(name: str, role: Role = "watch", kept_by: Answerer = "server") -> Callable[[C], C]:
    """Declares the decorated dataclass as the value of the topic `name`; clients below `role` never see it. A second
    one of the same name is another kind of value: each has a field `kind` with a literal of its own."""

    def register(cls: C) -> C:
        known = TOPICS.get(name)
        if known is None:
            TOPICS[name] = Topic(name, (cls,), role, kept_by)
            return cls
        values: tuple[type, ...] = (*known.values, cls)
        if (known.role, known.kept_by) != (role, kept_by) or kinds_of(values) is None:
            raise ValueError(f"{name} is declared twice, and `kind` does not tell which is which")
        TOPICS[name] = dataclasses.replace(known, values=values)
        return cls

    return register


def _add(table: dict[str, Any], name: str, item: Any) -> None:
    if name in table:
        raise ValueError(f"{name} is declared twice")
    table[name] = item


def topic_of(name: str) -> Topic:
    """The declaration that covers a topic's full name (`proxy/12` is covered by `proxy/*`)."""
    return TOPICS.get(name) or TOPICS[name.split("/", 1)[0] + "/*"]


def allows(role: str, needed: str) -> bool:
    """Whether `role` is at least `needed`; an unknown role allows nothing."""
    return role in ROLES and ROLES.index(role) >= ROLES.index(needed)


def coalescing_key(name: str, params: dict[str, Any]) -> Optional[tuple[Any, ...]]:
    """What a waiting call and a newer one must share for the newer one to take its place; None where none ever does.

    The names of what is set belong to the key: an opacity does not replace a line width that still waits.
    """
    declared = METHODS[name]
    if declared.latest_wins is None:
        return None
    given = tuple(sorted(key for key, value in params.items() if value is not None))
    inner = params.get("values")
    return (
        name,
        params.get(declared.latest_wins),
        params.get("view"),
        params.get("port"),
        given,
        tuple(sorted(inner)) if isinstance(inner, dict) else (),
    )
