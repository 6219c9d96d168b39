"""A vtkPolyData as meshes of the wire: triangles, lines and vertices, whatever cells it has. Knows no props.

scene_cells.py rearranges ids where slices of memory will do; VTK's filter does the rest.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Callable, Literal, Optional

from vtkmodules.vtkCommonDataModel import vtkPolyData
from vtkmodules.vtkFiltersCore import vtkTriangleFilter

from pvw_desktop.protocol.messages.scene import Blob, Mesh

from .arrays import Arrays, Numbers, floats_of, numbers_of
from .cells import outlines, points_of_each, segments, single_points, size_of_cells, triangles
from .scalars import Pick, Scalars

Kind = Literal["vertices", "lines", "triangles"]
_CELL_SCALARS = "pvw scalars"


@dataclasses.dataclass(frozen=True)
class Cells:
    """Cells of one kind: ids of their points, and their own scalars where cells have some."""

    kind: Kind
    ids: Blob
    scalars: Optional[Blob]


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
    cells = _vertices_and_lines(arrays, data, scalars if by_cell else None)
    cells += _faces(arrays, data, scalars if by_cell else None, wanted.wireframe)
    if not cells:
        return []
    base = _base(arrays, data, wanted)
    if scalars is not None and not by_cell:
        base = _colored(base, scalars, scalars.blob(arrays, scalars.array))
    if scalars is None or not by_cell:
        first, *more = _together(cells)
        return [dataclasses.replace(base, **first)] + [dataclasses.replace(base, edges=None, **ids) for ids in more]
    # Items of a blob follow the cells of one kind, so each kind is a mesh of its own.
    return [
        dataclasses.replace(
            _colored(base, scalars, item.scalars),
            edges=base.edges if item.kind == "triangles" else None,
            **_together([item])[0],
        )
        for item in cells
    ]


def _together(cells: list[Cells]) -> list[dict[str, Any]]:
    """The fields of as few meshes as possible: a wireframe's outlines are lines, and so may other cells be."""
    found: list[dict[str, Any]] = []
    for item in cells:
        free = next((fields for fields in found if item.kind not in fields), None)
        if free is None:
            found.append(free := {})
        free[item.kind] = item.ids
    return found


def _colored(mesh: Mesh, scalars: Scalars, blob: Optional[Blob]) -> Mesh:
    association: Any = scalars.association
    return dataclasses.replace(mesh, scalars=blob, association=association, direct_colors=scalars.direct)


def _base(arrays: Arrays, data: Any, wanted: Wanted) -> Mesh:
    points = data.GetPoints().GetData()
    normals = data.GetPointData().GetNormals() if wanted.normals else None
    texcoords = data.GetPointData().GetTCoords() if wanted.texcoords else None
    return Mesh(
        points=arrays.blob("points", [points], lambda: numbers_of(points)),
        normals=arrays.blob("normals", [normals], lambda: floats_of(normals)) if normals is not None else None,
        texcoords=arrays.blob("texcoords", [texcoords], lambda: floats_of(texcoords))
        if texcoords is not None
        else None,
        edges=_edges(arrays, data) if wanted.edges and not wanted.wireframe else None,
    )


# --- cells


def _vertices_and_lines(arrays: Arrays, data: Any, scalars: Optional[Scalars]) -> list[Cells]:
    found: list[Cells] = []
    verts, lines = data.GetVerts(), data.GetLines()
    count = verts.GetNumberOfCells()
    if count:
        pick = Pick("vertices", verts, 0, count, lambda: points_of_each(verts))
        found.append(_made(arrays, "vertices", pick, lambda: single_points(verts), scalars))
    if lines.GetNumberOfCells():
        pick = Pick("lines", lines, count, lines.GetNumberOfCells(), lambda: points_of_each(lines, 1))
        found.append(_made(arrays, "lines", pick, lambda: segments(lines), scalars))
    return found


def _faces(arrays: Arrays, data: Any, scalars: Optional[Scalars], wireframe: bool) -> list[Cells]:
    """Polygons and strips: triangles; in a wireframe the outlines of what is no triangle, for those of triangles would
    show diagonals."""
    polys, strips = data.GetPolys(), data.GetStrips().GetNumberOfCells()
    first, count = data.GetNumberOfVerts() + data.GetNumberOfLines(), polys.GetNumberOfCells()
    if count + strips == 0:
        return []
    size = arrays.remember("size", [polys], lambda: size_of_cells(polys))
    if wireframe and size != 3 and not strips:
        pick = Pick("outlines", polys, first, count, lambda: points_of_each(polys))
        return [_made(arrays, "lines", pick, lambda: outlines(polys), scalars)]
    if size in (3, 4) and not strips:
        pick = Pick("triangles", polys, first, count, lambda: size - 2)
        return [_made(arrays, "triangles", pick, lambda: triangles(polys), scalars)]
    split, array = _triangulated(arrays, data, scalars, first, count + strips)
    made = split.GetPolys()
    pick = Pick("triangles", made, 0, made.GetNumberOfCells(), lambda: 1)
    own = dataclasses.replace(scalars, array=array) if scalars is not None else None
    return [_made(arrays, "triangles", pick, lambda: triangles(made), own)] if made.GetNumberOfCells() else []


def _made(arrays: Arrays, kind: Kind, pick: Pick, make: Callable[[], Numbers], scalars: Optional[Scalars]) -> Cells:
    ids = arrays.blob("indices", [pick.cells], make, pick.kind)
    return Cells(kind, ids, scalars.blob(arrays, scalars.array, pick) if scalars is not None else None)


def _triangulated(arrays: Arrays, data: Any, scalars: Optional[Scalars], first: int, count: int) -> tuple[Any, Any]:
    """The polygons and strips of a vtkPolyData as triangles, and their scalars (None where there are none). VTK's
    filter gets nothing else: of vertices and lines not every version keeps the cell data."""

    def run() -> tuple[Any, Any]:
        bare = vtkPolyData()
        bare.SetPoints(data.GetPoints())
        bare.SetPolys(data.GetPolys())
        bare.SetStrips(data.GetStrips())
        if scalars is not None:
            part = scalars.array.NewInstance()
            part.SetNumberOfComponents(scalars.array.GetNumberOfComponents())
            part.SetName(_CELL_SCALARS)
            part.InsertTuples(0, count, first, scalars.array)
            bare.GetCellData().AddArray(part)
        split = vtkTriangleFilter()
        split.SetInputData(bare)
        split.Update()
        output = split.GetOutput()
        return output, output.GetCellData().GetAbstractArray(_CELL_SCALARS)

    sources = [data.GetPolys(), data.GetStrips()] + ([scalars.array] if scalars is not None else [])
    found: tuple[Any, Any] = arrays.remember(("split", first), sources, run)
    return found


def _edges(arrays: Arrays, data: Any) -> Optional[Blob]:
    """Outlines of the polygons where not all are triangles: those the page finds itself."""
    polys = data.GetPolys()
    if arrays.remember("size", [polys], lambda: size_of_cells(polys)) in (0, 3):
        return None
    return arrays.blob("indices", [polys], lambda: outlines(polys), "outlines")
