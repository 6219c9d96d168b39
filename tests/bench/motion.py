"""The path that the hand takes in every measurement, the same for the stock server's mouse and for our camera."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

RATE = 60.0
"""Moves a second: what a browser gives at most."""
Turn = Callable[[dict[str, Any], float], dict[str, Any]]


def hand(seconds: float) -> tuple[float, float]:
    """Where the mouse is after this time, as fractions of the width and height of the view: a circle in two seconds."""
    angle = 3.0 * seconds
    return 0.5 + 0.2 * math.cos(angle), 0.5 + 0.2 * math.sin(angle)


def step(number: int) -> tuple[float, float]:
    """Where the mouse is after that many single steps."""
    return 0.5 + 0.03 * number, 0.52


def orbit(camera: dict[str, Any], place: tuple[float, float], turned: Turn) -> dict[str, Any]:
    """The camera after a drag from the middle to `place`: over the whole view is one turn, as in ParaView."""
    around = turned(camera, -360.0 * (place[0] - 0.5))
    towards = [f - p for f, p in zip(around["focal_point"], around["position"], strict=True)]
    up = around["view_up"]
    right = [
        towards[1] * up[2] - towards[2] * up[1],
        towards[2] * up[0] - towards[0] * up[2],
        towards[0] * up[1] - towards[1] * up[0],
    ]
    tilted = turned({**around, "view_up": right}, -360.0 * (place[1] - 0.5))
    return {**tilted, "view_up": up}


async def ticks(seconds: float, rate: float = RATE) -> AsyncIterator[float]:
    """Seconds since the begin, `rate` times a second. A tick that comes too late is left out, so that whoever is
    driven slowly is driven over the same path in the same time."""
    begin = time.perf_counter()
    number = 0
    while (now := time.perf_counter() - begin) < seconds:
        yield now
        number = max(number + 1, math.ceil((time.perf_counter() - begin) * rate))
        await asyncio.sleep(max(0.0, number / rate - (time.perf_counter() - begin)))
