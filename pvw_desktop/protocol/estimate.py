"""What something costs, learned from what it cost before: seconds by pixels or by bytes. Both ends of the wire use it.

A straight line, fitted by least squares in which older measurements fade: a fixed part, and a part that grows with the
amount. Knows no clock and no images.
"""

from __future__ import annotations

from typing import Optional

FADE = 0.9
"""How much of a measurement's weight is left when the next one comes."""
FIXED_SHARE = 0.3
"""Share of the cost of the whole amount that is taken to be fixed as long as all measurements were of one amount."""
_DOUBT = 0.02
"""Weight of that assumption beside what was measured."""


class Estimate:
    """Seconds as a line over an amount. `whole` is the amount of which FIXED_SHARE is said; None: that of what was
    measured."""

    def __init__(self, whole: Optional[float] = None) -> None:
        self._whole = whole
        self._weight = self._x = self._y = self._xx = self._xy = 0.0

    @property
    def known(self) -> bool:
        """Whether anything was measured."""
        return self._weight > 0

    def learn(self, amount: float, seconds: float) -> None:
        """Takes a measurement in."""
        self._weight = self._weight * FADE + 1
        self._x = self._x * FADE + amount
        self._y = self._y * FADE + seconds
        self._xx = self._xx * FADE + amount * amount
        self._xy = self._xy * FADE + amount * seconds

    def expect(self, amount: float) -> Optional[float]:
        """Seconds for an amount, never negative; None where nothing was measured."""
        if not self.known:
            return None
        fixed, each = self.line()
        return max(0.0, fixed + each * amount)

    def line(self) -> tuple[float, float]:
        """The fixed seconds and the seconds for one more of the amount, neither negative."""
        if not self.known:
            return 0.0, 0.0
        mean_x, mean_y = self._x / self._weight, self._y / self._weight
        # The assumption counts as measurements at the amount zero.
        weight = _DOUBT * self._weight
        total = self._weight + weight
        part = mean_x / self._whole if self._whole else 1.0
        x, y = self._x, self._y + weight * mean_y * FIXED_SHARE / (FIXED_SHARE + (1 - FIXED_SHARE) * part)
        spread = self._xx - x * x / total
        each = (self._xy - x * y / total) / spread if spread > 0 else 0.0
        each = min(max(0.0, each), mean_y / mean_x if mean_x > 0 else 0.0)
        return max(0.0, mean_y - each * mean_x), each

    def forget(self) -> None:
        """What was measured holds no more."""
        self._weight = self._x = self._y = self._xx = self._xy = 0.0
