"""The table of what gives topics: one function for each that the server keeps, asked after each request that changes
something. It gives values for the topics that it registered with, and for no others."""

from __future__ import annotations

import dataclasses
from typing import Any, Callable, Optional, TypeVar

from pvw_desktop.protocol.registry import TOPICS, topic_of

from ..workbench import Workbench

AT_THEIR_OWN_PACE = frozenset(("scene/*",))
"""Topics that rendering/geometry.py sends when nothing more urgent is due."""


@dataclasses.dataclass(frozen=True)
class Asked:
    """What values are asked for."""

    paraview: Workbench
    before: dict[str, Any] = dataclasses.field(default_factory=dict)
    """All values as they were."""
    about: Optional[str] = None
    """Id of the one node that may have changed; None where any may."""


Giver = Callable[[Asked], "dict[str, Any]"]
F = TypeVar("F", bound=Giver)


class Publishers:
    """The functions by the names of the topics that they give."""

    def __init__(self) -> None:
        self._given: dict[str, Giver] = {}

    def publishes(self, *names: str) -> Callable[[F], F]:
        """Registers the decorated function as what gives these topics, named as they are declared; raises for one that
        is not the server's, or that is given already."""
        for name in names:
            if name not in TOPICS or TOPICS[name].kept_by != "server" or name in AT_THEIR_OWN_PACE:
                raise ValueError(f"{name} is no topic that the server publishes")
            if name in self._given:
                raise ValueError(f"{name} is given twice")

        def register(giver: F) -> F:
            self._given.update(dict.fromkeys(names, giver))
            return giver

        return register

    def missing(self) -> set[str]:
        """Topics of the server's that nobody gives."""
        return (
            {name for name, topic in TOPICS.items() if topic.kept_by == "server"} - set(self._given) - AT_THEIR_OWN_PACE
        )

    def values(self, asked: Asked) -> dict[str, Any]:
        """The values of all topics, by full name. Raises ValueError where a function gives what is not its own."""
        found: dict[str, Any] = {}
        for giver in dict.fromkeys(self._given.values()):
            for name, value in giver(asked).items():
                if self._given.get(topic_of(name).name) is not giver:
                    raise ValueError(f"{name} is not {giver.__name__}'s to give")
                found[name] = value
        return found


PUBLISHERS = Publishers()
publishes = PUBLISHERS.publishes
