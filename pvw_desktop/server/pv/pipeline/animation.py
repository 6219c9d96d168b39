"""Time steps: the time keeper knows them, the animation scene moves everything to one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Callable, Optional

from pvw_desktop.protocol.errors import BadRequest
from pvw_desktop.protocol.messages.time import Time

from ..core.engine import Engine
from ..properties.access import Proxy, get_elements, set_elements

_ROUNDING = 1e-6
"""A time that is off by this part of the way to the next step is still that step."""


class Animation:
    """The session's time."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._begin()

    def _begin(self) -> None:
        self._had_steps = False
        self._waits: Optional[float] = None
        """The time of a state whose data are not there (yet)."""
        self.playing = False
        self.loop = False
        self.rate = 10.0

    @property
    def scene(self) -> Proxy:
        """The animation scene."""
        return self._engine.controller.GetAnimationScene(self._engine.session)

    def forget(self, give_back: Callable[[Proxy], None]) -> None:
        """Back to how a session begins."""
        self._begin()
        self.go(0.0)
        give_back(self.scene)

    def values(self) -> list[float]:
        """The time steps of all data together, ascending."""
        keeper = self._engine.controller.FindTimeKeeper(self._engine.session)
        return sorted({float(value) for value in get_elements(keeper, "TimestepValues")})

    def now(self) -> float:
        """The session's time."""
        scene = self._engine.controller.GetAnimationScene(self._engine.session)
        return float(get_elements(scene, "AnimationTime")[0])

    def follow_data(self, chosen: bool = False, away: bool = False) -> None:
        """Makes the scene span the time steps there are; called when data came or went. A time among them stays, step
        or not, where somebody chose it: from the steps there were, or (`chosen`) in a state file. Where some of its
        data are `away`, that time waits for them."""
        scene = self._engine.controller.GetAnimationScene(self._engine.session)
        before, steps = self.now(), self.values()
        if hasattr(scene, "UpdateAnimationUsingDataTimeSteps"):
            scene.UpdateAnimationUsingDataTimeSteps()  # which goes to a step of its own choice
        if not steps:
            self._waits = before if away else self._waits
        else:
            if self._waits is not None:
                chosen, before, self._waits = True, self._waits, None
            chosen = chosen or self._had_steps
            stays = index_among(steps, before) is not None or chosen and steps[0] <= before <= steps[-1]
            wanted = before if stays else steps[0]
            if self.now() != wanted:
                self.go(wanted)
        self._had_steps = bool(steps)

    def go(self, time: float) -> None:
        """Moves everything to a time."""
        scene = self._engine.controller.GetAnimationScene(self._engine.session)
        # The scene renders every view after a step; the one image that is wanted is made by the main loop.
        local = scene.GetClientSideObject()
        if local is not None and hasattr(local, "SetOverrideStillRender"):
            local.SetOverrideStillRender(1)
        set_elements(scene, "AnimationTime", [time])
        scene.UpdateVTKObjects()

    def index(self) -> Optional[int]:
        """Where the session's time stands among the steps; None where it lies between."""
        return index_among(self.values(), self.now())

    def step(self, index: int) -> float:
        """The time of a step; BadRequest where there is no such step."""
        steps = self.values()
        if not 0 <= index < len(steps):
            there = f"There are {len(steps)} time steps" if steps else "The data has no time steps"
            raise BadRequest(f"{there}: there is no step {index}.")
        return steps[index]

    def target(self, to: str) -> Optional[float]:
        """The time of the first, previous, next or last step; None where there is none that way."""
        steps, now = self.values(), self.now()
        index = index_among(steps, now)
        if to in ("first", "last"):
            at = 0 if to == "first" else len(steps) - 1
        elif to == "next":
            at = bisect_right(steps, now) if index is None else index + 1
        else:
            at = (bisect_left(steps, now) if index is None else index) - 1
        return steps[at] if 0 <= at < len(steps) else None

    def state(self) -> Time:
        """The topic `time`."""
        return Time(values=self.values(), time=self.now(), index=self.index(), playing=self.playing, loop=self.loop)


def index_among(steps: list[float], time: float) -> Optional[int]:
    """The step that a time is. How near is near enough is told by the steps themselves: a state file rounds times, and
    steps may be 1e-14 apart."""
    position = bisect_left(steps, time)
    for index in (position, position - 1):
        if 0 <= index < len(steps):
            beside = [abs(steps[other] - steps[index]) for other in (index - 1, index + 1) if 0 <= other < len(steps)]
            if abs(steps[index] - time) <= _ROUNDING * min(beside, default=abs(steps[index])):
                return index
    return None
