"""Raw pixels to JPEG. Runs in a worker thread; simplejpeg and Pillow both let other threads run meanwhile."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable
from typing import Any

from ...protocol.errors import Unavailable

Encode = Callable[[memoryview, int, int, "Quality"], bytes]


@dataclasses.dataclass(frozen=True)
class Quality:
    """How an image is compressed."""

    quality: int
    full_color: bool
    """Whether colour is kept for each pixel (4:4:4) instead of for each block of four (4:2:0)."""


MOVING = Quality(80, False)
STILL = Quality(95, True)


def find_encoder() -> Encode:
    """The best encoder that is installed; raises Unavailable with the command that installs one."""
    for module, encode in (("simplejpeg", _with_simplejpeg), ("PIL.Image", _with_pillow)):
        library = _import(module)
        if library is not None:
            return encode(library)
    raise Unavailable(
        "Images cannot be shown: this Python has neither simplejpeg nor Pillow.",
        "Install Pillow: `apt install python3-pil` on Debian and Ubuntu, `pip install pillow` elsewhere.",
    )


def _import(name: str) -> Any | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _with_simplejpeg(simplejpeg: Any) -> Encode:
    numpy = importlib.import_module("numpy")

    def encode(pixels: memoryview, width: int, height: int, quality: Quality) -> bytes:
        rows = numpy.frombuffer(pixels, numpy.uint8, width * height * 3).reshape(height, width, 3)
        image = numpy.ascontiguousarray(rows[::-1])  # the encoder takes neither negative strides nor a bottom row first
        subsampling = "444" if quality.full_color else "420"
        return bytes(simplejpeg.encode_jpeg(image, quality.quality, "RGB", subsampling, True))

    return encode


def _with_pillow(pillow: Any) -> Encode:
    import io

    def encode(pixels: memoryview, width: int, height: int, quality: Quality) -> bytes:
        data = bytes(pixels[: width * height * 3])  # Pillow 9 takes nothing that could be written to
        image = pillow.frombytes("RGB", (width, height), data, "raw", "RGB", 0, -1)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality.quality, subsampling=0 if quality.full_color else 2)
        return out.getvalue()

    return encode
