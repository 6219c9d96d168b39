"""Raw pixels to JPEG, by both libraries."""

from __future__ import annotations

import importlib
import io
from typing import Any

import pytest
from PIL import Image

from pvw_desktop.gateway.frames.encoder import Encoder, Quality
from pvw_desktop.gateway.frames.encoders import find_encoder, jpeg
from pvw_desktop.gateway.frames.rate_control import INTERACTIVE as INTERACTIVE_LEVELS
from pvw_desktop.gateway.frames.rate_control import STILL as STILL_LEVELS
from pvw_desktop.protocol.errors import Unavailable

WIDTH, HEIGHT = 48, 32
INTERACTIVE, STILL = INTERACTIVE_LEVELS[0], STILL_LEVELS[0]
RED, BLUE = (220, 20, 30), (15, 25, 210)


def bottom_up() -> memoryview:
    """The lower half red, the upper half blue, as OpenGL gives it: the bottom row first."""
    half = WIDTH * HEIGHT // 2
    return memoryview(bytes(RED) * half + bytes(BLUE) * half + b"rest of the slot")


@pytest.fixture(params=["simplejpeg", "PIL.Image"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Encoder:
    wanted = request.param
    if wanted == "simplejpeg" and jpeg._import("simplejpeg") is None:
        # ParaView's own interpreter has Pillow at most; our own always has both.
        pytest.fail("simplejpeg is not installed: run `make setup`")
    real = jpeg._import
    monkeypatch.setattr(jpeg, "_import", lambda name: real(name) if name == wanted else None)
    return find_encoder()


def encoded(library: Encoder, slot: memoryview, width: int, height: int, quality: Quality) -> bytes:
    return quality.encode(library.take(slot, width, height)).payload


def near(pixel: Any, color: tuple[int, int, int]) -> bool:
    return all(abs(a - b) <= 6 for a, b in zip(pixel, color, strict=True))


@pytest.mark.parametrize("quality", [INTERACTIVE, STILL])
def test_size_colours_and_the_top_row_first(library: Encoder, quality: Quality) -> None:
    data = encoded(library, bottom_up(), WIDTH, HEIGHT, quality)
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "JPEG"
        assert image.size == (WIDTH, HEIGHT)
        assert near(image.getpixel((3, 3)), BLUE)
        assert near(image.getpixel((WIDTH - 3, HEIGHT - 3)), RED)


def test_a_still_keeps_colour_for_each_pixel_and_is_better(library: Encoder) -> None:
    stripes = memoryview((bytes(RED) + bytes(BLUE)) * (WIDTH * HEIGHT // 2))

    def error(quality: Quality) -> float:
        with Image.open(io.BytesIO(encoded(library, stripes, WIDTH, HEIGHT, quality))) as image:
            pixels = image.convert("RGB").tobytes()
        return sum(abs(a - b) for a, b in zip(pixels, stripes, strict=True)) / len(pixels)

    assert error(STILL) < 4
    assert error(INTERACTIVE) > 5 * error(STILL)


def test_odd_sizes(library: Encoder) -> None:
    for width, height in ((1, 1), (3, 5), (17, 1)):
        slot = memoryview(bytes(width * height * 3))
        with Image.open(io.BytesIO(encoded(library, slot, width, height, STILL))) as image:
            assert image.size == (width, height)


@pytest.mark.parametrize("quality", [*INTERACTIVE_LEVELS, *STILL_LEVELS])
def test_every_level_has_the_size_it_says(library: Encoder, quality: Quality) -> None:
    for width, height in ((48, 32), (49, 31), (1, 1), (3, 2)):
        found = quality.encode(library.take(memoryview(bytes(width * height * 3)), width, height))
        with Image.open(io.BytesIO(found.payload)) as image:
            assert image.size == found.size


def test_raw_rows_have_the_top_row_first(library: Encoder) -> None:
    rows = library.take(bottom_up(), WIDTH, HEIGHT).rgb()
    assert len(rows) == WIDTH * HEIGHT * 3
    assert bytes(rows[:3]) == bytes(BLUE)
    assert bytes(rows[-3:]) == bytes(RED)


def test_without_any_library_the_error_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jpeg, "_import", lambda name: None)
    with pytest.raises(Unavailable) as caught:
        find_encoder()
    assert "apt install python3-pil" in (caught.value.hint or "")
    assert "pip install pillow" in (caught.value.hint or "")


def test_a_library_that_cannot_be_loaded_counts_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> Any:
        raise ImportError("libjpeg.so.62: cannot open shared object file")

    monkeypatch.setattr(importlib, "import_module", broken)
    with pytest.raises(Unavailable):
        find_encoder()
