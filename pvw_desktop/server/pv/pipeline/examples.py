"""Example datasets, built from ParaView's own sources: nothing is downloaded."""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol.errors import Failed

from ..core.engine import Engine
from ..properties.access import Proxy
from ..properties.values import put

RUNGE_KUTTA_4 = 1
"""As vtkStreamTracer counts its integrators."""


def _make(engine: Engine, group: str, name: str, label: str, inputs: list[Proxy], **properties: Any) -> Proxy:
    try:
        node = engine.create(group, name, [(source, 0) for source in inputs], engine.free_name(label))
    except Exception as error:
        raise Failed(f"This ParaView cannot build the example: {error}.") from error
    for key, value in properties.items():
        put(engine, node, key, value)
    node.UpdateVTKObjects()
    return node


def contours(engine: Engine) -> list[Proxy]:
    """Surfaces of equal value in the scalar field of the Wavelet source; the last node is the one to show."""
    field = _make(engine, "sources", "RTAnalyticSource", "Wavelet", [], WholeExtent=[-30, 30, -30, 30, -30, 30])
    field.UpdatePipeline()
    surfaces = _make(
        engine, "filters", "Contour", "Contour", [field], ContourValues=[97.0, 127.0, 157.0, 187.0, 217.0],
        ComputeScalars=True,
    )  # fmt: skip
    return [field, surfaces]


def streamlines(engine: Engine) -> list[Proxy]:
    """Stream lines of the swirl that the Fast Uniform Grid carries, as tubes."""
    field = _make(engine, "sources", "FastUniformGrid", "Swirl", [], WholeExtent=[-10, 10, -10, 10, -10, 10])
    field.UpdatePipeline()
    # Steps of one length: with those that fit an error, the same lines have thirty times the points and take seconds.
    lines = _make(
        engine,
        "filters",
        "StreamTracer",
        "StreamTracer",
        [field],
        MaximumPropagation=60.0,
        IntegratorType=RUNGE_KUTTA_4,
    )
    seeds = lines.GetProperty("Source").GetProxy(0)
    put(engine, seeds, "Resolution", 120)
    seeds.UpdateVTKObjects()
    lines.UpdatePipeline()
    tubes = _make(engine, "filters", "TubeFilter", "Tube", [lines], Radius=0.2)
    return [field, lines, tubes]


def motion(engine: Engine) -> list[Proxy]:
    """A box that moves with time."""
    source = _make(engine, "sources", "TimeSource", "TimeSource", [], **{"X Amplitude": 2.0, "Y Amplitude": 1.0})
    source.UpdatePipelineInformation()
    return [source]


EXAMPLES = {"contours": contours, "streamlines": streamlines, "motion": motion}
