"""Playing time: when the next step is due. Injected clock; ParaView's times are behind the workbench."""

from __future__ import annotations

from typing import Callable, Optional

from .context import Context
from .execution import go_to_time
from .pv.pipeline.animation import Animation


class Player:
    """Plays on while `Animation.playing` says so and somebody looks."""

    def __init__(self, animation: Animation, clock: Callable[[], float]):
        self._animation = animation
        self._clock = clock
        self._due: Optional[float] = None

    def play_from_now(self) -> None:
        """The next time step is due at once."""
        self._due = self._clock()

    def wait(self, watched: bool) -> Optional[float]:
        """Seconds until the next step is due; None where nothing plays, or nobody looks."""
        if self._due is None or not self._animation.playing or not watched:
            return None
        return max(0.0, self._due - self._clock())

    def step(self, context: Context) -> None:
        """The next time step, the first one again where it loops, or the end. The one after is due by the rate."""
        self._due = self._clock() + 1.0 / self._animation.rate
        target = self._animation.target("next")
        if target is None and self._animation.loop:
            target = self._animation.target("first")
        if target is None:
            self._animation.playing = False
        else:
            go_to_time(context, target)
