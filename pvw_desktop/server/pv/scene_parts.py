"""An actor as parts of a scene: its mapper's input, block by block, with the look that the mapper gives each.

Knows no proxies: whose actor it is, scene.py says (`Owner`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any, Optional

from pvw_desktop.protocol.messages.scene import Mesh, ScenePart

from .scene_arrays import Arrays, Numbers, numbers_of
from .scene_colors import Coloring, coloring_of
from .scene_look import appearance_of, matrix_of
from .scene_mesh import Wanted, meshes_of

MESH_MAPPERS = ("vtkCompositePolyDataMapper2", "vtkCompositePolyDataMapper", "vtkPolyDataMapper")


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


@dataclasses.dataclass(frozen=True)
class Leaf:
    """One dataset of a mapper's input."""

    data: Any
    path: str
    """Indices from the root, such as 0.2."""
    name: Optional[str]
    above: tuple[Any, ...]
    """The dataset and what it is in, root first: what block attributes are kept by."""


def leaves_of(data: Any, path: str = "", name: Optional[str] = None, above: tuple[Any, ...] = ()) -> Iterator[Leaf]:
    """The datasets of a mapper's input, composite or not."""
    above = (*above, data)
    if data.IsA("vtkPartitionedDataSet"):
        for index in range(data.GetNumberOfPartitions()):
            part = data.GetPartitionAsDataObject(index)
            if part is not None:
                yield from leaves_of(part, f"{path}.{index}", name, above)
    elif data.IsA("vtkPartitionedDataSetCollection") or data.IsA("vtkMultiBlockDataSet"):
        multi = data.IsA("vtkMultiBlockDataSet")
        count = data.GetNumberOfBlocks() if multi else data.GetNumberOfPartitionedDataSets()
        for index in range(count):
            block = data.GetBlock(index) if multi else data.GetPartitionedDataSet(index)
            if block is not None:
                yield from leaves_of(block, f"{path}.{index}", _block_name(data, index) or name, above)
    elif data.IsA("vtkDataSet"):
        yield Leaf(data, path.lstrip("."), name, above)


def _block_name(data: Any, index: int) -> Optional[str]:
    if not data.HasMetaData(index):
        return None
    information = data.GetMetaData(index)
    key = data.NAME()
    return str(information.Get(key)) if information.Has(key) else None


@dataclasses.dataclass(frozen=True)
class Block:
    """What the mapper does with one block."""

    visible: bool = True
    color: Any = None
    opacity: Optional[float] = None


def block_of(mapper: Any, leaf: Leaf) -> Block:
    """The display attributes of a block: the innermost that says something wins."""
    getter = getattr(mapper, "GetCompositeDataDisplayAttributes", None)
    attributes = getter() if getter is not None else None
    if attributes is None:
        return Block()
    found = Block()
    for level in leaf.above:
        if attributes.HasBlockVisibility(level):
            found = dataclasses.replace(found, visible=bool(attributes.GetBlockVisibility(level)))
        if attributes.HasBlockColor(level):
            color = [0.0, 0.0, 0.0]
            given = attributes.GetBlockColor(level, color) if _fills(attributes) else attributes.GetBlockColor(level)
            found = dataclasses.replace(found, color=tuple(given or color))
        if attributes.HasBlockOpacity(level):
            found = dataclasses.replace(found, opacity=float(attributes.GetBlockOpacity(level)))
    return found


def _fills(attributes: Any) -> bool:
    return "color:[float, float, float])" in (attributes.GetBlockColor.__doc__ or "")


def visible_leaves(mapper: Any) -> list[tuple[Leaf, Block]]:
    """The datasets that a mapper draws, with what it does with each."""
    data = mapper.GetInputDataObject(0, 0)
    if data is None:
        return []
    found = [(leaf, block_of(mapper, leaf)) for leaf in leaves_of(data)]
    return [(leaf, block) for leaf, block in found if block.visible and leaf.data.GetNumberOfCells() > 0]


def mesh_parts(
    arrays: Arrays, actor: Any, owner: Owner, simplify: Callable[[Any], Any] = lambda data: data
) -> list[ScenePart]:
    """The parts of an actor whose mapper draws polygons, of what `simplify` makes of each dataset."""
    mapper = actor.GetMapper()
    leaves = visible_leaves(mapper)
    found: list[ScenePart] = []
    for leaf, block in leaves:
        leaf = dataclasses.replace(leaf, data=simplify(leaf.data))
        coloring = coloring_of(arrays, mapper, leaf.data) if block.color is None else Coloring(solid=block.color)
        found += _leaf_parts(arrays, actor, owner, leaf, coloring, block, len(leaves) > 1)
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
            block=(leaf.name or leaf.path) if several else None,
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
        return numbers_of(texture.MapScalarsToColors(scalars))

    width, height = image.GetDimensions()[:2]
    blob = arrays.blob("texture", [scalars, texture], texels)
    return dataclasses.replace(mesh, texture=blob, texture_size=(int(width), int(height)))
