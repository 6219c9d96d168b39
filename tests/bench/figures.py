"""The arithmetic of the bench: samples, ratios, aims, rows. Pure; no clock, no processes."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Sequence
from typing import Any, Literal

from pvw_desktop.bench.figures import percentile, rate

__all__ = ["Aim", "Row", "at_least", "at_most", "number", "percentile", "rate", "ratio", "summary"]


def ratio(ours: Sequence[float], other: Sequence[float]) -> float | None:
    """How many times `other` ours is: the median over the rounds, each measured right after the other, so that a
    machine that slows down for a while slows both. Where the counts differ, of the medians. None where there is
    nothing to divide by."""
    if not ours or not other or any(value <= 0 for value in other):
        return None
    if len(ours) == len(other):
        return statistics.median(mine / theirs for mine, theirs in zip(ours, other, strict=True))
    return statistics.median(ours) / statistics.median(other)


@dataclasses.dataclass(frozen=True)
class Aim:
    """What a figure is to reach: at least or at most `bound`. `of` says which figure: the ratio, or ours itself."""

    bound: float
    at_least: bool = False
    of: Literal["ratio", "value"] = "ratio"

    def met_by(self, value: float) -> bool:
        """Whether it is reached."""
        return value >= self.bound if self.at_least else value <= self.bound

    def text(self, unit: str) -> str:
        """The aim as the table says it."""
        sign = "≥" if self.at_least else "≤"
        return f"{sign} {self.bound:g}{' ×' if self.of == 'ratio' else f' {unit}'.rstrip()}"


def at_least(bound: float) -> Aim:
    """A ratio that is to be at least this."""
    return Aim(bound, at_least=True)


def at_most(bound: float) -> Aim:
    """A ratio that is to be at most this."""
    return Aim(bound)


@dataclasses.dataclass(frozen=True)
class Row:
    """One figure: what was measured in each round, of ours and of what it stands beside."""

    name: str
    unit: str
    ours: tuple[float, ...] = ()
    other: tuple[float, ...] = ()
    against: str = "stock"
    """What `other` is: stock, bare loop, one viewer …"""
    aim: Aim | None = None
    note: str = ""
    problem: str | None = None
    """Why there is no figure."""

    @property
    def ratio(self) -> float | None:
        """Ours over the other."""
        return ratio(self.ours, self.other)

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; None where there is no aim or nothing to hold to it."""
        value = self.ratio if self.aim and self.aim.of == "ratio" else self.median
        return None if self.aim is None or value is None else self.aim.met_by(value)

    @property
    def median(self) -> float | None:
        """Ours, the median of the rounds."""
        return statistics.median(self.ours) if self.ours else None

    def as_json(self) -> dict[str, Any]:
        """Everything that is known of this figure."""
        return {**dataclasses.asdict(self), "median": self.median, "ratio": self.ratio, "met": self.met}


def summary(values: Sequence[float], unit: str) -> str:
    """Median with the least and the greatest: `14.4 (13.9–14.8) fps`; nothing for no values."""
    if not values:
        return ""
    middle, low, high = statistics.median(values), min(values), max(values)
    tail = f" {unit}".rstrip()
    if len(values) == 1 or number(low) == number(high):
        return f"{number(middle)}{tail}"
    return f"{number(middle)} ({number(low)}–{number(high)}){tail}"


def number(value: float) -> str:
    """Three digits that matter: 1234, 123, 12.3, 1.23, 0.12, 0."""
    size = abs(value)
    if size >= 100 or value == int(value):
        return f"{value:.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}"
