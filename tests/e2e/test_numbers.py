"""Numbers as a person sees them in the real page: two that differ are never written alike, and none is far off."""

from __future__ import annotations

import re
from pathlib import Path

import numpy
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ROOT, Screen, Start
from tests.e2e.test_local import choose, differences, settled

pytestmark = [pytest.mark.paraview, pytest.mark.browser]

CASES = ROOT / "tests" / "cases"
PLOT = CASES / "13-utm-coordinates" / "data" / "plot.vtu"
ROOM = CASES / "24-absolute-pressure" / "data" / "room.vtu"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def close_up(screen: Screen, times: int) -> None:
    """Brings what is in the middle of the view nearer."""
    box = screen.at("viewport").bounding_box()
    screen.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _ in range(times):
        seq = screen.seq
        screen.page.mouse.wheel(0, -240)
        screen.still_image(seq)


def test_projected_coordinates(start: Start, screen: Screen) -> None:
    screen.go(start(str(PLOT)))
    choose(screen, "local")
    screen.at("tab-info").click()
    rows = screen.at("info-panel").locator("tbody tr").all_inner_texts()
    assert [row.split("\t") for row in rows[:2]] == [
        ["X", "448262.125", "448262.525", "0.4"],
        ["Y", "6200475.18", "6200475.58", "0.4"],
    ]
    screen.at("hover-toggle").click()
    box = screen.at("viewport").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    places = []
    for aside in (-60, -20, 20, 60):
        screen.page.mouse.move(x + aside, y + 30)
        expect(screen.at("hover")).to_contain_text("448262")
        places.append([float(part) for part in NUMBER.findall(screen.at("hover").locator("dd").last.inner_text())])
        screen.page.mouse.move(box["x"] + 5, box["y"] + box["height"] - 5)
        expect(screen.at("hover")).to_have_count(0)
    for east, north, up in places:
        east_of, north_of = east - 448262.125, north - 6200475.180468361
        assert 0 < east_of < 0.4 and 0 < north_of < 0.4
        assert abs(up - (12 + 2 * east_of * north_of)) < 0.01, "on the surface: it rises as the file says"
    steps = numpy.diff(numpy.array([east for east, _, _ in places]))
    assert (steps > 0).all() and steps.max() - steps.min() < 0.004, "as far apart as the pointer's places are"
    screen.at("hover-toggle").click()
    screen.at("tab-display").click()
    screen.at("color-by").select_option(label="check")
    close_up(screen, 6)
    local = settled(screen)
    choose(screen, "remote")
    remote = settled(screen)
    mean, apart = differences(local, remote)
    assert mean < 2 and apart < 0.01, "close up as well the page draws what ParaView draws"


def test_ends_of_a_range_differ(start: Start, screen: Screen) -> None:
    screen.go(start(str(ROOM)))
    screen.shows("room.vtu")
    screen.at("tab-display").click()
    for array, ends in (("p", ("101325", "101332.5")), ("T", ("293.15", "293.1514"))):
        screen.at("color-by").select_option(label=array)
        expect(screen.at("range-low")).to_have_text(ends[0])
        expect(screen.at("range-high")).to_have_text(ends[1])
    screen.at("tab-info").click()
    for text in ("101325 – 101332.5", "293.15 – 293.1514"):
        expect(screen.at("info-panel")).to_contain_text(text)


@pytest.mark.parametrize("name", ["pulse", "wide"])
def test_time_steps_too_near_each_other_for_anything_but_their_number(start: Start, screen: Screen, name: str) -> None:
    screen.go(start(str(CASES / "04-tiny-times" / "data" / f"{name}.pvd")))
    screen.shows(f"{name}.pvd")
    bar = screen.at("time-bar")
    expect(bar).to_have_attribute("data-index", "0")
    last = int(screen.at("time-slider").get_attribute("max") or 0)
    texts = [screen.at("time-value").input_value()]
    for step in range(1, last + 1):
        screen.at("time-next").click()
        expect(bar).to_have_attribute("data-index", str(step))
        expect(screen.at("time-value")).not_to_have_value(texts[-1])
        texts.append(screen.at("time-value").input_value())
    assert len(set(texts)) == last + 1
    for step in (1, last - 1):
        screen.at("time-slider").fill(str(step))
        expect(bar).to_have_attribute("data-index", str(step))
        expect(screen.at("time-value")).to_have_value(texts[step])
        expect(screen.at("time-slider")).to_have_value(str(step))
    screen.at("time-first").click()
    expect(bar).to_have_attribute("data-index", "0")
    screen.at("play").click()
    expect(bar).to_have_attribute("data-index", str(last))
    expect(screen.at("play")).to_have_attribute("aria-pressed", "false")


def test_a_table_opens_as_what_it_is(start: Start, screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "probe.csv").write_text("x;y;z;name\n0;0;0;a\n1;0;0;b\n1;1;0;c\n")
    screen.go(start("--data", str(tmp_path)))
    screen.open("probe.csv")
    hint = screen.at("table-hint")
    expect(hint).to_contain_text("This is a table", timeout=30_000)
    screen.at("tab-info").click()
    expect(screen.at("info-panel").locator("dl")).to_contain_text("Rows3")
    expect(screen.at("info-panel").locator("td.name")).to_have_text(["name", "x", "y", "z"])
    screen.at("table-to-points").click()
    expect(screen.at("tab-properties")).to_have_attribute("aria-selected", "true")
    screen.page.wait_for_function(
        """() => document.querySelectorAll('[data-testid=pipeline-item]').length === 2
           && document.querySelector('[data-testid=property][data-name=XColumn]')"""
    )
