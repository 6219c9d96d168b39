"""A vtkPolyData as meshes of the wire: triangles, lines and vertices, whatever cells it has. Knows no props.

Ids are rearranged by slices of memory, which is as fast as VTK's own filters or faster; those do the rest.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Literal, Optional

from vtkmodules.vtkCommonDataModel import vtkPolyData
from vtkmodules.vtkFiltersCore import vtkTriangleFilter

from pvw_desktop.protocol.messages.scene import Blob, Mesh

from .scene_arrays import Arrays, Numbers, ids_of, numbers_of
from .scene_colors import Scalars

Kind = Literal["vertices", "lines", "triangles"]
_SIZES: dict[Kind, int] = {"vertices": 1, "lines": 2, "triangles": 3}


@dataclasses.dataclass(frozen=True)
class Cells:
    """Cells of one kind: ids of their points, and where their scalars are among those of all cells."""

    kind: Kind
    ids: Blob
    first: int
    count: int
    times: int
    """Items that each cell became."""


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What a mesh is to have besides points and cells."""

    scalars: Optional[Scalars] = None
    normals: bool = True
    wireframe: bool = False
    edges: bool = False
    texcoords: bool = False


def meshes_of(arrays: Arrays, data: Any, wanted: Wanted) -> list[Mesh]:
    """The meshes of a vtkPolyData: one, or one for each kind of cell where the scalars are the cells'."""
    if data.GetNumberOfPoints() == 0 or data.GetNumberOfCells() == 0:
        return []
    scalars = wanted.scalars
    by_cell = scalars is not None and scalars.association == "CELLS"
    original = data
    if not _is_simple(arrays, data, wanted.wireframe, by_cell):
        data = _simplified(arrays, data, scalars if by_cell else None)
    cells = _cells(arrays, data, wanted.wireframe)
    if not cells:
        return []
    base = _base(arrays, original, wanted)
    ids: dict[str, Any] = {item.kind: item.ids for item in cells}
    if scalars is None:
        return [dataclasses.replace(base, **ids)]
    if not by_cell:
        base = _colored(base, scalars, scalars.blob(arrays, scalars.array))
        return [dataclasses.replace(base, **ids)]
    # Items of a blob follow the cells of one kind, so each kind is a mesh of its own.
    array = data.GetCellData().GetAbstractArray(_CELL_SCALARS) if data is not original else scalars.array
    found = []
    for item in cells:
        blob = scalars.blob(arrays, array, item.first, item.count, item.times)
        kind: dict[str, Any] = {item.kind: item.ids, "edges": base.edges if item.kind == "triangles" else None}
        found.append(dataclasses.replace(_colored(base, scalars, blob), **kind))
    return found


def _colored(mesh: Mesh, scalars: Scalars, blob: Blob) -> Mesh:
    association: Any = scalars.association
    return dataclasses.replace(mesh, scalars=blob, association=association, direct_colors=scalars.direct)


def _base(arrays: Arrays, data: Any, wanted: Wanted) -> Mesh:
    points = data.GetPoints().GetData()
    normals = data.GetPointData().GetNormals() if wanted.normals else None
    texcoords = data.GetPointData().GetTCoords() if wanted.texcoords else None
    return Mesh(
        points=arrays.blob("points", [points], lambda: numbers_of(points)),
        normals=arrays.blob("normals", [normals], lambda: _floats(normals)) if normals is not None else None,
        texcoords=arrays.blob("texcoords", [texcoords], lambda: _floats(texcoords)) if texcoords is not None else None,
        edges=_edges(arrays, data) if wanted.edges and not wanted.wireframe else None,
    )


def _floats(array: Any) -> Numbers:
    numbers = numbers_of(array)
    return numbers if numbers.type == "float32" else numbers_of(array)


# --- cells

_CELL_SCALARS = "pvw scalars"


def size_of_cells(cells: Any) -> int:
    """Points of each cell of a vtkCellArray; 0: there are none; -1: they differ."""
    return int(cells.IsHomogeneous()) if cells.GetNumberOfCells() else 0


def _cell_arrays(data: Any) -> list[Any]:
    return [data.GetVerts(), data.GetLines(), data.GetPolys(), data.GetStrips()]


def _is_simple(arrays: Arrays, data: Any, wireframe: bool, by_cell: bool) -> bool:
    """Whether the cells can be taken as they are."""
    sources = _cell_arrays(data)
    verts, lines, polys, strips = arrays.remember("sizes", sources, lambda: [size_of_cells(item) for item in sources])
    outlines = wireframe and (polys > 0 or not by_cell)
    return verts in (0, 1) and lines in (0, 2) and (polys in (0, 3, 4) or outlines) and strips == 0


def _simplified(arrays: Arrays, data: Any, scalars: Optional[Scalars]) -> Any:
    """Triangles, segments and single vertices, as VTK draws them; with the cells' scalars where they are needed."""
    sources = _cell_arrays(data) + ([scalars.array] if scalars is not None else [])

    def run() -> Any:
        bare = vtkPolyData()
        bare.SetPoints(data.GetPoints())
        bare.SetVerts(data.GetVerts())
        bare.SetLines(data.GetLines())
        bare.SetPolys(data.GetPolys())
        bare.SetStrips(data.GetStrips())
        if scalars is not None:
            copy = scalars.array.NewInstance()
            copy.DeepCopy(scalars.array)
            copy.SetName(_CELL_SCALARS)
            bare.GetCellData().AddArray(copy)
        split = vtkTriangleFilter()
        split.SetInputData(bare)
        split.Update()
        return split.GetOutput()

    return arrays.remember("split", sources, run)


def _cells(arrays: Arrays, data: Any, wireframe: bool) -> list[Cells]:
    found, first = [], 0
    verts, lines, polys, _ = _cell_arrays(data)
    for kind, cells in (("vertices", verts), ("lines", lines)):
        count = cells.GetNumberOfCells()
        if count:
            found.append(Cells(kind, _ids(arrays, cells, _SIZES[kind]), first, count, 1))  # type: ignore[arg-type,index]
        first += count
    count = polys.GetNumberOfCells()
    if count:
        found.append(_faces(arrays, polys, first, count, wireframe))
    return found


def _ids(arrays: Arrays, cells: Any, size: int) -> Blob:
    connectivity = cells.GetConnectivityArray()
    return arrays.blob("indices", [cells], lambda: ids_of(connectivity, size))


def _faces(arrays: Arrays, polys: Any, first: int, count: int, wireframe: bool) -> Cells:
    size = int(arrays.remember("size", [polys], lambda: size_of_cells(polys)))
    if size == 3:
        return Cells("triangles", _ids(arrays, polys, 3), first, count, 1)
    if wireframe:  # the outline of each: a wireframe of triangles would show diagonals
        ids = arrays.blob("indices", [polys], lambda: _outlines(polys), "outlines")
        return Cells("lines", ids, first, count, max(size, 1))
    return Cells("triangles", arrays.blob("indices", [polys], lambda: _halves(polys), "halves"), first, count, 2)


def _halves(polys: Any) -> Numbers:
    """Two triangles for each quadrangle, the way that VTK's mapper cuts them."""
    source = memoryview(ids_of(polys.GetConnectivityArray(), 1).data).cast("I")
    result = bytearray(len(source) // 4 * 24)
    target = memoryview(result).cast("I")
    for place, corner in enumerate((0, 1, 2, 0, 2, 3)):
        target[place::6] = source[corner::4]
    return Numbers("uint32", 3, result)


def _outlines(polys: Any) -> Numbers:
    """The lines around each polygon, polygon after polygon."""
    numbers = ids_of(polys.GetConnectivityArray(), 1)
    source = memoryview(numbers.data).cast("I")
    result = bytearray(len(source) * 8)
    target = memoryview(result).cast("I")
    target[0::2] = source
    target[1:-1:2] = source[1:]
    size = size_of_cells(polys)
    if size > 0:
        target[2 * size - 1 :: 2 * size] = source[0::size]
    else:
        offsets = memoryview(ids_of(polys.GetOffsetsArray(), 1).data).cast("I")
        for begin, end in zip(offsets, offsets[1:]):
            target[2 * end - 1] = source[begin]
    return Numbers("uint32", 2, result)


def _edges(arrays: Arrays, data: Any) -> Optional[Blob]:
    """Outlines of the polygons where not all are triangles: those the page finds itself."""
    polys = data.GetPolys()
    if arrays.remember("size", [polys], lambda: size_of_cells(polys)) in (0, 3):
        return None
    return arrays.blob("indices", [polys], lambda: _outlines(polys), "outlines")
