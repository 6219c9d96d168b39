"""What ParaView's decorators show and enable, as the page decides it from what the server sends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.server.harness import Server
from tests.server.test_pipeline import add

pytestmark = pytest.mark.paraview


def met(test: dict[str, Any], values: dict[str, Any]) -> bool:
    """As www/src/widgets/values.ts."""
    value = values.get(test["property"])

    def fits(wanted: Any) -> bool:
        if test["compare"] == "equals":
            return bool(wanted == value)
        if test["compare"] == "contains":
            return str(wanted) in str(value)
        number = float(str(value))
        return bool(number > wanted if test["compare"] == "greater" else number < wanted)

    return any(map(fits, test["values"])) is not test["inverse"]


def seen(server: Server, proxy: str, **typed: Any) -> dict[str, bool]:
    """The names of the properties that are seen with these values typed, and whether they can be changed."""
    properties = server.topics[f"proxy/{proxy}"]["properties"]
    values = {item["name"]: item["value"] for item in properties} | typed
    found = {}
    for item in properties:
        held = {
            mode: all(
                any(met(test, values) for test in [one, *one["alternatives"]])
                for one in item["decorations"]
                if one["mode"] == mode
            )
            for mode in ("visibility", "enabled")
        }
        if held["visibility"]:
            found[item["name"]] = held["enabled"]
    return found


def kind(server: Server, proxy: str, prop: str, label: str) -> str:
    """The id of one of the proxies that a property offers."""
    return next(str(item["id"]) for item in server.prop(proxy, prop)["proxies"] if item["name"] == label)


def test_a_clip_shows_what_belongs_to_what_it_clips_by(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    clip = add(server, "Clip", wavelet, apply=False)
    by_plane = seen(server, clip)
    assert not {"SelectInputScalars", "Value", "Exact", "HyperTreeGridClipFunction"} & set(by_plane)
    assert {"ClipFunction", "Invert"} <= set(by_plane)
    assert by_plane["PreserveInputCells"]
    by_scalar = seen(server, clip, ClipFunction=kind(server, clip, "ClipFunction", "Scalar"))
    assert {"SelectInputScalars", "Value"} <= set(by_scalar)
    box = kind(server, clip, "ClipFunction", "Box")
    assert seen(server, clip, ClipFunction=box)["Exact"]
    assert not seen(server, clip, ClipFunction=box, PreserveInputCells=1)["Exact"]
    assert server.ready is not None
    both_sides = int(server.ready.paraview.split(".")[0]) >= 6  # ParaView's own rule from there on
    assert seen(server, clip, ClipFunction=box, Invert=0)["Exact"] == both_sides
    server.call("proxy.apply", changes=[{"id": clip, "values": {"ClipFunction": box}}])
    assert {"Exact"} <= set(seen(server, clip))


def test_a_threshold_shows_the_ends_that_its_method_has(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    threshold = add(server, "Threshold", wavelet, apply=False)
    methods = {choice["label"]: choice["value"] for choice in server.prop(threshold, "ThresholdMethod")["choices"]}
    ends = {"LowerThreshold", "UpperThreshold"}
    shown = {label: ends & set(seen(server, threshold, ThresholdMethod=value)) for label, value in methods.items()}
    assert shown == {
        "Between": ends,
        "Below Lower Threshold": {"LowerThreshold"},
        "Above Upper Threshold": {"UpperThreshold"},
    }


def test_a_switch_enables_and_shows(server: Server) -> None:
    """EnableWidgetDecorator and ShowWidgetDecorator, both ways round."""
    cone = add(server, "ConeSource")
    glyph = add(server, "Glyph", cone, apply=False)
    mode = {choice["label"]: choice["value"] for choice in server.prop(glyph, "GlyphMode")["choices"]}
    assert "Stride" in seen(server, glyph, GlyphMode=mode["Every Nth Point"])
    assert "Stride" not in seen(server, glyph, GlyphMode=mode["All Points"])
    view = str(server.topics["pipeline"]["view"])
    assert "Background2" not in seen(server, view)


def test_representations_hide_by_what_they_are(server: Server, datasets: Path) -> None:
    """By a property that no list shows (the representation), and what needs ray tracing or colours of two parts."""
    wavelet = add(server, "RTAnalyticSource")
    display = server.display(wavelet)["representation_id"]
    server.call("display.representation", node=wavelet, port=0, representation="Surface")
    surface = seen(server, display)
    assert "Interpolation" in surface and "OSPRayUseScaleArray" not in surface
    assert "SelectMapper" not in surface and "UseSeparateOpacityArray" not in surface
    server.call("display.representation", node=wavelet, port=0, representation="Volume")
    volume = seen(server, display)
    assert "SelectMapper" in volume or "VolumeRenderingMode" in volume
    assert "Interpolation" not in volume


def test_nothing_is_hidden_by_what_is_not_known(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    contour = add(server, "Contour", wavelet, apply=False)
    assert {"ContourValues", "SelectInputScalars", "ComputeNormals", "ComputeScalars"} <= set(seen(server, contour))
