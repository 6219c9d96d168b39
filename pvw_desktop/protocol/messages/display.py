"""display.*: how an output port looks in a view."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Literal, Optional

from ..registry import Nothing, method, topic
from ..schema import Range
from .common import Association, DataArray, Id, Name, OfView, PortNumber


@dataclasses.dataclass(frozen=True)
class Coloring:
    """What a representation is coloured by."""

    array: str
    association: Association
    component: Annotated[int, "-1 is the magnitude (of one component: the value)"]
    map: Annotated[str, "name of the topic color/<map>"]
    scalar_bar: Annotated[bool, "whether the scalar bar is shown"]


@topic("display/*")
@dataclasses.dataclass(frozen=True)
class Display:
    """How a view shows an output port: `display/<view>/<node>/<port>`."""

    view: Id
    node: Id
    port: PortNumber
    representation_id: Annotated[str, "id of the representation proxy: its properties are in proxy/<id>"]
    visible: bool
    representation: Annotated[str, "such as Surface With Edges"]
    representations: list[str]
    arrays: Annotated[list[DataArray], "what it can be coloured by"]
    coloring: Annotated[Optional[Coloring], "null: solid color"]
    solid_color: Annotated[list[float], "red, green, blue, each 0 to 1"]
    opacity: Annotated[float, "0 to 1"]
    point_size: Annotated[float, "pixels"]
    line_width: Annotated[float, "pixels"]


@method("display.show", role="control", result=Nothing, effect="data", job="Showing")
@dataclasses.dataclass(frozen=True)
class DisplayShow:
    """Shows or hides an output port in a view."""

    node: Id
    visible: bool
    port: PortNumber = 0
    view: OfView = None


@method(
    "display.representation",
    role="control",
    result=Nothing,
    effect="display",
    job="Changing the representation",
    about="node",
)
@dataclasses.dataclass(frozen=True)
class DisplayRepresentation:
    """Changes the representation type."""

    node: Id
    representation: Name
    port: PortNumber = 0
    view: OfView = None


@method("display.set", role="control", result=Nothing, effect="display", latest_wins="node", about="node")
@dataclasses.dataclass(frozen=True)
class DisplaySet:
    """Changes the plain looks; what is null stays."""

    node: Id
    port: PortNumber = 0
    opacity: Annotated[Optional[float], Range(0, 1)] = None
    point_size: Annotated[Optional[float], Range(0.1, 100)] = None
    line_width: Annotated[Optional[float], Range(0.1, 100)] = None
    solid_color: Optional[tuple[float, float, float]] = None
    view: OfView = None


@method("display.color_by", role="control", result=Nothing, effect="display", job="Coloring")
@dataclasses.dataclass(frozen=True)
class DisplayColorBy:
    """Colours by an array (null: solid color). A colour map that was never used is fitted to the data."""

    node: Id
    array: Optional[Name] = None
    association: Literal["POINTS", "CELLS", "FIELD"] = "POINTS"
    component: Annotated[int, "-1 is the magnitude", Range(-1, 1000)] = -1
    port: PortNumber = 0
    view: OfView = None
