"""What a person does with the page, and what it shows them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Screen, Start

pytestmark = [pytest.mark.paraview, pytest.mark.browser]


def test_an_example_is_on_screen_with_a_click(start: Start, screen: Screen) -> None:
    screen.go(start())
    expect(screen.at("home")).to_be_visible()
    screen.at("example").first.click()
    screen.shows("Wavelet1", "Contour1")
    expect(screen.at("home")).to_be_hidden()


def test_a_file_opens_through_the_file_browser(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start("--data", str(datasets)))
    screen.open("mesh.vtu")
    screen.shows("mesh.vtu")
    assert screen.at("pipeline-item").get_attribute("data-active") == "true"
    screen.page.reload()
    screen.state("ready")
    screen.shows("mesh.vtu")


def test_a_name_that_is_no_utf_8_opens_with_a_click(
    start: Start, screen: Screen, datasets: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(datasets / "mesh.vtu", folder / os.fsdecode(b"gr\xfc\xdfe.vtu"))
    screen.go(start("--data", str(folder)))
    screen.open(r"gr\xFC\xDFe.vtu")
    screen.shows("grüße.vtu")


def test_paths_of_the_command_line_open_by_themselves(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start(str(datasets / "leer zeichen é 日本.vtp")))
    screen.shows("leer zeichen é 日本.vtp")


def test_a_series_opens_as_one_and_plays(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start("--data", str(datasets)))
    screen.open("series", "ball_")
    screen.page.wait_for_selector("[data-testid=pipeline-item]")
    screen.still_image()
    expect(screen.at("time-slider")).to_be_visible()
    seq = screen.seq
    screen.at("time-next").click()
    screen.still_image(seq)
    seq = screen.seq
    screen.at("play").click()
    screen.page.wait_for_function(
        "seq => Number(document.querySelector('[data-testid=viewport]').dataset.seq) >= seq + 2", arg=seq
    )


def test_the_hand_turns_the_model(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    screen.shows("mesh.vtu")
    before, seq = screen.pixels(), screen.seq
    box = screen.at("viewport").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = screen.page.mouse
    mouse.move(x, y)
    mouse.down()
    for step in range(1, 21):
        mouse.move(x + 8 * step, y + 3 * step)
    mouse.up()
    screen.still_image(seq + 1)
    screen.changes_from(before)
    seq = screen.seq
    mouse.wheel(0, -300)
    screen.still_image(seq)


def test_touch_turns_and_a_double_tap_resets(start: Start, screen: Screen, datasets: Path) -> None:
    screen.page.set_viewport_size({"width": 390, "height": 800})
    screen.go(start(str(datasets / "mesh.vtu")))
    screen.shows_something()
    before = screen.pixels()
    box = screen.at("viewport").bounding_box()
    touch = screen.page.context.new_cdp_session(screen.page)

    def fire(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": box["x"] + x, "y": box["y"] + y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    fire("touchStart", (100, 200))
    for step in range(1, 11):
        fire("touchMove", (100 + 10 * step, 200 + 5 * step))
    fire("touchEnd")
    screen.changes_from(before)
    screen.still_image()
    turned = screen.pixels()
    fire("touchStart", (120, 250), (180, 250))
    for step in range(1, 6):
        fire("touchMove", (120 - 10 * step, 250), (180 + 10 * step, 250))
    fire("touchEnd")
    screen.changes_from(turned)
    screen.still_image()
    nearer = screen.pixels()
    for _ in range(2):
        fire("touchStart", (150, 250))
        fire("touchEnd")
    screen.changes_from(nearer)


def test_a_filter_waits_for_apply_and_then_shows(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    screen.shows("mesh.vtu")
    seq = screen.seq
    screen.command("Clip")
    expect(screen.at("pipeline-item", name="Clip1")).to_be_visible()
    expect(screen.at("apply")).to_be_enabled()
    screen.at("apply").click()
    screen.still_image(seq)
    expect(screen.at("apply")).to_be_disabled()
    for index, shown in enumerate(("false", "true")):
        expect(screen.at("pipeline-eye").nth(index)).to_have_attribute("aria-pressed", shown)


def test_representation_and_coloring(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    screen.shows("mesh.vtu")
    screen.page.get_by_role("tab", name="Display").click()
    for testid, option in (("representation", "Wireframe"), ("color-by", "Solid color")):
        before = screen.pixels()
        control = screen.at(testid)
        select = control if control.evaluate("e => e.tagName") == "SELECT" else control.locator("select")
        select.select_option(label=option)
        screen.changes_from(before)


def test_a_failure_is_one_sentence_and_costs_nothing(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start(str(datasets / "surface.vtp"), "--data", str(datasets)))
    screen.shows("surface.vtp")
    screen.page.keyboard.press("Control+o")
    screen.page.locator('[data-testid="file-root"]').filter(has_text=datasets.name).first.click()
    for name in ("broken", "cut.vtu"):
        screen.page.locator('[data-testid="file-row"]').filter(has_text=name).first.dblclick()
    error = screen.at("error").or_(screen.at("file-error")).or_(screen.at("notice")).first
    expect(error).to_contain_text("cut.vtu could not be read")
    assert screen.names() == ["surface.vtp"]


def test_a_long_job_shows_progress_and_is_cancelled(start: Start, screen: Screen) -> None:
    screen.go(start())
    screen.at("example").first.click()
    screen.shows("Wavelet1", "Contour1")
    screen.at("pipeline-item", name="Wavelet1").click()
    extent = screen.at("property", name="WholeExtent").locator("input")
    for index in range(6):
        extent.nth(index).fill("-100" if index % 2 == 0 else "100")
    screen.at("apply").click()
    expect(screen.at("apply")).to_be_disabled(timeout=60_000)
    screen.command("Tetrahedralize")
    expect(screen.at("pipeline-item", name="Tetrahedralize1")).to_be_visible()
    before = screen.names()
    screen.at("apply").click()
    expect(screen.at("job")).to_be_visible()
    screen.state("busy")
    # the page stays alive while ParaView works: the palette opens and closes
    screen.page.keyboard.press("Control+k")
    expect(screen.at("palette-input").first).to_be_visible()
    screen.page.keyboard.press("Escape")
    expect(screen.at("palette-input")).to_have_count(0)
    screen.state("busy")
    screen.at("cancel-job").first.click()
    screen.state("ready")
    assert screen.names() == before
    expect(screen.at("apply")).to_be_enabled()


def test_killing_paraview_tells_why_and_comes_back(start: Start, screen: Screen, datasets: Path) -> None:
    application = start(str(datasets / "mesh.vtu"))
    screen.go(application)
    screen.shows("mesh.vtu")
    screen.command("Clip")
    expect(screen.at("pipeline-item", name="Clip1")).to_be_visible()
    screen.at("apply").click()
    expect(screen.at("apply")).to_be_disabled()
    expect(screen.at("pipeline-eye").nth(1)).to_have_attribute("aria-pressed", "true")
    application.wait_saved('name="Clip1" state="ok"')
    names = screen.names()
    application.server().kill()
    screen.state("crashed")
    expect(screen.at("crash-overlay")).to_be_visible()
    expect(screen.at("crash-overlay")).to_contain_text("SIGKILL")
    screen.state("ready")
    expect(screen.at("crash-overlay")).to_be_hidden()
    screen.shows(*names)


def test_a_step_that_crashes_paraview_is_told_and_not_repeated(start: Start, screen: Screen, datasets: Path) -> None:
    """A filter that raises SIGSEGV inside pvpython, as a faulty reader or driver does."""
    screen.go(start(str(datasets / "mesh.vtu")))
    screen.shows("mesh.vtu")
    screen.command("Programmable Filter")
    expect(screen.at("pipeline-item", name="ProgrammableFilter1")).to_be_visible()
    script = screen.at("property", name="Script").locator("textarea")
    script.fill("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    screen.at("apply").click()
    expect(screen.at("crash-overlay")).to_be_visible()
    expect(screen.at("crash-overlay")).to_contain_text("SIGSEGV")
    first = screen.at("crash-overlay").locator(".ways button").first
    expect(first).to_have_text("Restart without that step")
    expect(screen.at("restart-countdown")).to_contain_text("without that step")
    expect(screen.at("pipeline")).to_contain_text("Your pipeline is saved and comes back")
    screen.state("ready")
    screen.shows("mesh.vtu", "ProgrammableFilter1")
    expect(screen.at("crash-overlay")).to_be_hidden()


def test_a_page_without_a_code_says_where_to_get_one(start: Start, screen: Screen) -> None:
    screen.page.goto(start().url)
    expect(screen.at("sign-in-needed")).to_be_visible()


def test_names_from_files_are_text(start: Start, screen: Screen, datasets: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "<img src=x onerror=alert(1)>.vtp"
    hostile.write_bytes((datasets / "surface.vtp").read_bytes())
    screen.page.on("dialog", lambda dialog: pytest.fail(f"a file's name ran as script: {dialog.message}"))
    screen.go(start(str(hostile)))
    screen.shows(hostile.name)


def test_two_pages_show_the_same(start: Start, screen: Screen, datasets: Path) -> None:
    application = start(str(datasets / "mesh.vtu"))
    screen.go(application)
    screen.shows("mesh.vtu")
    other = Screen(screen.page.context.new_page())
    other.page.goto(application.url)
    other.shows("mesh.vtu")
    screen.command("Clip")
    expect(other.at("pipeline-item", name="Clip1")).to_be_visible()
    other.page.close()
