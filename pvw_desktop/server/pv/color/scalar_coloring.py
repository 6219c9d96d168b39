"""What a representation is coloured by, and ParaView's own calls that change it. Knows no maps but the one in use."""

from __future__ import annotations

import functools
from typing import Any, Optional

from paraview import servermanager as sm

from ..core.texts import text_of
from ..properties.access import Proxy
from .arrays import ASSOCIATION_NUMBERS, ASSOCIATIONS, array_of

Used = tuple[str, str, Proxy]
"""Array, association and lookup table."""


def call(name: str, representation: Proxy, *arguments: Any) -> Any:
    """One of ParaView's calls for coloured representations, by its name. ParaView 6 moved them from the representation
    to a helper; both take the same arguments after it."""
    own = getattr(representation, name, None)
    if own is not None:
        return own(*arguments)
    helper = getattr(_helper(), name, None)
    return helper(representation, *arguments) if helper is not None else None


@functools.lru_cache(maxsize=1)
def _helper() -> Any:
    helper = getattr(sm, "vtkSMColorMapEditorHelper", None)
    return helper() if helper is not None else None


def view_of(representation: Proxy) -> Proxy:
    """The view that a representation is shown in."""
    return sm.vtkSMViewProxy.FindView(representation, "views")


def used_by(representation: Proxy) -> Optional[Used]:
    """What a representation is coloured by; None for solid colour."""
    prop, table = representation.GetProperty("ColorArrayName"), representation.GetProperty("LookupTable")
    if prop is None or table is None or not call("GetUsingScalarColoring", representation):
        return None
    lut = table.GetProxy(0) if table.GetNumberOfProxies() else None
    if lut is None:
        return None
    name = text_of(prop.GetElement(4))
    return name, ASSOCIATIONS.get(int(prop.GetElement(3) or 0), "POINTS"), lut


def components_used(representation: Proxy, used: Used) -> int:
    """Of the array that it is coloured by; 0 where its data has none of that name."""
    given = representation.GetProperty("Input")
    node = given.GetProxy(0) if given is not None and given.GetNumberOfProxies() else None
    if node is None:
        return 0
    info = node.GetDataInformation(given.GetOutputPortForConnection(0))
    array = array_of(info, used[0], ASSOCIATION_NUMBERS[used[1]])
    return int(array.GetNumberOfComponents()) if array is not None else 0
