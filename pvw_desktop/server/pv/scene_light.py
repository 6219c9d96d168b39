"""Coarse copies of surfaces, for drawing while the camera moves. Knows no props and no colours."""

from __future__ import annotations

import math
from typing import Any

from vtkmodules.vtkCommonDataModel import vtkPolyData
from vtkmodules.vtkFiltersCore import vtkBinnedDecimation, vtkTriangleFilter

from .scene_arrays import Arrays

DIVISIONS = 40
"""Bins along each side of everything together: about 80,000 triangles of a surface that fills its box well."""
LEAST_DIVISIONS = 4
SMALL = 20_000
"""Polygons up to which a surface stays as it is."""


class Coarse:
    """Makes the coarse copies of one scene. `size`: the diagonal of all of it."""

    def __init__(self, arrays: Arrays, size: float):
        self._arrays = arrays
        self._size = size

    def of(self, data: Any) -> Any:
        """A vtkPolyData with fewer polygons and the point and cell data of what it keeps; lines and vertices beside
        polygons are left away. What is small stays itself."""
        if not data.IsA("vtkPolyData") or data.GetNumberOfPolys() + data.GetNumberOfStrips() <= SMALL:
            return data
        share = data.GetLength() / self._size if self._size > 0 else 1.0
        divisions = min(DIVISIONS, max(LEAST_DIVISIONS, math.ceil(DIVISIONS * share)))
        return self._arrays.remember(("coarse", divisions), [data], lambda: _decimated(data, divisions))


def _decimated(data: Any, divisions: int) -> Any:
    triangles = data
    if data.GetPolys().IsHomogeneous() != 3 or data.GetNumberOfStrips() or data.GetNumberOfCells() != _polys(data):
        split = vtkTriangleFilter()
        split.SetInputData(data)
        split.PassLinesOff()
        split.PassVertsOff()
        split.Update()
        triangles = split.GetOutput()
    decimate = vtkBinnedDecimation()
    decimate.SetInputData(triangles)
    decimate.SetNumberOfDivisions(divisions, divisions, divisions)
    decimate.AutoAdjustNumberOfDivisionsOff()
    decimate.SetPointGenerationModeToBinPoints()
    decimate.ProducePointDataOn()
    decimate.ProduceCellDataOn()
    decimate.Update()
    result = vtkPolyData()
    result.ShallowCopy(decimate.GetOutput())
    return result


def _polys(data: Any) -> int:
    return int(data.GetNumberOfPolys())
