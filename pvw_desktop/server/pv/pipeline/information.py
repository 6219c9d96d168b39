"""Data information of an output port, as the Information panel shows it."""

from __future__ import annotations

import math
from typing import Any, Optional

from pvw_desktop.protocol.messages.common import DataArray
from pvw_desktop.protocol.messages.proxy import Information

from ..core.associations import NAMES
from ..core.texts import text_of
from ..properties.access import Proxy

_TEXTS = frozenset(("string", "unicode string", "variant"))


def information(node: Proxy, ident: str, port: int) -> Information:
    """What ParaView knows of the data it last computed; all zero before the first time."""
    info = node.GetDataInformation(port)
    bounds = [float(value) for value in info.GetBounds()]
    return Information(
        node=ident,
        port=port,
        type=_type_name(info),
        points=int(info.GetNumberOfPoints()),
        cells=int(info.GetNumberOfCells() or info.GetNumberOfRows()),
        memory=int(info.GetMemorySize()) * 1024,
        bounds=bounds if bounds[0] <= bounds[1] else None,
        arrays=arrays(info),
        times=_times(node),
        leaves=_leaves(info),
    )


def is_text(array: Any) -> bool:
    """Whether an array holds no numbers: nothing can be coloured by it."""
    return bool(array.GetDataTypeAsString() in _TEXTS) if hasattr(array, "GetDataTypeAsString") else False


def is_empty(node: Proxy) -> bool:
    """Whether no output port holds anything."""
    infos = [node.GetDataInformation(port) for port in range(node.GetNumberOfOutputPorts())]
    return not any(info.GetNumberOfPoints() for info in infos) and draws_nothing(node)


def draws_nothing(node: Proxy) -> bool:
    """Whether no output port holds a cell or a row; points alone are not drawn."""
    infos = [node.GetDataInformation(port) for port in range(node.GetNumberOfOutputPorts())]
    return not any(info.GetNumberOfCells() or info.GetNumberOfRows() for info in infos)


def arrays(info: Any, associations: tuple[int, ...] = (0, 1, 2, 4, 5, 6)) -> list[DataArray]:
    """The arrays of a vtkPVDataInformation."""
    found = []
    for association in associations:
        attributes = info.GetAttributeInformation(association)
        count = attributes.GetNumberOfArrays() if attributes is not None else 0
        found += [_array(attributes.GetArrayInformation(index), association) for index in range(count)]
    return found


def _array(info: Any, association: int) -> DataArray:
    components = int(info.GetNumberOfComponents())
    indices = range(components) if components == 1 else range(-1, components)
    names = [text_of(info.GetComponentName(index)) for index in range(components)] if components > 1 else []
    return DataArray(
        name=text_of(info.GetName()),
        association=NAMES[association],  # type: ignore[arg-type]
        components=components,
        component_names=names if any(names) else [],
        ranges=[_range(info, index) for index in indices],
        type=str(info.GetDataTypeAsString()) if hasattr(info, "GetDataTypeAsString") else "",
    )


def _range(info: Any, component: int) -> Optional[tuple[float, float]]:
    """Of what is finite, as a colour map is fitted to the data; None where nothing is."""
    low, high = info.GetComponentFiniteRange(component)
    return (float(low), float(high)) if math.isfinite(low) and math.isfinite(high) and low <= high else None


def _type_name(info: Any) -> str:
    if info.GetCompositeDataSetType() >= 0:
        return str(info.GetPrettyDataTypeString()) if info.GetNumberOfDataSets() else "nothing yet"
    return str(info.GetPrettyDataTypeString()) if info.GetDataSetType() >= 0 else "nothing yet"


def _leaves(info: Any) -> int:
    return max(1, int(info.GetNumberOfDataSets())) if hasattr(info, "GetNumberOfDataSets") else 1


def _times(node: Proxy) -> list[float]:
    prop = node.GetProperty("TimestepValues")
    if prop is None:
        return []
    return [float(prop.GetElement(index)) for index in range(prop.GetNumberOfElements())]
