"""time.*: time steps and playing them."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Literal, Optional

from ..registry import Nothing, method, topic
from ..schema import Range


@topic("time")
@dataclasses.dataclass(frozen=True)
class Time:
    """The time steps of all data together, and where the session is."""

    values: Annotated[list[float], "ascending; empty where no data has time"]
    time: float
    index: Annotated[Optional[int], "index of `time` in values; null where it lies between"]
    playing: bool
    loop: bool


@method("time.set", role="control", result=Nothing, effect="data", latest_wins="*", job="Loading the time step")
@dataclasses.dataclass(frozen=True)
class TimeSet:
    """Goes to a time step, by its index in the topic `time`; or to a time, which may lie between steps."""

    time: Optional[float] = None
    index: Annotated[
        Optional[int], "of the steps in `values`; steps may be too near each other to name them by time"
    ] = None


@method("time.step", role="control", result=Nothing, effect="data", job="Loading the time step")
@dataclasses.dataclass(frozen=True)
class TimeStep:
    """Goes to the first, previous, next or last time step."""

    to: Literal["first", "previous", "next", "last"]


@method("time.play", role="control", result=Nothing, effect="session")
@dataclasses.dataclass(frozen=True)
class TimePlay:
    """Plays from here, or stops (`playing` false)."""

    playing: bool
    loop: Optional[bool] = None
    rate: Annotated[float, "time steps per second at most", Range(0.1, 60)] = 10.0
