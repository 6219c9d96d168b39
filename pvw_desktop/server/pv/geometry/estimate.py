"""How large a scene would be, from the sizes of the mappers' inputs alone: nothing is copied."""

from __future__ import annotations

import math
from typing import Any, Callable

from .blocks import visible_leaves

POINT_BYTES, NORMAL_BYTES, SCALAR_BYTES, ID_BYTES = 12, 12, 4, 4


def estimate(props: list[Any], simplify: Callable[[Any], Any] = lambda data: data) -> int:
    """Bytes of the arrays that these props would come to, of what `simplify` makes of each dataset."""
    return sum(_size(prop, simplify) for prop in props)


def _size(prop: Any, simplify: Callable[[Any], Any]) -> int:
    mapper = prop.GetMapper()
    data = mapper.GetInputDataObject(0, 0)
    if not data.IsA("vtkImageData"):
        return sum(_mesh(mapper, simplify(leaf.data)) for leaf, _ in visible_leaves(mapper))
    if prop.IsA("vtkVolume"):
        return int(simplify(data).GetNumberOfPoints()) * SCALAR_BYTES
    sides = sorted(data.GetDimensions())  # a slice: at most its two longest sides
    points = math.prod(sides[1:])
    return points * (POINT_BYTES + SCALAR_BYTES + 2 * 3 * ID_BYTES)


def _mesh(mapper: Any, data: Any) -> int:
    if not data.IsA("vtkPolyData"):
        return int(data.GetActualMemorySize()) * 1024
    points, cells = data.GetNumberOfPoints(), data.GetNumberOfCells()
    size = points * POINT_BYTES
    if data.GetPointData().GetNormals() is not None:
        size += points * NORMAL_BYTES
    if mapper.GetScalarVisibility():
        size += max(points, cells) * SCALAR_BYTES
    for array, least in ((data.GetVerts(), 0), (data.GetLines(), 1), (data.GetPolys(), 2), (data.GetStrips(), 2)):
        # A polyline of n points has n - 1 segments of 2 ids, a polygon or strip n - 2 triangles of 3.
        pieces = array.GetNumberOfConnectivityIds() - least * array.GetNumberOfCells()
        size += max(pieces, 0) * (least + 1) * ID_BYTES
    return int(size)
