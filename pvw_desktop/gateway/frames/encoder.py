"""Raw pixels to JPEG. Runs in worker threads; simplejpeg and Pillow both let other threads run meanwhile."""

from __future__ import annotations

import dataclasses
import importlib
import io
from typing import Any, Protocol

from ...protocol.errors import Unavailable


@dataclasses.dataclass(frozen=True)
class Quality:
    """How an image is compressed to JPEG."""

    quality: int
    """0 to 100, as libjpeg means it."""
    full_color: bool = False
    """Whether colour is kept for each pixel (4:4:4) instead of for each block of four (4:2:0)."""
    shrink: int = 1
    """Each side is divided by this before."""
    progressive: bool = False
    """Up to a third fewer bytes, for 4 ms more at 1280 x 800: for connections where bytes count."""

    def encode(self, pixels: Pixels) -> Encoded:
        """The image by itself."""
        width, height = (-(-side // self.shrink) for side in (pixels.width, pixels.height))
        return Encoded(pixels.jpeg(self), "jpeg", True, self.quality, (width, height))


@dataclasses.dataclass(frozen=True)
class Encoded:
    """An image ready to be sent."""

    payload: bytes = dataclasses.field(repr=False)
    format: str
    keyframe: bool
    """Whether it can be decoded without those before it."""
    quality: int
    size: tuple[int, int]
    """Width and height in pixels."""
    milliseconds: float = 0.0


class Pixels(Protocol):
    """An image taken out of its slot, top row first; what it is made of is its encoder's matter."""

    width: int
    height: int

    def jpeg(self, quality: Quality) -> bytes:
        """The image as JPEG; an edge that `shrink` does not divide is rounded up."""
        ...

    def rgb(self) -> memoryview:
        """Rows of 3-byte RGB pixels, no padding."""
        ...


class Encoder(Protocol):
    """A library that encodes."""

    def take(self, slot: memoryview, width: int, height: int) -> Pixels:
        """Copies an image out of `slot`, where it lies as RGB rows, bottom row first."""
        ...


def find_encoder() -> Encoder:
    """The best encoder that is installed; raises Unavailable with the command that installs one."""
    if _import("simplejpeg") is not None:  # which brings numpy along
        return _WithSimplejpeg()
    if _import("PIL.Image") is not None:
        return _WithPillow()
    raise Unavailable(
        "Images cannot be shown: this Python has neither simplejpeg nor Pillow.",
        "Install Pillow: `apt install python3-pil` on Debian and Ubuntu, `pip install pillow` elsewhere.",
    )


def _import(name: str) -> Any | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


class _WithSimplejpeg:
    """The quicker of the two: 1.3 ms for 1280 x 800."""

    def take(self, slot: memoryview, width: int, height: int) -> Pixels:
        numpy = importlib.import_module("numpy")
        rows = numpy.frombuffer(slot, numpy.uint8, width * height * 3).reshape(height, width, 3)
        # Turned over while it is copied: simplejpeg takes neither negative strides nor a bottom row first.
        return _Array(numpy.ascontiguousarray(rows[::-1]))


class _Array:
    def __init__(self, rows: Any):
        self._rows = rows
        self.height, self.width, _ = rows.shape

    def rgb(self) -> memoryview:
        return memoryview(self._rows).cast("B")

    def jpeg(self, quality: Quality) -> bytes:
        if quality.progressive or quality.shrink > 1:  # which simplejpeg does not do
            return _Picture(importlib.import_module("PIL.Image").fromarray(self._rows)).jpeg(quality)
        subsampling = "444" if quality.full_color else "420"
        simplejpeg = importlib.import_module("simplejpeg")
        return bytes(simplejpeg.encode_jpeg(self._rows, quality.quality, "RGB", subsampling, True))


class _WithPillow:
    """Works with the Pillow of any distribution."""

    def take(self, slot: memoryview, width: int, height: int) -> Pixels:
        pillow = importlib.import_module("PIL.Image")
        data = bytes(slot[: width * height * 3])  # Pillow 9 takes nothing that could be written to
        return _Picture(pillow.frombytes("RGB", (width, height), data, "raw", "RGB", 0, -1))


class _Picture:
    def __init__(self, image: Any):
        self._image = image
        self.width, self.height = image.size

    def rgb(self) -> memoryview:
        return memoryview(self._image.tobytes())

    def jpeg(self, quality: Quality) -> bytes:
        image = self._image if quality.shrink == 1 else self._image.reduce(quality.shrink)
        out = io.BytesIO()
        subsampling = 0 if quality.full_color else 2
        image.save(out, "JPEG", quality=quality.quality, subsampling=subsampling, progressive=quality.progressive)
        return out.getvalue()
