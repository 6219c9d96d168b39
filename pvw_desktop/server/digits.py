"""How many digits tell numbers apart. Pure: knows no ParaView."""

from __future__ import annotations

import math

LEAST, MOST = 4, 17
SHARE = 0.005
"""A number written at a range may be off by this part of it."""
WHOLE_BELOW = 1e10
"""Integers below this are written in full."""


def digits_of_ends(low: float, high: float) -> int:
    """Significant digits that both ends of a range need, so that neither looks like the other or like a number inside;
    integers in full."""
    room = SHARE * (high - low)
    enough = (digits for digits in range(LEAST, MOST) if all(_off(end, digits) <= room for end in (low, high)))
    apart = next(enough, MOST)
    whole = [len(str(abs(int(end)))) for end in (low, high) if abs(end) < WHOLE_BELOW and end == int(end)]
    return max([apart, *whole]) if high > low else max([LEAST, *whole])


def digits_within(low: float, high: float) -> int:
    """Significant digits that any number between the ends of a range needs."""
    largest = max(abs(low), abs(high))
    if not (high > low and math.isfinite(largest)):
        return LEAST
    return min(MOST, max(LEAST, math.ceil(math.log10(largest) - math.log10(2 * SHARE) - math.log10(high - low)) + 1))


def _off(number: float, digits: int) -> float:
    return abs(float(f"{number:.{digits}g}") - number)
