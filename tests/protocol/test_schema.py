"""Values of topics that a field `kind` tells apart."""

from __future__ import annotations

import dataclasses
from typing import Literal, Union

import pytest

from pvw_desktop.protocol import registry
from pvw_desktop.protocol.schema import kinds_of
from pvw_desktop.protocol.typescript import type_name


@dataclasses.dataclass(frozen=True)
class Circle:
    """Round."""

    kind: Literal["circle", "disc"]
    radius: float


@dataclasses.dataclass(frozen=True)
class Square:
    """Not round."""

    kind: Literal["square"]
    side: float


@dataclasses.dataclass(frozen=True)
class Box:
    """Has no kind."""

    side: float


def test_what_a_kind_does_not_tell_apart() -> None:
    assert kinds_of((Circle, Square)) == {"circle": Circle, "disc": Circle, "square": Square}
    assert kinds_of((Circle, Box)) is None
    assert kinds_of((Circle, Circle)) is None
    assert type_name(Union[Circle, Square]) == "Circle | Square"  # noqa: UP007


def test_a_topic_has_one_value_or_several_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "TOPICS", {})
    registry.topic("shape/*")(Circle)
    for wrong in (Box, Circle):
        with pytest.raises(ValueError, match=r"shape/\* is declared twice"):
            registry.topic("shape/*")(wrong)
    with pytest.raises(ValueError, match="declared twice"):
        registry.topic("shape/*", role="host")(Square)
    registry.topic("shape/*")(Square)
    assert registry.topic_of("shape/7").values == (Circle, Square)
