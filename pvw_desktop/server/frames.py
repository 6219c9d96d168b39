"""When to render, and how large. Pure decisions over an injected clock; knows no ParaView.

While the camera moves, images are as large as the target rate allows, learned from measured render times. After the
last move one still image follows at full size. A render needs a free slot and somebody who looks.
"""

from __future__ import annotations

import dataclasses
from typing import Callable, Optional

TARGET_SECONDS = 1 / 30
STILL_AFTER = 0.2
"""Seconds after the last camera that came with `moving` until the still image is due."""

SCALES = (1.0, 0.75, 0.5, 0.35, 0.25)
BLEND = 0.4
"""Weight of the newest measurement in the running estimate."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """One image to render now."""

    slot: int
    scale: float
    still: bool


class FrameScheduler:
    """Decides image by image. Seconds everywhere."""

    def __init__(self, slots: int, clock: Callable[[], float]):
        self._clock = clock
        self._free = list(range(slots))
        self.wanted = False
        self._still_due: Optional[float] = None
        self._moving_due = False
        self._scale = 1.0
        self._full_cost: Optional[float] = None

    # --- what happened

    def demand(self, images: bool) -> None:
        """Whether anybody looks."""
        self.wanted = images

    def slot_free(self, slot: int) -> None:
        """An image was taken out of its slot."""
        if slot not in self._free:
            self._free.append(slot)

    def camera_moved(self, moving: bool) -> None:
        """The camera was set; without `moving` the still image is due at once."""
        self._moving_due = moving
        self._still_due = self._clock() + (STILL_AFTER if moving else 0.0)

    def changed(self) -> None:
        """Something else than the camera changed: what is shown is out of date."""
        self._still_due = self._clock()

    def rendered(self, plan: Plan, seconds: float) -> None:
        """An image took this long to render and read."""
        if plan.still:
            return
        # Cost grows with the pixels; what one full-size image costs is learned from images of any size.
        full = seconds / (plan.scale * plan.scale * 0.8 + 0.2)
        self._full_cost = full if self._full_cost is None else self._full_cost + BLEND * (full - self._full_cost)
        self._scale = self._pick()

    def _pick(self) -> float:
        if self._full_cost is None:
            return self._scale
        for scale in SCALES:
            expected = self._full_cost * (scale * scale * 0.8 + 0.2)
            # A larger image than now needs room to spare, else the size would pump up and down.
            limit = TARGET_SECONDS * (0.75 if scale > self._scale else 1.1)
            if expected <= limit:
                return scale
        return SCALES[-1]

    # --- what to do

    def plan(self) -> Optional[Plan]:
        """The image to render now; None where nothing is due, nobody looks or no slot is free."""
        if not self.wanted or not self._free or self._still_due is None:
            return None
        if self._moving_due:
            self._moving_due = False
            return Plan(self._free.pop(0), self._scale, False)
        if self._clock() >= self._still_due:
            self._still_due = None
            return Plan(self._free.pop(0), 1.0, True)
        return None

    def failed(self, plan: Plan) -> None:
        """The image could not be made: its slot is free again."""
        self.slot_free(plan.slot)

    def wait(self) -> Optional[float]:
        """Seconds until `plan` may have something; None: not before something happens."""
        if not self.wanted or not self._free or self._still_due is None:
            return None
        return 0.0 if self._moving_due else max(0.0, self._still_due - self._clock())
