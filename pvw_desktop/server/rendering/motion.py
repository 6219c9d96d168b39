"""Whose hand moves a camera: the movement that the next image shows, and since when it is known. No ParaView."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Callable, Optional

from .scheduler import RenderScheduler


@dataclasses.dataclass(frozen=True)
class Motion:
    """The newest movement of a view's camera."""

    client: str = ""
    number: int = 0
    arrived: Optional[float] = None
    """When it came, in seconds of time.perf_counter; None once an image showed it."""


class CameraMotions:
    """Movements by view. `arrived` says when the message that is served now came."""

    def __init__(self, renders: RenderScheduler, arrived: Callable[[], float]):
        self._renders = renders
        self._arrived = arrived
        self._motions: dict[str, Motion] = {}

    def moved(self, view: str, client: str, motion: int, interactive: bool) -> None:
        """A client moved the camera; with `interactive`, more will follow."""
        arrived = self._arrived()
        self._motions[view] = Motion(client, motion, arrived)
        self._renders.camera_moved(view, interactive, arrived)

    def follow_views(self, views: list[str], replaced: Mapping[str, str]) -> None:
        """The views there are now, and by the id of one that is gone which took its place: a hand goes on there, and
        its page would take a picture without its movement for somebody else's. Who moved any other is forgotten."""
        moved = {replaced.get(view, view): motion for view, motion in self._motions.items()}
        self._motions = {view: motion for view, motion in moved.items() if view in views}

    def show(self, view: str) -> Motion:
        """The movement that an image which begins now will show."""
        motion = self._motions.get(view, Motion())
        self._motions[view] = dataclasses.replace(motion, arrived=None)
        return motion
