"""How good an image each client gets: as good as its connection carries in time. Knows no sockets and no clock.

What a client took from the sending of an image to its acknowledgement is learned as a line over bytes
(protocol/estimate.py): a fixed part, which is the way there and back and the drawing, and a part by bytes, which is the
connection's throughput. A client far away over a wide connection thus keeps full quality; one over a narrow connection
gets fewer bytes. Only what happened lately counts, and of each quality only the last few images: one large image from
before a connection became narrow would otherwise outweigh everything since.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict, deque
from collections.abc import Hashable, Sequence

from ...protocol.estimate import Estimate
from .encoder import Quality, Rate

INTERACTIVE = (
    Quality(80),
    *(
        Quality(quality, shrink=shrink, progressive=True)
        for quality, shrink in ((60, 1), (40, 1), (50, 2), (30, 2), (30, 4))
    ),
)
STILL = (
    Quality(95, full_color=True),
    *(Quality(quality, shrink=shrink, progressive=True) for quality, shrink in ((80, 1), (60, 1), (40, 1), (40, 2))),
)
"""From the best to the least."""
INTERACTIVE_SECONDS = 0.1
"""Longest that the bytes of an image may travel while the camera moves."""
STILL_SECONDS = 0.7
REMEMBERED, REMEMBERED_SECONDS = 8, 3.0
"""Images of each quality, and how long, that the throughput is learned from."""
GUESSED_RATIO = 0.6
"""Bytes at one level by bytes at the level above, as long as no image of this client was encoded so."""


@dataclasses.dataclass
class _UnderWay:
    level: Quality | Rate
    size: int
    sent: float


class RateControl:
    """One client's connection. Times are seconds of any steady clock."""

    def __init__(self) -> None:
        self._travels: dict[Hashable, deque[tuple[float, int, float]]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        """By quality, of its last images: when they were acknowledged, their bytes and the seconds they took."""
        self._line = (0.0, 0.0)
        self._under_way: dict[tuple[str, int], _UnderWay] = {}
        self._acknowledged = float("-inf")
        self._sizes: dict[Hashable, float] = {}
        self._levels: dict[Sequence[Hashable], int] = {}
        self._video = False

    def sent(self, view: str, seq: int, level: Quality | Rate, size: int, now: float, key: bool = True) -> None:
        """An image of `size` bytes goes out, coded at a level that was chosen; `key`: not by its difference."""
        self._under_way[view, seq] = _UnderWay(level, size, now)
        if key == isinstance(level, Quality):  # the first image of a video says nothing of those to come
            self._sizes[level] = size

    def acknowledged(self, view: str, seq: int, now: float) -> None:
        """The client has drawn it."""
        image = self._under_way.pop((view, seq), None)
        for key in [key for key in self._under_way if key[0] == view and key[1] < seq]:
            del self._under_way[key]
        if image is not None:
            # One that was sent while another was still on its way had to wait for that one.
            took = now - max(image.sent, self._acknowledged)
            self._travels[image.level].append((now, image.size, took))
            self._acknowledged = now
            self._line = self._learned(now)

    def _learned(self, now: float) -> tuple[float, float]:
        """Fixed seconds, and seconds a byte, of what happened lately."""
        estimate = Estimate()
        recent = [travel for travels in self._travels.values() for travel in travels]
        for at, size, took in sorted(recent):
            if at > now - REMEMBERED_SECONDS:
                estimate.learn(size, took)
        return estimate.line()

    def choose(self, still: bool) -> Quality:
        """The quality for the next image as JPEG. One step better at a time, and only with room to spare."""
        return (
            STILL[self._pick(STILL, STILL_SECONDS)]
            if still
            else INTERACTIVE[self._pick(INTERACTIVE, INTERACTIVE_SECONDS)]
        )

    def choose_video(self, rates: Sequence[Rate]) -> Rate | None:
        """The rate for the next interactive image as video, of these; None where the best JPEG fits as well."""
        room = INTERACTIVE_SECONDS * (0.7 if self._video else 1)
        self._video = not self._fits(INTERACTIVE, 0, room)
        return rates[self._pick(rates, INTERACTIVE_SECONDS)] if self._video else None

    def _pick(self, levels: Sequence[Quality | Rate], seconds: float) -> int:
        now = self._levels.get(levels, 0)
        fitting = next(
            (index for index in range(len(levels)) if self._fits(levels, index, seconds * (0.7 if index < now else 1))),
            len(levels) - 1,
        )
        self._levels[levels] = max(fitting, now - 1)
        return self._levels[levels]

    def _fits(self, levels: Sequence[Quality | Rate], index: int, seconds: float) -> bool:
        each = self._line[1]
        return each * self._size(levels, index) <= seconds

    def _size(self, levels: Sequence[Quality | Rate], index: int) -> float:
        """Bytes expected at a level, from the nearest level that an image was encoded at."""
        known = [at for at, quality in enumerate(levels) if quality in self._sizes]
        if not known:
            best = [size for level, size in self._sizes.items() if isinstance(level, Quality)]
            return max(best, default=0.0) * GUESSED_RATIO**index
        nearest = min(known, key=lambda at: abs(at - index))
        return float(self._sizes[levels[nearest]] * GUESSED_RATIO ** (index - nearest))
