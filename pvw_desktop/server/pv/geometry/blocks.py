"""The datasets of a composite mapper input, and what the mapper does with each block. Knows no actors and no wire."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, Optional

from vtkmodules.vtkCommonDataModel import vtkPolyData
from vtkmodules.vtkFiltersCore import vtkAppendPolyData

from ..core.texts import text_of
from .arrays import Arrays
from .scalars import coloring_of

MANY = 200
"""Blocks from which on those that look alike are drawn as one: each part costs the page a draw call."""


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
    return text_of(information.Get(key)) if information.Has(key) else None


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
            attributes.GetBlockColor(level, color)
            found = dataclasses.replace(found, color=tuple(color))
        if attributes.HasBlockOpacity(level):
            found = dataclasses.replace(found, opacity=float(attributes.GetBlockOpacity(level)))
    return found


class BlockMapper:
    """A mapper as it is for one block: newer ParaViews let a block have scalars and a table of its own."""

    def __init__(self, mapper: Any, leaf: Leaf):
        self._mapper = mapper
        self._levels = leaf.above[::-1]
        getter = getattr(mapper, "GetCompositeDataDisplayAttributes", None)
        self._attributes = getter() if getter is not None else None

    def __getattr__(self, name: str) -> Any:
        own = f"Block{name[3:]}"
        has = getattr(self._attributes, f"Has{own}", None)
        for level in self._levels:
            if has is not None and has(level):
                value = getattr(self._attributes, f"Get{own}")(level)
                return lambda: value
        return getattr(self._mapper, name)


def visible_leaves(mapper: Any) -> list[tuple[Leaf, Block]]:
    """The datasets that a mapper draws, with what it does with each."""
    data = mapper.GetInputDataObject(0, 0)
    if data is None:
        return []
    found = [(leaf, block_of(mapper, leaf)) for leaf in leaves_of(data)]
    return [(leaf, block) for leaf, block in found if block.visible and leaf.data.GetNumberOfCells() > 0]


def drawn_leaves(arrays: Arrays, mapper: Any) -> list[tuple[Leaf, Block]]:
    """The same with many blocks that look alike joined into one that has no name."""
    leaves = visible_leaves(mapper)
    if len(leaves) <= MANY:
        return leaves
    alike: dict[Any, list[tuple[Leaf, Block]]] = {}
    for leaf, block in leaves:
        own = BlockMapper(mapper, leaf)
        scalars = coloring_of(arrays, own, leaf.data).scalars if block.color is None else None
        colored = (scalars.name, scalars.association, scalars.array.GetNumberOfComponents()) if scalars else None
        points = leaf.data.GetPointData()
        look = (block, colored, points.GetNormals() is None, points.GetTCoords() is None)
        alike.setdefault(look, []).append((leaf, block))
    return [
        (Leaf(_joined(arrays, [leaf.data for leaf, _ in group]), f"j{index}", None, ()), group[0][1])
        for index, group in enumerate(alike.values())
    ]


def _joined(arrays: Arrays, datasets: list[Any]) -> Any:
    def join() -> Any:
        append = vtkAppendPolyData()
        for data in datasets:
            append.AddInputData(data)
        append.Update()
        result = vtkPolyData()
        result.ShallowCopy(append.GetOutput())
        return result

    return arrays.remember("joined", datasets, join)
