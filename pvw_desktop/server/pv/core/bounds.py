"""Boxes as VTK has them: xmin, xmax, ymin, ymax, zmin, zmax; an empty one has its ends the wrong way round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Optional


def union(boxes: Iterable[Sequence[float]]) -> Optional[list[float]]:
    """The box around those that are not empty; None where all are."""
    full = [box for box in boxes if box[0] <= box[1]]
    if not full:
        return None
    return [pick(box[index] for box in full) for index, pick in enumerate((min, max) * 3)]
