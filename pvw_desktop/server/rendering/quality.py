"""How much detail an image has while the camera moves: its size, and whether coarse geometry will do. Pure decisions.

What an image costs is learned from what images took (protocol/estimate.py), for full and for coarse geometry apart. The
best detail that holds the rate is taken; a better one than now needs room to spare, else it would pump up and down.
"""

from __future__ import annotations

import dataclasses
from typing import Optional

from pvw_desktop.protocol.estimate import Estimate
from pvw_desktop.protocol.messages.view import InteractiveQuality

COARSE_SHARE = 0.4
"""Cost of coarse geometry by that of full geometry, as long as it was not measured."""
STILL_SHARE = 0.8
"""Cost of an interactive image by that of a still one of the same size, as long as it was not measured: no
antialiasing."""
BETTER_NEEDS, WORSE_ALLOWS = 0.9, 1.15
"""Share of the time for an image that a better detail than now may be expected to take, and that the one now may."""
AGAIN_NEEDS, AGAIN_AFTER = 0.7, 90
"""The same for one that was given up as too slow, for so many images from then on."""
DOUBTFUL = 1.3
"""So many times what was expected, and the first image of a motion is taken to have paid for the change as well."""
OUTLIER = 2.0
"""An image counts as having taken at most so many times what was expected: another program on the same processor makes
one slow now and then, which says nothing of the next."""


@dataclasses.dataclass(frozen=True)
class Detail:
    """Of one image."""

    scale: float
    """Of each side of the full image."""
    lod: bool
    """Coarse geometry, as ParaView's LOD makes it."""


FULL = Detail(1.0, False)
LADDER = (
    FULL,
    Detail(0.75, False),
    Detail(0.5, False),
    Detail(1.0, True),
    Detail(0.75, True),
    Detail(0.5, True),
    Detail(0.35, True),
)
"""From the best look to the least: below it, nobody sees any more what it is."""


class InteractiveDetail:
    """Learns and chooses, for one view."""

    def __init__(self) -> None:
        self.quality = InteractiveQuality()
        self._costs = {False: Estimate(whole=1.0), True: Estimate(whole=1.0)}
        self._still_guess = Estimate(whole=1.0)
        self._now: Optional[Detail] = None
        self._images = 0
        self._doubted = False
        self._given_up: dict[Detail, int] = {}
        """Number of the image at which a detail was found too slow."""

    def learn(self, detail: Detail, seconds: float, first: bool = False) -> None:
        """An interactive image took this long to render and read. The first of a motion also pays for the change of
        size and geometry: one that took too long counts only where the one before did so too."""
        expected = self._expect(detail)
        doubtful = first and not self._doubted and expected is not None and seconds > DOUBTFUL * expected
        self._doubted = doubtful
        if not doubtful:
            counted = seconds if expected is None else min(seconds, OUTLIER * expected)
            self._costs[detail.lod].learn(detail.scale**2, counted)

    def learn_still(self, seconds: float) -> None:
        """A still image took this long: the first guess of what interactive ones will take."""
        self._still_guess.forget()
        self._still_guess.learn(1.0, seconds * STILL_SHARE)

    def forget(self) -> None:
        """Something else is shown now: what was learned holds no more, what is chosen stays until it is measured."""
        for cost in (*self._costs.values(), self._still_guess):
            cost.forget()
        self._given_up.clear()

    def expects_coarse(self) -> bool:
        """Whether coarse geometry is likely to be asked for when the camera moves next."""
        return self.quality.lod and self._pick(None).lod

    def choose(self) -> Detail:
        """The detail of the next interactive image."""
        before, self._now = self._now, self._pick(self._now)
        self._images += 1
        if before is not None and LADDER.index(self._now) > LADDER.index(before):
            self._given_up[before] = self._images
        return self._now

    def _pick(self, now: Optional[Detail]) -> Detail:
        allowed = [detail for detail in LADDER if self._allowed(detail)]
        rank = allowed.index(now) if now in allowed else None
        for index, detail in enumerate(allowed):
            if now is not None and not self._foreseeable(detail, now):
                continue
            seconds = self._expect(detail)
            better = rank is not None and index < rank
            if seconds is None or seconds * self.quality.rate <= self._slack(detail, better):
                return detail
        return allowed[-1]

    def _foreseeable(self, detail: Detail, now: Detail) -> bool:
        """Whether enough is known of a detail to go there from the one now: geometry that was never drawn is entered at
        no more pixels, and what nothing at all is known of at no better rank."""
        if self._costs[detail.lod].known or (self._still_guess.known and not detail.lod):
            return True
        guessed = self._expect(detail) is not None
        return detail.scale <= now.scale if guessed else LADDER.index(detail) >= LADDER.index(now)

    def _slack(self, detail: Detail, better: bool) -> float:
        if not better:
            return WORSE_ALLOWS
        recently = self._images - self._given_up.get(detail, -AGAIN_AFTER) < AGAIN_AFTER
        return AGAIN_NEEDS if recently else BETTER_NEEDS

    def _allowed(self, detail: Detail) -> bool:
        if detail.lod and not self.quality.lod:
            return False
        return detail.scale == 1.0 or not self.quality.full_size

    def _expect(self, detail: Detail) -> Optional[float]:
        """Seconds an image will take: as measured, else guessed from the other geometry or from the still image."""
        pixels = detail.scale**2
        own = self._costs[detail.lod].expect(pixels)
        if own is not None:
            return own
        still = self._still_guess.expect(pixels)
        other = self._costs[not detail.lod].expect(pixels)
        if detail.lod:
            full = other if other is not None else still
            return full * COARSE_SHARE if full is not None else None
        return still if still is not None or other is None else other / COARSE_SHARE
