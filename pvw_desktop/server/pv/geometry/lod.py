"""Coarse copies of data, for drawing while the camera moves. Knows no props and no colours."""

from __future__ import annotations

import math
from typing import Any

from vtkmodules.vtkCommonDataModel import vtkImageData, vtkPolyData
from vtkmodules.vtkFiltersCore import vtkBinnedDecimation, vtkCleanPolyData, vtkMaskPolyData, vtkTriangleFilter
from vtkmodules.vtkImagingCore import vtkExtractVOI

from .arrays import Arrays

MOST_BYTES = 16_000_000
"""What a coarse copy may come to."""
DIVISIONS = 40
"""Bins along each side of everything together: about 80,000 triangles of a surface that fills its box well."""
LEAST_DIVISIONS = 4
SMALL = 20_000
"""Polygons up to which a surface stays as it is."""
THIN = 100_000
"""Lines and vertices that are left of more than that."""
SAMPLES = 128**3
"""Samples that are left of a volume of more than that, or less."""


class Coarse:
    """Makes the coarse copies of one scene. `size`: the diagonal of all of it."""

    def __init__(self, arrays: Arrays, size: float):
        self._arrays = arrays
        self._size = size

    def of(self, data: Any) -> Any:
        """A vtkPolyData with fewer polygons and the point and cell data of what it keeps, lines and vertices beside
        polygons left away; one of lines and vertices alone with fewer of those; a vtkImageData with fewer samples. What
        is small, or something else, stays itself."""
        if data.IsA("vtkImageData"):
            step = math.ceil((data.GetNumberOfPoints() / SAMPLES) ** (1 / 3))
            return self._arrays.remember(("coarse", step), [data], lambda: _sampled(data, step)) if step > 1 else data
        if not data.IsA("vtkPolyData"):
            return data
        if _faces(data) > SMALL:
            share = data.GetLength() / self._size if self._size > 0 else 1.0
            divisions = min(DIVISIONS, max(LEAST_DIVISIONS, math.ceil(DIVISIONS * share)))
            return self._arrays.remember(("coarse", divisions), [data], lambda: _decimated(data, divisions))
        if _faces(data) == 0 and data.GetNumberOfCells() > THIN:
            step = math.ceil(data.GetNumberOfCells() / THIN)
            return self._arrays.remember(("thin", step), [data], lambda: _thinned(data, step))
        return data


def _faces(data: Any) -> int:
    return int(data.GetNumberOfPolys() + data.GetNumberOfStrips())


def _decimated(data: Any, divisions: int) -> Any:
    triangles = data
    if data.GetPolys().IsHomogeneous() != 3 or data.GetNumberOfCells() != data.GetNumberOfPolys():
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
    return _result(decimate, vtkPolyData())


def _thinned(data: Any, step: int) -> Any:
    """Every so manieth line or vertex, and the points of those alone."""
    mask = vtkMaskPolyData()
    mask.SetInputData(data)
    mask.SetOnRatio(step)
    used = vtkCleanPolyData()
    used.SetInputConnection(mask.GetOutputPort())
    used.PointMergingOff()
    return _result(used, vtkPolyData())


def _sampled(data: Any, step: int) -> Any:
    pick = vtkExtractVOI()
    pick.SetInputData(data)
    pick.SetVOI(*data.GetExtent())
    pick.SetSampleRate(step, step, step)
    return _result(pick, vtkImageData())


def _result(algorithm: Any, copy: Any) -> Any:
    """The output, without the algorithm that would hold on to its input."""
    algorithm.Update()
    copy.ShallowCopy(algorithm.GetOutput())
    return copy
