"""What every kind of widget can do, and what they share: elements of vector properties as JSON and back."""

from __future__ import annotations

import math
from typing import Any, Optional

from pvw_desktop.protocol.errors import BadRequest
from pvw_desktop.protocol.messages.proxy import Choice

from ...core.engine import Engine
from ...core.owned import domains
from ...core.texts import Native, clean, native_of, text_of


class Kind:
    """One kind of widget, by the name of its declaration in protocol/widgets.py. Holds nothing of any property."""

    name = ""

    def fits(self, prop: Any) -> bool:
        """Whether this kind edits a property, where none of the kinds before it does."""
        raise NotImplementedError

    def get(self, engine: Engine, prop: Any) -> Any:
        """The value as the wire carries it."""
        found = elements(prop)
        return found[0] if found else None

    def put(self, engine: Engine, prop: Any, value: Any) -> None:
        """Sets the value without pushing it; BadRequest where it does not fit."""
        put_elements(prop, value)

    def choices(self, prop: Any) -> list[Choice]:
        """What can be chosen, for kinds that offer a choice."""
        return []

    def fixed_choices(self, prop: Any) -> Optional[list[Choice]]:
        """The choices where they never change; None where they follow the data."""
        return []


def is_single(prop: Any) -> bool:
    """Whether a vector property always has one element."""
    return bool(prop.GetNumberOfElements() == 1 and not prop.GetRepeatCommand())


def is_text(prop: Any) -> bool:
    """Whether its elements are texts."""
    return bool(prop.IsA("vtkSMStringVectorProperty"))


def is_integer(prop: Any) -> bool:
    """Whether only integers fit."""
    return bool(prop.IsA("vtkSMIntVectorProperty") or prop.IsA("vtkSMIdTypeVectorProperty"))


def elements(prop: Any) -> list[Any]:
    """All elements as JSON holds them."""
    if not hasattr(prop, "GetElement"):
        return []
    return [_plain(prop.GetElement(index)) for index in range(prop.GetNumberOfElements())]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return text_of(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def names_for(prop: Any) -> list[Native]:
    """The names that a property offers, as ParaView has them."""
    return [name for domain in domains(prop) if domain.IsA("vtkSMStringListDomain") for name in strings(domain)]


def strings(domain: Any) -> list[Native]:
    """The strings of a vtkSMStringListDomain."""
    return [domain.GetString(index) for index in range(domain.GetNumberOfStrings())]


def put_elements(prop: Any, value: Any) -> None:
    """Sets the elements to a list of scalars, or to one."""
    values = value if isinstance(value, list) else [value]
    if not prop.GetRepeatCommand() and len(values) != prop.GetNumberOfElements():
        raise BadRequest(f"{prop.GetXMLLabel()} takes {prop.GetNumberOfElements()} values, not {len(values)}.")
    try:
        ready = [_scalar(prop, item) for item in values]
        if prop.GetRepeatCommand():
            prop.SetNumberOfElements(len(ready))
        for index, item in enumerate(ready):
            prop.SetElement(index, item)
    except OverflowError:
        raise BadRequest(f"{prop.GetXMLLabel()} does not take so large a number.") from None


def _scalar(prop: Any, value: Any) -> Any:
    label = prop.GetXMLLabel()
    if is_text(prop):
        if not isinstance(value, str):
            raise BadRequest(f"{label} takes text.")
        return native_of(clean(value), names_for(prop))
    if isinstance(value, bool):
        return int(value)
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        raise BadRequest(f"{label} takes a number.")
    if not is_integer(prop):
        return float(value)
    if value != int(value):
        raise BadRequest(f"{label} takes an integer.")
    return int(value)
