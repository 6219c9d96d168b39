"""What encoders have in common: what they get, what they give, and how good it is to be. They run in worker threads.

Which there are is in encoders/.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import ClassVar, Protocol


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


@dataclasses.dataclass(frozen=True)
class Rate:
    """How much a video leaves away: the encoder's constant rate factor, and the JPEG quality that looks the same
    (measured by tests/bench/groups/video.py)."""

    crf: int
    quality: int


class Video(Protocol):
    """The interactive images of a view for one client, each coded by its difference from the one of that view that this
    client got before. Not for two threads at once."""

    RATES: ClassVar[Sequence[Rate]]
    """From the best to the least."""
    rate: Rate

    def __init__(self, rate: Rate): ...

    def want_keyframe(self) -> None:
        """The next image must be decodable by itself."""
        ...

    def encode(self, pixels: Pixels) -> Encoded:
        """The next image."""
        ...
