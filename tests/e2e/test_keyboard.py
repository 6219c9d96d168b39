"""The whole application by the keyboard alone: everything can be reached and named, shows that it has the focus, and
what opens takes the focus and gives it back where it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Screen, Start

pytestmark = [pytest.mark.paraview, pytest.mark.browser]

MOST_STOPS = 250
FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at)
  const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none'
  return { page: at === document.body, text: `${at.getAttribute('aria-label') ?? ''} ${at.textContent.trim()}`,
    what: at.outerHTML.slice(0, 160), ring, seen: at.checkVisibility() }
}"""


class Keyboard:
    """A person without a mouse. Nothing here clicks or focuses by script."""

    def __init__(self, screen: Screen):
        self.screen, self.page = screen, screen.page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def open(self, key: str, inside: str) -> None:
        """Presses the key of an opener, and waits for the focus to go in. What closed a moment ago takes no key for
        50 ms: no hand is that quick, a test is."""
        self.page.evaluate("() => new Promise(done => setTimeout(done, 50))")
        self.press(key)
        self.at(inside)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def find_file(self, name: str) -> None:
        """Opens the file browser and looks for a file there."""
        self.press("Control+o")
        self.at(by_id("file-search"))
        self.type(name)
        expect(self.page.locator(by_id("file-row"))).to_have_count(1)

    @property
    def focused(self) -> dict[str, Any]:
        return dict(self.page.evaluate(FOCUSED))

    def at(self, selector: str) -> None:
        """Waits until the focus is on (or in) what the selector names."""
        self.page.wait_for_function("selector => document.activeElement.closest(selector) !== null", arg=selector)

    def go(self, selector: str, key: str = "Tab") -> None:
        """Tab until the focus is there."""
        for _ in range(MOST_STOPS):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.press(key)
        pytest.fail(f"Tab never comes to {selector}")

    def stops(self) -> Iterator[dict[str, Any]]:
        """Every stop of Tab, from the beginning of the page to its end."""
        self.go("body")
        for _ in range(MOST_STOPS):
            self.press("Tab")
            found = self.focused
            if found["page"]:
                return
            yield found
        pytest.fail("Tab finds no end")

    @contextmanager
    def opens(self, opener: str, inside: str, keys: str = "Enter", leave: str = "Escape") -> Iterator[None]:
        """Goes to the opener, opens by a key, leaves by another: the focus goes in, and comes back to the opener."""
        self.go(opener)
        self.open(keys, inside)
        yield
        self.press(leave)
        expect(self.page.locator(inside).locator("visible=true")).to_have_count(0)
        self.at(opener)


@pytest.fixture
def keys(screen: Screen) -> Keyboard:
    return Keyboard(screen)


@pytest.fixture
def unnamed(screen: Screen) -> Callable[[], list[Any]]:
    """What a screen reader would have no words for, in the page as it is."""
    link = screen.page.context.new_cdp_session(screen.page)

    def find() -> list[Any]:
        nodes = link.send("Accessibility.getFullAXTree")["nodes"]
        return [
            (kind, node.get("properties"))
            for node in nodes
            if not node.get("ignored")
            and any(item["name"] == "focusable" and item["value"]["value"] for item in node.get("properties", []))
            and (kind := node["role"]["value"]) not in ("RootWebArea", "generic")
            and not node.get("name", {}).get("value", "").strip()
        ]

    return find


def by_id(name: str, **attributes: str) -> str:
    return f'[data-testid="{name}"]' + "".join(f'[data-{key}="{value}"]' for key, value in attributes.items())


def test_a_file_a_filter_a_colour_time_camera_and_a_screenshot(
    start: Start, screen: Screen, keys: Keyboard, datasets: Path
) -> None:
    screen.go(start("--data", str(datasets)))
    expect(screen.at("home")).to_be_visible()
    keys.find_file("ball.pvd")
    keys.press("Enter")
    screen.shows("ball.pvd")

    keys.press("Control+Space")
    keys.at(by_id("palette-input"))
    keys.type("clip")
    expect(screen.page.locator('[data-testid="palette-item"][aria-selected="true"]')).to_have_attribute(
        "data-name", "Clip"
    )
    keys.press("Enter")
    expect(screen.at("pipeline-item", name="Clip1")).to_have_attribute("data-state", "new")
    keys.go('[aria-label="Offset"], [data-testid="property"][data-name="Offset"] input')
    keys.press("Control+a")
    keys.type("0.125")
    seq = screen.seq
    keys.press("Enter")
    expect(screen.at("pipeline-item", name="Clip1")).to_have_attribute("data-state", "ok")
    screen.still_image(seq)
    # Apply keeps the focus when there is nothing more to apply
    keys.press("Control+a")
    keys.type("0.25")
    keys.go(by_id("apply"), "Shift+Tab")
    keys.press("Enter")
    expect(screen.at("apply")).to_be_disabled()
    expect(screen.at("property", name="Offset").locator("input")).to_have_value("0.25")
    keys.at(by_id("apply"))

    _hide_and_colour(screen, keys)
    _time_camera_and_screenshot(screen, keys)
    keys.go('[role="treeitem"]')
    keys.press("Delete")
    expect(screen.at("pipeline-item")).to_have_count(1)
    keys.at('[role="treeitem"]')


def _hide_and_colour(screen: Screen, keys: Keyboard) -> None:
    keys.go('[role="treeitem"]', "Shift+Tab")
    eye = screen.at("pipeline-item", name="Clip1").get_by_test_id("pipeline-eye")
    for key, shown in (("Space", "false"), ("Space", "true")):
        keys.press(key)
        expect(eye).to_have_attribute("aria-pressed", shown)
    keys.press("Tab")
    keys.at(by_id("pipeline-eye"))
    keys.press("Enter")
    expect(eye).to_have_attribute("aria-pressed", "false")
    keys.press("Enter")
    expect(eye).to_have_attribute("aria-pressed", "true")

    keys.go(by_id("tab-properties"))
    keys.press("ArrowRight")
    keys.go(by_id("color-by"))
    for key, chosen in (("Home", re.compile("^$")), ("End", re.compile("^(POINTS|CELLS):"))):
        keys.press(key)
        expect(screen.at("color-by")).to_have_value(chosen)
    expect(screen.at("range-low")).to_be_visible()


def _time_camera_and_screenshot(screen: Screen, keys: Keyboard) -> None:
    keys.go(by_id("time-next"))
    keys.press("Enter")
    expect(screen.at("time-bar")).to_have_attribute("data-index", "1")
    keys.at(by_id("time-next"))
    keys.go(by_id("time-slider"))
    keys.press("ArrowRight")
    expect(screen.at("time-bar")).to_have_attribute("data-index", "2")

    keys.go(by_id("viewport"))
    screen.still_image()
    before, seq = screen.pixels(), screen.seq
    keys.press("Shift+ArrowLeft", "Shift+ArrowUp", "+")
    screen.still_image(seq)
    screen.changes_from(before)

    keys.go(by_id("screenshot"))
    with screen.page.expect_download() as saved:
        keys.press("Enter")
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")


def test_what_opens_takes_the_focus_and_gives_it_back(
    start: Start, screen: Screen, keys: Keyboard, datasets: Path
) -> None:
    screen.go(start("--data", str(datasets), str(datasets / "mesh.vtu")))
    screen.shows("mesh.vtu")
    for opener, inside in (
        ("open-file", "file-browser"),
        ("open-palette", "palette"),
        ("settings", "settings-dialog"),
        ("add-source", "palette"),
        ("add-filter", "palette"),
        ("connection", "log"),
    ):
        with keys.opens(by_id(opener), by_id(inside)):
            pass
    with keys.opens(by_id("menu"), '[role="menu"]'):
        first = keys.focused["text"]
        keys.press("ArrowDown")
        assert keys.focused["text"] != first
        keys.press("Home")
        assert keys.focused["text"] == first
        keys.press("End", "ArrowDown")
        assert keys.focused["text"] == first
    for name, inside in (("About", "about"), ("Remove everything", "clear-dialog"), ("Keyboard", "shortcuts")):
        keys.go(by_id("menu"))
        keys.open("Enter", '[role="menu"]')
        for _ in range(20):
            if keys.focused["text"].strip().startswith(name):
                break
            keys.press(name[0])
        with_focus = keys.focused["text"]
        assert with_focus.strip().startswith(name)
        keys.press("Enter")
        keys.at(by_id(inside))
        keys.press("Escape")
        expect(screen.at(inside)).to_be_hidden()
        keys.at(by_id("menu"))
    _menus_of_rows_and_colours(screen, keys)


def _menus_of_rows_and_colours(screen: Screen, keys: Keyboard) -> None:
    with keys.opens(by_id("image-status"), '[role="menu"]'):
        keys.press("ArrowDown")
    with keys.opens('[role="treeitem"]', '[role="menu"]', "Shift+F10"):
        keys.press("ArrowDown")
    keys.go(by_id("tab-properties"))
    keys.press("ArrowRight")
    with keys.opens(by_id("rescale-menu"), '[role="menu"]', leave="Tab"):
        keys.press("ArrowUp")
    with keys.opens(by_id("color-preset"), '[role="dialog"]'):
        keys.at(by_id("preset-search"))
        keys.type("cool")
        expect(screen.at("preset-item").first).to_contain_text(re.compile("cool", re.IGNORECASE))
        keys.press("ArrowDown")
        keys.at('[role="option"]')
    keys.go(by_id("range-low"))
    keys.press("Enter")
    expect(screen.at("custom-range")).to_be_visible()
    keys.at(by_id("custom-range"))
    keys.press("Escape")
    expect(screen.at("custom-range")).to_be_hidden()
    keys.at(by_id("range-low"))


def test_a_property_has_a_menu_and_a_color_a_picker(
    start: Start, screen: Screen, keys: Keyboard, datasets: Path
) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    screen.shows("mesh.vtu")
    screen.command("Clip")
    expect(screen.at("pipeline-item", name="Clip1")).to_be_visible()
    field = '[data-testid="property"][data-name="Normal"] input'
    with keys.opens(field, '[role="menu"]', "Shift+F10", leave="Tab"):
        assert "Reset to the default" in keys.focused["text"]
        keys.press("ArrowDown")
        assert "Python" in keys.focused["text"]
    keys.go('[role="tab"][aria-selected="true"]')
    while screen.at("tab-view").get_attribute("aria-selected") != "true":
        keys.press("ArrowRight")
    with keys.opens(".swatch", ".picker"):
        # its code comes with the first opening; before it is there, Tab finds nothing inside, and leaves
        expect(screen.page.locator(".picker .v-color-picker")).to_be_visible()
        keys.press("Tab")
        keys.at(".picker")


def test_escape_closes_what_is_on_top_and_no_more(start: Start, screen: Screen, keys: Keyboard, datasets: Path) -> None:
    screen.go(start("--data", str(datasets)))
    keys.find_file("mesh.vtu")
    keys.go('[role="grid"]')
    keys.press("ArrowRight")
    keys.go(by_id("open-with"))
    keys.press("Enter")
    keys.at(by_id("reader-chooser"))
    keys.press("Delete", "Escape")
    expect(screen.at("reader-chooser")).to_be_hidden()
    keys.at(by_id("open-with"))
    keys.press("Escape")
    expect(screen.at("file-browser")).to_be_hidden()
    keys.press("Control+,")
    keys.go(by_id("theme-system"))
    keys.press("ArrowRight", "ArrowRight")
    keys.at(by_id("theme-dark"))
    expect(screen.at("app")).to_have_attribute("data-theme", "dark")


def test_everything_has_a_name_and_shows_the_focus(
    start: Start, screen: Screen, keys: Keyboard, unnamed: Callable[[], list[Any]], datasets: Path
) -> None:
    screen.go(start("--data", str(datasets)))
    expect(screen.at("home")).to_be_visible()

    def look() -> None:
        assert unnamed() == []
        blind = [stop["what"] for stop in keys.stops() if not (stop["ring"] and stop["seen"])]
        assert blind == []

    look()
    keys.find_file("ball.pvd")
    assert unnamed() == []
    keys.press("Enter")
    screen.shows("ball.pvd")
    for theme in ("light", "dark"):
        screen.page.emulate_media(color_scheme=theme)
        expect(screen.at("app")).to_have_attribute("data-theme", theme)
        for tab in ("properties", "display", "view", "info"):
            keys.go('[role="tab"][aria-selected="true"]')
            while screen.at(f"tab-{tab}").get_attribute("aria-selected") != "true":
                keys.press("ArrowRight")
            look()
    for key, dialog in (("Control+k", "palette"), ("?", "shortcuts"), ("Control+,", "settings-dialog")):
        keys.go("body")
        keys.press(key)
        keys.at(by_id(dialog))
        assert keys.focused["ring"] and unnamed() == []
        keys.press("Escape")
        expect(screen.at(dialog)).to_be_hidden()
