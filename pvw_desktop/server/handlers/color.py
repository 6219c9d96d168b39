"""color.*"""

from __future__ import annotations

from pvw_desktop.protocol.messages.color import (
    ColorLog,
    ColorPreset,
    ColorPresets,
    ColorRescale,
    ColorScalarBar,
    PresetList,
)

from ..context import Context
from ..pv.color.presets import presets
from .display import representation_of
from .registry import handles


@handles("color.presets")
def list_presets(_context: Context, _params: ColorPresets) -> PresetList:
    return PresetList(presets())


@handles("color.preset")
def apply_preset(context: Context, params: ColorPreset) -> None:
    context.paraview.colors.maps.apply_preset(params.map, params.preset, params.invert)


@handles("color.log")
def set_log(context: Context, params: ColorLog) -> None:
    context.paraview.colors.maps.set_log(params.map, params.log)


@handles("color.rescale")
def rescale(context: Context, params: ColorRescale) -> None:
    representation = representation_of(context, params)
    context.paraview.colors.maps.rescale(representation, params.mode, params.range)


@handles("color.scalar_bar")
def scalar_bar(context: Context, params: ColorScalarBar) -> None:
    representation = representation_of(context, params)
    context.paraview.colors.bars.show(representation, params.visible)
