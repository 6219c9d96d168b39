"""The colour maps that ParaView ships, and colours at equal steps for a preview."""

from __future__ import annotations

import functools
import json
from typing import Any

from paraview import servermanager as sm

from pvw_desktop.protocol.messages.color import Preset

SAMPLES = 32
"""Colours in a preview."""

_BEGINNINGS = frozenset(("Cool to Warm", "Fast", "Cool to Warm (Extended)", "Viridis (matplotlib)"))
_FEATURED = frozenset(
    ("Cool to Warm", "Cool to Warm (Extended)", "Viridis (matplotlib)", "Plasma (matplotlib)", "Inferno (matplotlib)",
     "Black-Body Radiation", "X Ray", "Blue Orange (divergent)", "Rainbow Desaturated", "Rainbow Uniform", "Turbo",
     "Cold and Hot", "jet", "Grayscale", "Fast", "erdc_rainbow_bright", "Yellow 15", "Linear Green (Gr4L)",
     "Linear Blue (8_31f)")
)  # fmt: skip


def colors_of(points: list[float]) -> list[float]:
    """The colours of control points [x, r, g, b, …], wherever they lie."""
    return [value for index, value in enumerate(points) if index % 4]


def alike(first: list[float], second: list[float]) -> bool:
    """Whether two lists of colours are the same to the eye: ParaView's own copies differ in their last digits."""
    return len(first) == len(second) and all(abs(a - b) < 1e-3 for a, b in zip(first, second))


def _store() -> Any:
    store = sm.vtkSMTransferFunctionPresets
    return store.GetInstance() if hasattr(store, "GetInstance") else store()


@functools.lru_cache(maxsize=1)
def beginnings() -> dict[str, list[float]]:
    """The colours of the presets that one ParaView or another begins with."""
    source = _store()
    found = {}
    for index in range(source.GetNumberOfPresets()):
        name = str(source.GetPresetName(index))
        if name in _BEGINNINGS:
            found[name] = colors_of(json.loads(str(source.GetPresetAsString(index))).get("RGBPoints", []))
    return found


@functools.lru_cache(maxsize=1)
def presets() -> list[Preset]:
    """All presets that ParaView ships, those of its own short list first."""
    source = _store()
    found = []
    for index in range(source.GetNumberOfPresets()):
        data = json.loads(str(source.GetPresetAsString(index)))
        name = str(source.GetPresetName(index))
        if "RGBPoints" in data:
            found.append(Preset(name=name, colors=_sample_points(data["RGBPoints"])))
    return sorted(found, key=lambda preset: (preset.name not in _FEATURED, preset.name.lower()))


def _sample_points(points: list[float]) -> list[str]:
    """Colours at equal steps over control points [x, r, g, b, …], between which they are linear."""
    knots = [(points[index], points[index + 1 : index + 4]) for index in range(0, len(points) - 3, 4)]
    low, high = knots[0][0], knots[-1][0]
    colors, position = [], 0
    for step in range(SAMPLES):
        x = low + (high - low) * step / (SAMPLES - 1)
        while position < len(knots) - 2 and knots[position + 1][0] < x:
            position += 1
        (x0, before), (x1, after) = knots[position], knots[min(position + 1, len(knots) - 1)]
        share = (x - x0) / (x1 - x0) if x1 > x0 else 0.0
        colors.append(hex_color([a + (b - a) * share for a, b in zip(before, after)]))
    return colors


def sample(table: Any, low: float, high: float, log: bool) -> list[str]:
    colors = []
    for step in range(SAMPLES):
        share = step / (SAMPLES - 1)
        x = low * (high / low) ** share if log and low > 0 else low + (high - low) * share
        rgb = [0.0, 0.0, 0.0]
        table.GetColor(x, rgb)
        colors.append(hex_color(rgb))
    return colors


def hex_color(rgb: list[float]) -> str:
    return "#" + "".join(f"{max(0, min(255, round(part * 255))):02x}" for part in rgb[:3])
