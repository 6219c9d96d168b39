"""How the page behaves under the hands: keys with others held, what covers what, what can be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Screen, Start

pytestmark = [pytest.mark.browser, pytest.mark.paraview]


def box(found: Any) -> tuple[float, float, float, float]:
    rectangle = found.bounding_box()
    return (
        rectangle["x"],
        rectangle["y"],
        rectangle["x"] + rectangle["width"],
        rectangle["y"] + rectangle["height"],
    )


def overlap(one: Any, other: Any) -> bool:
    a, b = box(one), box(other)
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_a_key_with_control_is_another_key(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    screen.shows("mesh.vtu")
    eye, row = screen.at("pipeline-eye"), screen.at("pipeline-item")
    for target in (row, eye):
        target.focus()
        screen.page.keyboard.press("Control+Space")
        expect(screen.at("palette")).to_have_attribute("data-scope", "filters")
        screen.page.keyboard.press("Escape")
        expect(screen.at("palette")).to_have_count(0)
        expect(eye).to_have_attribute("aria-pressed", "true")
    screen.at("tab-display").click()
    slider = screen.at("display-panel").locator("input[type=range]").first
    slider.focus()
    before = slider.input_value()
    screen.page.keyboard.press("Control+ArrowLeft")
    assert slider.input_value() == before
    screen.page.keyboard.press("ArrowLeft")
    assert slider.input_value() != before
    row.focus()
    screen.page.keyboard.press("Space")
    expect(eye).to_have_attribute("aria-pressed", "false")
    expect(screen.at("reset-camera")).to_have_attribute("aria-disabled", "true")


def test_nothing_covers_the_picture(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start("--data", str(datasets), str(datasets / "mesh.vtu")))
    screen.shows("mesh.vtu")
    view = screen.at("viewport")
    for width, height in ((1280, 800), (900, 420), (390, 800)):
        screen.page.set_viewport_size({"width": width, "height": height})
        assert not overlap(screen.at("reset-camera").locator(".."), view), (width, height)


def test_numbers_can_be_read_in_a_narrow_panel(start: Start, screen: Screen, datasets: Path) -> None:
    """A panel of 300 px: every number of the slice's plane is there to its end."""
    screen.page.set_viewport_size({"width": 1280, "height": 1200})
    screen.go(start(str(datasets / "mesh.vtu")))
    screen.shows("mesh.vtu")
    screen.command("Slice")
    expect(screen.at("pipeline-item", name="Slice1")).to_be_visible()
    fields = screen.at("property", name="Normal").locator("input")
    expect(fields).to_have_count(3)
    fields.first.fill("0.123456")
    widths = fields.evaluate_all("inputs => inputs.map(input => [input.scrollWidth, input.clientWidth])")
    assert all(needed <= there + 1 for needed, there in widths), widths  # both are rounded
