"""Values from JSON, where a field `kind` tells which of several they are."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal, Optional, Union

import pytest

from pvw_desktop.protocol import registry
from pvw_desktop.protocol.errors import BadRequest
from pvw_desktop.protocol.schema import from_json, kinds_of, to_json
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


@dataclasses.dataclass(frozen=True)
class Drawing:
    """What a client may send."""

    shape: Optional[Union[Circle, Square]]  # noqa: UP007, UP045  as the protocol writes it, for Python 3.9


def test_the_kind_tells_which_one_it_is() -> None:
    for shape in (Circle("disc", 2.0), Square("square", 1.0), None):
        assert from_json(Drawing, to_json(Drawing(shape))) == Drawing(shape)
    assert type_name(Union[Circle, Square]) == "Circle | Square"  # noqa: UP007


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ({"kind": "box", "side": 1}, "shape.kind must be one of circle, disc, square"),
        ({"side": 1}, "shape.kind must be one of circle, disc, square"),
        ({"kind": ["square"], "side": 1}, "shape.kind must be one of"),
        ({"kind": "square", "radius": 1}, "shape has an unknown field 'radius'"),
        ("square", "shape must be an object"),
    ],
)
def test_what_is_of_no_kind_or_does_not_fit_it(shape: Any, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        from_json(Drawing, {"shape": shape})


def test_what_a_kind_does_not_tell_apart() -> None:
    assert kinds_of((Circle, Square)) == {"circle": Circle, "disc": Circle, "square": Square}
    assert kinds_of((Circle, Box)) is None
    assert kinds_of((Circle, Circle)) is None


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
