"""The cells of a vtkCellArray as triangles, lines and vertices: ids rearranged by slices of memory, which is as fast as
VTK's own filters or faster. Knows no datasets and no scalars.

`pieces` beside each: how many items a cell becomes, one number for all or one for each.
"""

from __future__ import annotations

from typing import Any, Union

from .arrays import Numbers, ids_of

Pieces = Union[int, list[int]]


def size_of_cells(cells: Any) -> int:
    """Points of each cell of a vtkCellArray; 0: there are none; -1: they differ."""
    return int(cells.IsHomogeneous()) if cells.GetNumberOfCells() else 0


def points_of_each(cells: Any, less: int = 0) -> Pieces:
    """Points of each cell, less so many."""
    size = size_of_cells(cells)
    return size - less if size >= 0 else [max(end - begin - less, 0) for begin, end in _spans(cells)]


def single_points(cells: Any) -> Numbers:
    """A vertex for each point of each cell. Pieces: its points."""
    return ids_of(cells.GetConnectivityArray(), 1)


def segments(cells: Any) -> Numbers:
    """The lines of each polyline. Pieces: its points less one."""
    if size_of_cells(cells) == 2:
        return ids_of(cells.GetConnectivityArray(), 2)
    source = _ids(cells)
    result = bytearray(8 * max(len(source) - cells.GetNumberOfCells(), 0))
    target = memoryview(result).cast("I")
    place = 0
    for begin, end in _spans(cells):
        if end - begin > 1:
            after = place + 2 * (end - begin - 1)
            target[place:after:2] = source[begin : end - 1]
            target[place + 1 : after : 2] = source[begin + 1 : end]
            place = after
    return Numbers("uint32", 2, bytes(result[: 4 * place]))


def triangles(cells: Any) -> Numbers:
    """Of triangles and quadrangles alone: those, and two for each quadrangle, the way that VTK's mapper cuts them.
    Pieces: 1 or 2."""
    if size_of_cells(cells) == 3:
        return ids_of(cells.GetConnectivityArray(), 3)
    source = _ids(cells)
    result = bytearray(len(source) // 4 * 24)
    target = memoryview(result).cast("I")
    for place, corner in enumerate((0, 1, 2, 0, 2, 3)):
        target[place::6] = source[corner::4]
    return Numbers("uint32", 3, result)


def outlines(cells: Any) -> Numbers:
    """The lines around each polygon. Pieces: its points."""
    source = _ids(cells)
    result = bytearray(len(source) * 8)
    target = memoryview(result).cast("I")
    target[0::2] = source
    target[1:-1:2] = source[1:]
    size = size_of_cells(cells)
    if size > 0:
        target[2 * size - 1 :: 2 * size] = source[0::size]
    else:
        for begin, end in _spans(cells):
            if end > begin:
                target[2 * end - 1] = source[begin]
    return Numbers("uint32", 2, result)


def _ids(cells: Any) -> memoryview:
    return memoryview(ids_of(cells.GetConnectivityArray(), 1).data).cast("I")


def _spans(cells: Any) -> Any:
    """Begin and end of each cell among the ids."""
    offsets = memoryview(ids_of(cells.GetOffsetsArray(), 1).data).cast("I")
    return zip(offsets, offsets[1:])
