"""The screenshots of docs/images, taken from the real application: `make pictures`."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import ROOT, Screen, Start

IMAGES = ROOT / "docs" / "images"


def take(screen: Screen, name: str, gradient: bool = False) -> None:
    """Saves the page as a PNG of 256 colours, a third of the bytes."""
    screen.page.mouse.move(640, 790)
    screen.page.wait_for_timeout(400)
    picture = Image.open(io.BytesIO(screen.page.screenshot())).convert("RGB")
    IMAGES.mkdir(exist_ok=True)
    dither = Image.Dither.FLOYDSTEINBERG if gradient else Image.Dither.NONE
    palette = picture.quantize(256, kmeans=2)
    picture.quantize(256, palette=palette, dither=dither).save(IMAGES / f"{name}.png", optimize=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures(start: Start, browser: Browser, datasets: Path, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    screen = Screen(context.new_page())
    application = start("--data", str(datasets))
    screen.go(application)
    take(screen, f"home-{scheme}")
    screen.at("example").first.click()
    screen.shows("Wavelet1", "Contour1")
    screen.page.get_by_role("tab", name="Display").click()
    take(screen, f"contours-{scheme}", gradient=True)
    screen.page.keyboard.press("Control+o")
    for name in ("broken", "cut.vtu"):
        screen.page.locator('[data-testid="file-row"]').filter(has_text=name).first.dblclick()
    expect(screen.at("error")).to_contain_text("could not be read")
    take(screen, f"error-{scheme}")
    screen.page.keyboard.press("Escape")
    screen.page.keyboard.press("Control+k")
    screen.page.wait_for_timeout(600)
    take(screen, f"search-{scheme}")
    screen.page.keyboard.press("Escape")
    application.server().kill()
    expect(screen.at("crash-overlay")).to_be_visible()
    take(screen, f"crash-{scheme}")
    context.close()
