"""The picture that the page draws itself: that it comes, that it is the same one, and what it saves."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, WebSocket, expect

from tests.e2e.conftest import (
    FAILED,
    ROOT,
    Screen,
    Start,
    applications,
    check_scripts,
    context_of,
    tell,
    watched_page,
)

pytestmark = [pytest.mark.paraview, pytest.mark.browser, pytest.mark.timeout(900)]


@pytest.fixture(scope="session")
def looks(written: Any) -> Path:
    """State files of things that look in many ways; see looks.py."""
    found: Path = written(ROOT / "tests" / "e2e" / "looks.py")
    return found


@pytest.fixture
def traffic(page: Page) -> Iterator[list[str]]:
    """Names of the messages that the page sent, those of a camera in motion with `moving`, and `image` for each binary
    one that came."""
    seen: list[str] = []

    def sent(payload: Any) -> None:
        message = json.loads(payload)
        moving = isinstance(message.get("params"), dict) and message["params"].get("interactive")
        seen.append(message.get("method", "answer") + (" moving" if moving else ""))

    def came(payload: Any) -> None:
        if isinstance(payload, bytes):
            seen.append("image")

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", sent)
        socket.on("framereceived", came)

    page.on("websocket", listen)
    yield seen


@pytest.fixture
def blobs(page: Page) -> list[str]:
    """Hashes of the arrays that the page fetched."""
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url[-32:]) if "/blob/" in request.url else None)
    return fetched


def wait_shown(screen: Screen, mode: str, shown: str) -> None:
    """Waits until the mode is on and its picture is whole and on screen."""
    screen.page.wait_for_function(
        """([mode, shown]) => { const view = document.querySelector('[data-testid=viewport]')?.dataset;
           return view && view.mode === mode && view.shown === shown && view.still === 'true' }""",
        arg=[mode, shown],
    )


def choose(screen: Screen, picture: str, mode: str | None = None, shown: str | None = None) -> None:
    """Chooses who draws, in the status bar."""
    screen.at("image-status").click()
    screen.page.locator(f'.v-overlay [data-action="picture.{picture}"]').click()
    screen.page.keyboard.press("Escape")
    expect(screen.page.locator(".v-overlay [data-action]")).to_have_count(0)
    wait_shown(screen, mode or picture, shown or ("local" if picture == "local" else "remote"))


def settled(screen: Screen) -> bytes:
    """The picture once it is the last word and stays as it is."""
    screen.page.mouse.move(4, 4)
    before, seen = b"", -1
    for _ in range(400):
        screen.still_image()
        screen.page.wait_for_timeout(150)
        now, seq = screen.picture(), screen.seq
        if (now, seq) == (before, seen) and screen.at("viewport").get_attribute("data-still") == "true":
            return now
        before, seen = now, seq
    pytest.fail("the picture does not come to rest")


DRAG = """async ([x, y, steps]) => {
  const view = document.querySelector("[data-testid=viewport] canvas");
  for (let step = 1; step <= steps; step += 1) {
    await new Promise(requestAnimationFrame);
    const clientX = x + (160 * step) / steps;
    const at = { pointerId: 1, pointerType: "mouse", buttons: 1, clientX, clientY: y + (53 * step) / steps };
    view.dispatchEvent(new PointerEvent("pointermove", { ...at, bubbles: true }));
  }
}"""


def turn(screen: Screen) -> None:
    """Drags by a movement for each frame that the page draws: however busy the machine is, the hand rests at the end
    alone."""
    box = screen.at("viewport").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    screen.page.evaluate(DRAG, [x, y, 20])
    screen.page.mouse.up()


def differences(one: bytes, other: bytes) -> tuple[float, float]:
    """Mean difference of two pictures, 0 to 255, and the share of pixels that anybody would call another colour."""
    a, b = (numpy.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=int) for png in (one, other))
    apart = numpy.abs(a - b)
    return float(apart.mean()), float((apart.max(axis=2) > 40).mean())


def test_a_small_file_is_drawn_by_the_page_by_itself(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    wait_shown(screen, "local", "local")
    screen.shows("mesh.vtu")
    wait_shown(screen, "local", "local")
    assert int(screen.at("viewport").get_attribute("data-scene")) > 0
    expect(screen.at("image-status")).to_contain_text("Local")
    assert screen.at("image-status").get_attribute("data-tip").startswith("Local: this page draws")


def test_turning_asks_nothing_of_the_server(
    start: Start, screen: Screen, datasets: Path, traffic: list[str], blobs: list[str]
) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    choose(screen, "local")
    before, seq = settled(screen), screen.seq
    traffic.clear()
    blobs.clear()
    turn(screen)
    wait_shown(screen, "local", "local")
    screen.still_image(seq + 3)
    screen.page.wait_for_timeout(500)
    assert settled(screen) != before
    assert [name for name in traffic if name != "session.ping"] == ["view.camera.set"], "the last camera alone"
    assert blobs == []


# Mean difference and share of differing pixels. Lines are one pixel wide and lie where the graphics library puts them;
# through what is translucent ParaView mixes in another order; a volume is sampled at other places.
LOOKS = {
    "solid": (1.0, 0.003), "flat": (1.0, 0.003), "shiny": (1.0, 0.003), "point_scalars": (1.0, 0.003),
    "magnitude": (1.0, 0.003), "cell_scalars": (1.0, 0.003), "log_scale": (1.0, 0.003), "edges": (2.0, 0.018),
    "quad_edges": (1.8, 0.014), "wireframe": (5.0, 0.06), "points": (1.5, 0.01), "lines": (2.5, 0.02),
    "opacity": (2.5, 0.003), "blocks": (1.0, 0.003), "scalar_bar": (1.0, 0.003), "gradient": (1.5, 0.003),
    "moved": (1.0, 0.003), "volume": (6.0, 0.04), "axes_grid": (2.5, 0.02),
}  # fmt: skip


@pytest.fixture(scope="session")
def infinite(written: Any) -> Path:
    """State files of scalars that are partly infinite or NaN; see infinite.py."""
    found: Path = written(ROOT / "tests" / "e2e" / "infinite.py")
    return found


@pytest.mark.parametrize("ends", ["plain", "ends"])
def test_what_is_infinite_or_nothing_has_paraview_s_colours(
    start: Start, screen: Screen, infinite: Path, ends: str
) -> None:
    """Planes of float, double, double with a narrow range, and a logarithmic scale with zero and less; of points above
    and of cells below; with and without colours of their own past the range."""
    screen.go(start(str(infinite / f"{ends}.pvsm")))
    choose(screen, "remote")
    remote = settled(screen)
    choose(screen, "local")
    local = settled(screen)
    mean, share = differences(remote, local)
    assert mean <= 1.0 and share <= 0.003, (mean, share)
    plain = (infinite / f"{ends}.png").read_bytes()
    for color in ((255, 255, 0), (153, 0, 153))[: 1 if ends == "plain" else 2]:
        lit = most_frequent(plain, near=color)
        same = numpy.abs(pixels_of(local) - lit).max(axis=1) <= 1
        assert same.sum() > 500, f"plain pvpython makes {lit} of {color}"


def pixels_of(png: bytes) -> Any:
    return numpy.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=int).reshape(-1, 3)


def most_frequent(png: bytes, near: tuple[int, int, int]) -> Any:
    """What the light made of a colour in a picture; it takes a fifth of it, and not of all channels the same."""
    pixels = pixels_of(png)
    colors, counts = numpy.unique(pixels[numpy.abs(pixels - near).max(axis=1) < 60], axis=0, return_counts=True)
    return colors[counts.argmax()]


@pytest.fixture(scope="module")
def gallery(
    pvpython: str, x_server: str, page_folder: Path, browser: Browser, looks: Path, tmp_path_factory: Any
) -> Iterator[Screen]:
    """One application and one page for all looks; what an application of its own costs is the most of such a test."""
    with (
        applications(pvpython, tmp_path_factory.mktemp("gallery")) as run,
        context_of(browser) as context,
        watched_page(context) as page,
    ):
        yield Screen(page).go(run("--data", str(looks), DISPLAY=x_server))


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_the_picture_that_paraview_draws(
    gallery: Screen, look: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    screen = gallery
    request.addfinalizer(lambda: tell(screen.page, tmp_path) if request.node.stash.get(FAILED, False) else None)
    screen.page.keyboard.press("Control+o")
    screen.at("file-search").locator("input").or_(screen.page.locator("input[data-testid=file-search]")).fill(look)
    screen.at("file-row", path=f"{look}.pvsm").dblclick()
    screen.at("pipeline-item", name=look).wait_for()
    screen.at("file-browser").wait_for(state="detached")
    choose(screen, "remote")
    remote = settled(screen)
    choose(screen, "local")
    local = settled(screen)
    mean, share = differences(remote, local)
    assert mean <= LOOKS[look][0] and share <= LOOKS[look][1], (mean, share)
    background = Image.new("RGB", (1, 1), Image.open(io.BytesIO(local)).convert("RGB").getpixel((5, 60)))
    empty = background.resize(Image.open(io.BytesIO(local)).size)
    whole = io.BytesIO()
    empty.save(whole, "png")
    assert differences(whole.getvalue(), local)[0] > 1.2 * mean, "there would be nothing to compare"
    check_scripts(screen.page)


def test_another_colour_fetches_no_points(start: Start, screen: Screen, datasets: Path, blobs: list[str]) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    choose(screen, "local")
    before = settled(screen)
    assert blobs, "points and triangles came"
    blobs.clear()
    screen.page.get_by_role("tab", name="Display").click()
    screen.at("color-log").click()
    screen.changes_from(before)
    assert len(blobs) <= 1, "the scalar bar may have changed; the geometry has not"
    solid = settled(screen)
    screen.at("color-by").select_option(label="Solid color")
    screen.changes_from(solid)
    first = len(blobs)
    screen.at("color-by").select_option("POINTS:RTData")
    wait_shown(screen, "local", "local")
    assert len(blobs) <= first + 1, "what was there before is there again"


def test_a_lost_graphics_context_shows_the_server_s_images_until_it_is_back(
    start: Start, screen: Screen, datasets: Path
) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    wait_shown(screen, "local", "local")
    before = settled(screen)
    screen.page.evaluate(
        """() => { const canvas = document.querySelectorAll('[data-testid=viewport] canvas')[1];
           window.lose = canvas.getContext('webgl2').getExtension('WEBGL_lose_context'); window.lose.loseContext() }"""
    )
    wait_shown(screen, "remote", "remote")
    assert differences(before, settled(screen))[0] < 3
    assert "graphics card" in screen.at("image-status").get_attribute("data-tip")
    screen.page.evaluate("() => window.lose.restoreContext()")
    wait_shown(screen, "local", "local")
    assert differences(before, settled(screen))[0] < 0.5


def test_an_array_that_is_gone_leaves_the_picture_to_the_server(start: Start, screen: Screen, datasets: Path) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=404)

    screen.page.route("**/blob/*", refuse)
    screen.go(start(str(datasets / "mesh.vtu")))
    screen.page.wait_for_function(
        "() => document.querySelector('[data-testid=image-status]')?.dataset.tip?.includes('404')"
    )
    wait_shown(screen, "remote", "remote")
    screen.shows("mesh.vtu")


def test_hybrid_turns_here_and_rests_as_paraview_draws(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    choose(screen, "remote")
    choose(screen, "hybrid", "hybrid", "remote")
    expect(screen.at("viewport")).to_have_attribute("data-ready", "true")
    screen.page.evaluate(
        """() => { const view = document.querySelector('[data-testid=viewport]'); window.shown = [];
           new MutationObserver(() => window.shown.push(view.dataset.shown)).observe(view, {attributes: true}) }"""
    )
    turn(screen)
    wait_shown(screen, "hybrid", "remote")
    assert "local" in screen.page.evaluate("() => window.shown")
    hybrid = settled(screen)
    choose(screen, "remote")
    assert differences(hybrid, settled(screen))[0] < 0.5


def test_hover_says_what_is_under_the_pointer(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    choose(screen, "remote")
    expect(screen.at("hover-toggle")).to_have_attribute("aria-disabled", "true")
    choose(screen, "local")
    screen.at("viewport").focus()
    screen.page.keyboard.press("h")
    box = screen.at("viewport").bounding_box()
    screen.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    hover = screen.at("hover")
    expect(hover).to_contain_text("mesh.vtu")
    expect(hover).to_contain_text("RTData")
    assert 37 < float(hover.get_attribute("data-value")) < 280
    screen.page.mouse.move(box["x"] + 30, box["y"] + 70)
    expect(hover).to_have_count(0)


def test_a_screenshot_is_the_picture_that_is_shown(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    choose(screen, "local")
    seen = settled(screen)
    with screen.page.expect_download() as download:
        screen.at("screenshot").click()
    saved = Image.open(download.value.path())
    shown = Image.open(io.BytesIO(seen))
    cut = io.BytesIO()
    saved.crop((0, saved.height - shown.height, shown.width, saved.height)).save(cut, "png")
    assert differences(cut.getvalue(), seen)[0] < 0.5


def test_statistics_show_where_the_time_goes(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    choose(screen, "local")
    screen.page.keyboard.press("Shift+F")
    card = screen.at("statistics")
    expect(card).to_have_attribute("data-picture", "local")
    assert int(card.get_attribute("data-triangles")) > 1000
    choose(screen, "remote")
    expect(card).to_have_attribute("data-picture", "remote")
    turn(screen)
    wait_shown(screen, "remote", "remote")
    assert float(card.get_attribute("data-render")) > 0
    assert int(card.get_attribute("data-bytes")) > 1000
    screen.page.keyboard.press("Shift+F")
    expect(card).to_have_count(0)


def test_a_choice_is_remembered_and_a_limit_holds(start: Start, screen: Screen, datasets: Path) -> None:
    screen.go(start(str(datasets / "mesh.vtu")))
    wait_shown(screen, "local", "local")
    screen.page.keyboard.press("Control+,")
    limit = screen.at("picture-limit")
    limit.fill("0")
    limit.press("Enter")
    expect(screen.at("picture-why")).to_contain_text("Remote")
    limit.fill("64")
    limit.press("Enter")
    screen.at("picture-remote").click()
    screen.page.keyboard.press("Escape")
    wait_shown(screen, "remote", "remote")
    screen.page.reload()
    screen.state("ready")
    screen.still_image()
    screen.page.wait_for_timeout(1000)
    assert screen.at("viewport").get_attribute("data-mode") == "remote"
