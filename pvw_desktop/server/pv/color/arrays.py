"""The arrays of data that something can be coloured by. Knows no representations and no maps; `info` is a
vtkPVDataInformation."""

from __future__ import annotations

from typing import Any

from ..core.associations import NUMBERS
from ..core.texts import Native, native_of, text_of
from ..pipeline.information import is_text

ASSOCIATION_NUMBERS = {name: NUMBERS[name] for name in ("POINTS", "CELLS", "FIELD")}
ASSOCIATIONS = {number: name for name, number in ASSOCIATION_NUMBERS.items()}
_BOOKKEEPING = frozenset(
    ("normals", "texture coordinates", "objectid", "object_id", "ids", "globalnodeid", "globalelementid",
     "pedigreenodeid", "pedigreeelementid")
)  # fmt: skip


def first_array(info: Any) -> tuple[str, str]:
    """The array new data is coloured by: the first scalar, points before cells; empty where there is none."""
    for wanted in (lambda size: size == 1, lambda size: size <= 3):
        for association, number in (("POINTS", 0), ("CELLS", 1)):
            attributes = info.GetAttributeInformation(number)
            for index in range(attributes.GetNumberOfArrays()):
                array = attributes.GetArrayInformation(index)
                name = text_of(array.GetName())
                if wanted(array.GetNumberOfComponents()) and _telling(name) and not is_text(array):
                    return name, association
    return "", "POINTS"


def _telling(name: str) -> bool:
    """Not an id, a normal or a bookkeeping array: those are no first look at a result."""
    plain = name.lower()
    return bool(name) and not name.startswith("vtk") and plain not in _BOOKKEEPING


def array_of(info: Any, name: str, association: int) -> Any:
    """What is known of an array; None where there is none of that name."""
    return info.GetArrayInformation(native_of(name, own_names(info, association)), association)


def own_names(info: Any, association: int) -> list[Native]:
    """The names of the arrays of one association, as ParaView has them."""
    group = info.GetAttributeInformation(association)
    return [group.GetArrayInformation(index).GetName() for index in range(group.GetNumberOfArrays())] if group else []


def all_names(info: Any) -> set[str]:
    """Of all arrays that something can be coloured by."""
    return {text_of(name) for number in ASSOCIATIONS for name in own_names(info, number)}
