"""One image on its way to several clients, and what is known of each client's stream. No threads, no channel."""

from __future__ import annotations

import dataclasses
from collections.abc import Set
from typing import Any

from ...protocol import channel as wire
from .encoder import Encoded, Pixels, Quality, Video
from .rate_control import RateControl

Coding = Quality | Video
"""How an image is encoded: the same for all clients of a quality, or as the next of one client's video."""


@dataclasses.dataclass(eq=False)
class CapturedFrame:
    """An image out of its slot, and what was encoded of it so far."""

    image: wire.Image
    seq: int
    pixels: Pixels
    encoded: dict[Coding, Encoded | None] = dataclasses.field(default_factory=dict)
    """None while it is being encoded."""

    @property
    def view(self) -> str:
        return self.image.view


@dataclasses.dataclass
class ClientStream:
    """What is known of one client's connection."""

    control: RateControl = dataclasses.field(default_factory=RateControl)
    videos: dict[str, Video] = dataclasses.field(default_factory=dict)
    """By view: each image is coded by its difference from the one before of the same view."""
    next: tuple[CapturedFrame, Coding] | None = None
    """What it gets next, and how it is being encoded."""
    last: dict[str, tuple[CapturedFrame, Coding]] = dataclasses.field(default_factory=dict)
    """What was sent last of each view."""

    def forget_others(self, views: Set[str]) -> None:
        """Only these views are there."""
        for kept in (self.videos, self.last):
            for view in kept.keys() - views:
                del kept[view]

    def coding(self, view: str, still: bool, video: type[Video] | None) -> Coding:
        """How its next image of a view is to be encoded; `video` is what it could get as one. A video goes on over
        still images, which are none of its own."""
        rate = None if video is None or still else self.control.choose_video(video.RATES)
        if video is None or rate is None:
            return self.control.choose(still)
        if view not in self.videos or self.videos[view].rate != rate:
            self.videos[view] = video(rate)
        return self.videos[view]


def header(taken: CapturedFrame, encoded: Encoded, client: str) -> dict[str, Any]:
    """The header as one client gets it: they differ by the motion number alone."""
    image = taken.image
    width, height = encoded.size
    return {
        "type": "frame",
        "view": image.view,
        "seq": taken.seq,
        "width": width,
        "height": height,
        "full": [*(image.full or (image.width, image.height))],
        "format": encoded.format,
        "keyframe": encoded.keyframe,
        "still": image.still,
        "lod": image.lod,
        "quality": encoded.quality,
        "camera": image.camera,
        "motion": image.motion if client == image.client else 0,
        "wait_ms": round(image.wait_ms, 2),
        "render_ms": round(image.render_ms, 2),
        "encode_ms": round(encoded.milliseconds, 2),
    }
