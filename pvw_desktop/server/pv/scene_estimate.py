"""How large a scene would be, from the sizes of the mappers' inputs alone: nothing is copied."""

from __future__ import annotations

from typing import Any

from .scene_blocks import visible_leaves

POINT_BYTES, NORMAL_BYTES, SCALAR_BYTES, ID_BYTES = 12, 12, 4, 4


def estimate(props: list[Any]) -> int:
    """Bytes of the arrays that these props would come to."""
    return sum(_mesh(prop.GetMapper(), leaf.data) for prop in props for leaf, _ in visible_leaves(prop.GetMapper()))


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
