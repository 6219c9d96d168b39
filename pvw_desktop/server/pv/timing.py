"""Time steps: the time keeper knows them, the animation scene moves everything to one."""

from __future__ import annotations

from bisect import bisect_left
from typing import Optional

from pvw_desktop.protocol.messages.time import Time

from .engine import Engine
from .views import get_elements, set_elements


class Timing:
    """The session's time."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self.playing = False
        self.loop = False
        self.rate = 10.0

    def values(self) -> list[float]:
        """The time steps of all data together, ascending."""
        keeper = self._engine.controller.FindTimeKeeper(self._engine.session)
        return sorted({float(value) for value in get_elements(keeper, "TimestepValues")})

    def now(self) -> float:
        """The session's time."""
        scene = self._engine.controller.GetAnimationScene(self._engine.session)
        return float(get_elements(scene, "AnimationTime")[0])

    def follow_data(self) -> None:
        """Makes the scene span the time steps there are; called when data came or went."""
        scene = self._engine.controller.GetAnimationScene(self._engine.session)
        if hasattr(scene, "UpdateAnimationUsingDataTimeSteps"):
            scene.UpdateAnimationUsingDataTimeSteps()
        steps = self.values()
        if steps and not steps[0] <= self.now() <= steps[-1]:
            self.go(steps[0])

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
        steps, now = self.values(), self.now()
        position = bisect_left(steps, now)
        for index in (position - 1, position):
            if 0 <= index < len(steps) and abs(steps[index] - now) <= 1e-9 * max(1.0, abs(now)):
                return index
        return None

    def target(self, to: str) -> Optional[float]:
        """The time of the first, previous, next or last step; None where there is none that way."""
        steps, now = self.values(), self.now()
        if not steps:
            return None
        if to in ("first", "last"):
            return steps[0 if to == "first" else -1]
        slack = 1e-9 * max(1.0, abs(now))
        if to == "next":
            return next((step for step in steps if step > now + slack), None)
        return next((step for step in reversed(steps) if step < now - slack), None)

    def state(self) -> Time:
        """The topic `time`."""
        return Time(values=self.values(), time=self.now(), index=self.index(), playing=self.playing, loop=self.loop)
