"""Interactive images as H.264, for a client whose connection is too narrow for JPEG: a third of the bytes or less at
equal looks (docs/performance.md). Optional: without the package `av` (PyAV) every client gets JPEG.

A stream belongs to one view of one client, since an image is coded by its difference from the one that this client got
of it before.
"""

from __future__ import annotations

import fractions
import importlib
from collections.abc import Sequence
from typing import Any, ClassVar

from ..encoder import Encoded, Pixels, Rate
from .registry import encodes

CODEC = "libx264"
OPTIONS = {"preset": "superfast", "tune": "zerolatency", "profile": "baseline"}
KEY_EVERY = 300
"""Images until the next that can be decoded by itself; a client asks for one where it needs it sooner."""


@encodes("h264")
class VideoStream:
    """The interactive images of a view for one client."""

    RATES: ClassVar[Sequence[Rate]] = (Rate(23, 80), Rate(28, 40), Rate(33, 15))

    @staticmethod
    def available() -> bool:
        """Whether this Python can encode H.264."""
        try:
            return CODEC in importlib.import_module("av").codecs_available
        except ImportError:
            return False

    def __init__(self, rate: Rate):
        self.rate = rate
        self._context: Any = None
        self._size = (0, 0)
        self._count = 0
        self._keyframe_wanted = True

    def want_keyframe(self) -> None:
        """The next image must be decodable by itself."""
        self._keyframe_wanted = True

    def encode(self, pixels: Pixels) -> Encoded:
        """The next image, as Annex B with its parameter sets in band. One of another size begins with a key image."""
        av = importlib.import_module("av")
        numpy = importlib.import_module("numpy")
        width, height = pixels.width, pixels.height
        # 4:2:0 takes whole blocks of four alone: an odd row or column at the edge is left away.
        even = width // 2 * 2, height // 2 * 2
        if even != self._size:
            self._begin(av, even)
        rows = numpy.frombuffer(pixels.rgb(), numpy.uint8).reshape(height, width, 3)[: even[1], : even[0]]
        frame = av.VideoFrame.from_ndarray(numpy.ascontiguousarray(rows), "rgb24").reformat(format="yuv420p")
        frame.pts = self._count
        if self._keyframe_wanted:
            frame.pict_type = av.video.frame.PictureType.I
        self._keyframe_wanted = False
        self._count += 1
        packets = self._context.encode(frame)
        data = b"".join(bytes(packet) for packet in packets)
        return Encoded(data, "h264", any(packet.is_keyframe for packet in packets), self.rate.quality, even)

    def _begin(self, av: Any, size: tuple[int, int]) -> None:
        context = av.CodecContext.create(CODEC, "w")
        context.width, context.height = self._size = size
        context.pix_fmt = "yuv420p"
        context.time_base = fractions.Fraction(1, 30)
        context.gop_size = KEY_EVERY
        context.thread_count = 1  # more would each keep an image back
        context.options = {**OPTIONS, "crf": str(self.rate.crf), "forced-idr": "1"}
        self._context, self._count, self._keyframe_wanted = context, 0, True
