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

from ..application import Application
from ..pv.color.presets import presets
from .registry import handles


@handles("color.presets")
def list_presets(_app: Application, _params: ColorPresets) -> PresetList:
    return PresetList(presets())


@handles("color.preset")
def apply_preset(app: Application, params: ColorPreset) -> None:
    app.bench.colors.apply_preset(params.map, params.preset, params.invert)


@handles("color.log")
def set_log(app: Application, params: ColorLog) -> None:
    app.bench.colors.set_log(params.map, params.log)


@handles("color.rescale")
def rescale(app: Application, params: ColorRescale) -> None:
    app.touched = params.node
    representation = app.bench.displays.representation_of(app.bench.engine.node(params.node), params.port)
    app.bench.colors.rescale(representation, params.mode, params.range)


@handles("color.scalar_bar")
def scalar_bar(app: Application, params: ColorScalarBar) -> None:
    representation = app.bench.displays.representation_of(app.bench.engine.node(params.node), params.port)
    app.bench.colors.show_bar(representation, params.visible)
