"""Pieces that several domains share."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Literal, Optional

from ..registry import Nothing
from ..schema import Length, Range

__all__ = ["DataArray", "Association", "Id", "Name", "NodeRef", "Nothing", "Port", "PortNumber", "Vector3"]

Association = Literal["POINTS", "CELLS", "FIELD", "VERTICES", "EDGES", "ROWS"]
Id = Annotated[str, "id of a proxy, as the topics give it", Length(32)]
Name = Annotated[str, Length(512)]
PortNumber = Annotated[int, "index of an output port", Range(0, 64)]
Vector3 = tuple[float, float, float]
OfView = Annotated[Optional[Id], "the view it is about; null: the first one"]


@dataclasses.dataclass(frozen=True)
class Port:
    """An output port of a pipeline node."""

    node: Id
    port: PortNumber = 0


@dataclasses.dataclass(frozen=True)
class NodeRef:
    """The node that came out of a request."""

    node: Id


@dataclasses.dataclass(frozen=True)
class DataArray:
    """A data array, with the range of each component over the current time step."""

    name: str
    association: Association
    components: Annotated[int, "number of components"]
    component_names: Annotated[list[str], "empty where the data names none"]
    ranges: Annotated[list[Optional[tuple[float, float]]], "per component; with several, the magnitude's first"]
    type: Annotated[str, "VTK's name of the value type, such as float or int"] = ""
