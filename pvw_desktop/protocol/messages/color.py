"""color.*: colour maps and scalar bars."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Literal, Optional

from ..registry import Nothing, method, topic
from .common import Id, Name, OfView, PortNumber


@topic("color/*")
@dataclasses.dataclass(frozen=True)
class ColorMap:
    """The colour map of an array: `color/<map>`."""

    map: Name
    range: tuple[float, float]
    log: bool
    preset: Annotated[Optional[str], "name of the preset chosen last"]
    colors: Annotated[list[str], "#rrggbb at equal steps over the range, for a legend or a preview"]
    nan_color: str
    title: str


@dataclasses.dataclass(frozen=True)
class Preset:
    """A colour map that ParaView ships."""

    name: str
    colors: Annotated[list[str], "#rrggbb at equal steps"]


@dataclasses.dataclass(frozen=True)
class PresetList:
    """All presets, those of ParaView's own short list first."""

    presets: list[Preset]


@method("color.presets", role="control", result=PresetList)
@dataclasses.dataclass(frozen=True)
class ColorPresets:
    """The colour maps that ParaView ships."""


@method("color.preset", role="control", result=Nothing, effect="display")
@dataclasses.dataclass(frozen=True)
class ColorPreset:
    """Gives an array's colour map the colours of a preset; the range stays."""

    map: Name
    preset: Name
    invert: bool = False


@method("color.rescale", role="control", result=Nothing, effect="display", job="Rescaling", about="node")
@dataclasses.dataclass(frozen=True)
class ColorRescale:
    """Fits the colour map of what a port is coloured by: to its data now, to the data of all time steps, to what is
    visible, or to the numbers given."""

    node: Id
    mode: Literal["data", "time", "visible", "custom"] = "data"
    range: Annotated[Optional[tuple[float, float]], "low and high, for mode custom"] = None
    port: PortNumber = 0
    view: OfView = None


@method("color.log", role="control", result=Nothing, effect="display")
@dataclasses.dataclass(frozen=True)
class ColorLog:
    """Switches an array's colour map between linear and logarithmic."""

    map: Name
    log: bool


@method("color.scalar_bar", role="control", result=Nothing, effect="display")
@dataclasses.dataclass(frozen=True)
class ColorScalarBar:
    """Shows or hides the scalar bar of what a port is coloured by."""

    node: Id
    visible: bool
    port: PortNumber = 0
    view: OfView = None
