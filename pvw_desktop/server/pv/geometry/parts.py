"""An actor as parts of a scene: its mapper's input, block by block, with the look that the mapper gives each.

Knows no proxies: whose actor it is, scene.py says (`Owner`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, Optional

from vtkmodules.vtkCommonCore import VTK_RGB, VTK_RGBA, vtkLookupTable, vtkScalarsToColors

from pvw_desktop.protocol.messages.scene import Mesh, ScenePart

from .appearance import appearance_of, matrix_of
from .arrays import Arrays, Numbers, numbers_of
from .blocks import Block, BlockMapper, Leaf, drawn_leaves, leaves_of
from .meshes import Wanted, meshes_of
from .scalars import Coloring, coloring_of

MESH_MAPPERS = ("vtkCompositePolyDataMapper2", "vtkCompositePolyDataMapper", "vtkOpenGLPolyDataMapper")
"""By exact name: what is derived from them draws something else, such as spheres for points, or LIC."""

_MAP, _DIRECT = 1, 2
"""VTK's colour modes: through the table always, and scalars that are colours."""


@dataclasses.dataclass(frozen=True)
class Owner:
    """Whose prop it is: the node and port that a representation shows, and words for a person."""

    key: str
    """Begins the ids of its parts."""
    node: Optional[str] = None
    port: int = 0
    name: str = ""
    """Such as "Glyphs3D"; empty for what belongs to no node."""
    kind: str = ""
    """The representation type, such as "3D Glyphs"."""


def mesh_parts(
    arrays: Arrays, actor: Any, owner: Owner, simplify: Callable[[Any], Any] = lambda data: data
) -> list[ScenePart]:
    """The parts of an actor whose mapper draws polygons, of what `simplify` makes of each dataset."""
    mapper = actor.GetMapper()
    leaves = drawn_leaves(arrays, mapper)
    several = sum(1 for _ in leaves_of(mapper.GetInputDataObject(0, 0))) > 1
    found: list[ScenePart] = []
    for leaf, block in leaves:
        leaf = dataclasses.replace(leaf, data=simplify(leaf.data))
        own = BlockMapper(mapper, leaf)
        coloring = coloring_of(arrays, own, leaf.data) if block.color is None else Coloring(solid=block.color)
        found += _leaf_parts(arrays, actor, owner, leaf, coloring, block, several)
    return found


def _leaf_parts(
    arrays: Arrays, actor: Any, owner: Owner, leaf: Leaf, coloring: Coloring, block: Block, several: bool
) -> list[ScenePart]:
    look = appearance_of(actor.GetProperty(), coloring.solid, block.opacity)
    texture = actor.GetTexture() if leaf.data.GetPointData().GetTCoords() is not None else None
    wanted = Wanted(
        scalars=coloring.scalars,
        normals=not look.flat,
        wireframe=look.style == "wireframe",
        edges=look.edges,
        texcoords=texture is not None,
    )
    meshes = meshes_of(arrays, leaf.data, wanted)
    if texture is not None:
        meshes = [_textured(arrays, mesh, texture) for mesh in meshes]
    return [
        ScenePart(
            id="-".join(filter(None, (owner.key, leaf.path, str(index) if index else ""))),
            node=owner.node,
            port=owner.port,
            block=(leaf.name or leaf.path) if several and leaf.above else None,
            appearance=look,
            matrix=matrix_of(actor),
            colors=coloring.table if mesh.scalars is not None else None,
            mesh=mesh,
            array=coloring.scalars.name if coloring.scalars is not None else None,
        )
        for index, mesh in enumerate(meshes)
    ]


def _textured(arrays: Arrays, mesh: Mesh, texture: Any) -> Mesh:
    texture.Update()
    image = texture.GetInput()
    scalars = image.GetPointData().GetScalars() if image is not None else None
    if scalars is None:
        return mesh

    def texels() -> Numbers:
        colors, mode = scalars, texture.GetColorMode()
        if mode == _MAP or scalars.GetDataTypeAsString() != "unsigned char":
            colors = (texture.GetLookupTable() or vtkLookupTable()).MapScalars(scalars, mode, -1, VTK_RGBA)
        elif scalars.GetNumberOfComponents() < VTK_RGB:  # grey, with or without alpha
            colors = vtkScalarsToColors().MapScalars(scalars, _DIRECT, -1, VTK_RGBA)
        return numbers_of(colors)

    width, height = image.GetDimensions()[:2]
    blob = arrays.blob("texture", [scalars, texture], texels)
    return dataclasses.replace(mesh, texture=blob, texture_size=(int(width), int(height)))
