"""When to render which view. Pure decisions over an injected clock; knows no ParaView.

While a camera moves, its view is rendered as often as there is a free slot, in the detail of quality.py. After
the last move one still image follows at full size. Time that plays is shown the same way, but for coarse geometry,
which would have to be made anew for each step. The view under the hand comes first, but no other view that is due waits
for more than HAND_RUN of its images. A render needs a free slot and somebody who looks.
"""

from __future__ import annotations

import dataclasses
from typing import Callable, Optional

from pvw_desktop.protocol.channel import Demand
from pvw_desktop.protocol.messages.view import InteractiveQuality

from .quality import FULL, Detail, InteractiveDetail

STILL_AFTER = 0.2
"""Seconds after the arrival of the last camera that came with `interactive` until the still image is due."""
PREPARE_AFTER = 0.3
"""Seconds of rest until coarse geometry is made ready."""
HAND_RUN = 2


@dataclasses.dataclass(frozen=True)
class Plan:
    """One image to render now."""

    view: str
    slot: int
    detail: Detail
    still: bool
    playing: bool = False
    first: bool = False
    """The first of a motion: it also pays for the change from the still image's size and geometry."""


@dataclasses.dataclass
class _Due:
    """What one view waits for. Times are of the clock; None: nothing."""

    detail: InteractiveDetail = dataclasses.field(default_factory=InteractiveDetail)
    played: InteractiveDetail = dataclasses.field(default_factory=InteractiveDetail)
    """Detail while time plays: each step's first render also uploads its data."""
    interactive: bool = False
    playing: bool = False
    """What is due came by playing on, the camera rests."""
    rests: bool = True
    """Whether the last image was a still one."""
    still_at: Optional[float] = None
    hand_until: float = float("-inf")
    """Until then the hand is taken to be on the camera: no still image."""
    prepare_at: Optional[float] = None
    rendered: int = 0
    """Number of the last image of any view that was this one's."""


class RenderScheduler:
    """Decides image by image. Seconds everywhere."""

    def __init__(self, slots: int, clock: Callable[[], float]):
        self._clock = clock
        self._free = list(range(slots))
        self._views: dict[str, _Due] = {}
        self._count = 0
        self._hand: Optional[str] = None
        self._hand_run = 0
        self._demand = Demand(False)

    # --- what happened

    def show(self, views: list[str]) -> None:
        """The views there are now; a new one is due at once."""
        for view in views:
            if view not in self._views:
                self._views[view] = _Due(still_at=self._clock())
        self._views = {view: self._views[view] for view in views}

    def demand(self, demand: Demand) -> None:
        """Who looks at which view. One that nobody looked at before is due."""
        before, self._demand = self._demand, demand
        for view in self._views:
            if demand.of(view).images and not before.of(view).images:
                self.changed(view, data=False)

    @property
    def wanted(self) -> bool:
        """Whether anybody looks at any view."""
        return bool(self._watched())

    def _watched(self) -> dict[str, _Due]:
        return {view: due for view, due in self._views.items() if self._demand.of(view).images}

    def slot_free(self, slot: int) -> None:
        """An image was taken out of its slot."""
        if slot not in self._free:
            self._free.append(slot)

    def camera_moved(self, view: str, interactive: bool, arrived: Optional[float] = None) -> None:
        """The camera was set; without `interactive` the still image is due at once. How long it rests is counted from
        when it `arrived` (None: now), however long it waited for an image of one before."""
        due = self._views[view]
        due.interactive, due.playing = interactive, False
        due.still_at = self._clock() if arrived is None else arrived
        due.hand_until = due.still_at + STILL_AFTER if interactive else float("-inf")
        due.still_at = max(due.still_at, due.hand_until)
        due.prepare_at = None
        if self._hand != view:
            self._hand, self._hand_run = view, 0

    def changed(self, view: Optional[str] = None, data: bool = True) -> None:
        """What is shown, in one view or in all, is out of date; with `data`, what its images cost is too."""
        for name, due in self._views.items():
            if view in (None, name):
                now = self._clock()
                due.still_at = max(now, due.hand_until)
                due.interactive = due.interactive or now < due.hand_until
                if data:
                    due.detail.forget()

    def played(self) -> None:
        """Time played on by a step, and will go on: a quick image will do."""
        for due in self._views.values():
            due.playing = not due.interactive
            due.interactive = True
            due.still_at = self._clock() + STILL_AFTER

    def set_quality(self, view: str, quality: InteractiveQuality) -> None:
        """How a view's images are to be while it moves."""
        due = self._views[view]
        due.detail.quality = quality
        due.played.quality = dataclasses.replace(quality, lod=False)

    def rendered(self, plan: Plan, seconds: float) -> None:
        """An image took this long to render and read."""
        due = self._views.get(plan.view)
        if due is None:
            return
        if plan.still:
            due.detail.learn_still(seconds)
            due.prepare_at = self._clock() + PREPARE_AFTER
        else:
            (due.played if plan.playing else due.detail).learn(plan.detail, seconds, plan.first)

    def failed(self, plan: Plan) -> None:
        """The image could not be made: its slot is free again."""
        self.slot_free(plan.slot)

    # --- what to do

    def plan(self) -> Optional[Plan]:
        """The image to render now; None where nothing is due, nobody looks or no slot is free."""
        if not self._free:
            return None
        now = self._clock()
        ready = [view for view, due in self._watched().items() if due.interactive or _past(due.still_at, now)]
        if not ready:
            return None
        view = self._next(ready)
        due = self._views[view]
        self._count += 1
        due.rendered = self._count
        slot = self._free.pop(0)
        if not due.interactive:
            due.still_at, due.rests = None, True
            return Plan(view, slot, FULL, still=True)
        playing, due.interactive, due.playing = due.playing, False, False
        first, due.rests = due.rests, False
        return Plan(view, slot, (due.played if playing else due.detail).choose(), False, playing, first)

    def _next(self, ready: list[str]) -> str:
        """The view under the hand, unless others wait that it went before often enough; then who waits longest."""
        others = [view for view in ready if view != self._hand]
        if self._hand in ready and (not others or self._hand_run < HAND_RUN):
            self._hand_run += 1
            return self._hand or ""
        self._hand_run = 0
        return min(others or ready, key=lambda view: self._views[view].rendered)

    def to_prepare(self) -> Optional[str]:
        """A view that rests and whose coarse geometry is likely to be wanted next; each rest gives it once."""
        now = self._clock()
        for view, due in self._watched().items():
            if _past(due.prepare_at, now) and not due.interactive:
                due.prepare_at = None
                if due.detail.expects_coarse():
                    return view
        return None

    def wait(self) -> Optional[float]:
        """Seconds until there may be something to do; None: not before something happens."""
        watched = self._watched().values()
        times = [due.prepare_at for due in watched]
        if self._free:
            if any(due.interactive for due in watched):
                return 0.0
            times += [due.still_at for due in watched]
        waits = [max(0.0, time - self._clock()) for time in times if time is not None]
        return min(waits) if waits else None


def _past(time: Optional[float], now: float) -> bool:
    return time is not None and now >= time
