"""The array that a filter works on."""

from __future__ import annotations

from typing import Any, Optional

from pvw_desktop.protocol.errors import BadRequest
from pvw_desktop.protocol.messages.proxy import Choice

from ...core.associations import NAMES, NUMBERS
from ...core.engine import Engine
from ...core.owned import domains
from ...core.texts import native_of, text_of
from ..access import domain_of
from .kind import Kind, elements, is_text, names_for

_NAMES = {str(number): name for number, name in NAMES.items()}
"""By what the element of a property says."""
WITH_ASSOCIATION = 5
"""Elements of a property that holds the association besides the name."""


class Array(Kind):
    name = "array"

    def fits(self, prop: Any) -> bool:
        listed = is_text(prop) and domain_of(prop, "vtkSMArrayListDomain") is not None
        return listed and prop.GetNumberOfElements() in (1, WITH_ASSOCIATION)

    def get(self, engine: Engine, prop: Any) -> Any:
        found = elements(prop)
        if len(found) == WITH_ASSOCIATION:
            return [_NAMES.get(str(found[3]), "POINTS"), text_of(found[4])]
        return ["", text_of(found[0])]

    def put(self, engine: Engine, prop: Any, value: Any) -> None:
        if not isinstance(value, list) or len(value) != 2 or not all(isinstance(part, str) for part in value):
            raise BadRequest(f"{prop.GetXMLLabel()} takes an association and an array's name.")
        if prop.GetNumberOfElements() != WITH_ASSOCIATION:
            prop.SetElement(0, native_of(value[1], names_for(prop)))
            return
        if value[0] not in NUMBERS:
            raise BadRequest(f"{prop.GetXMLLabel()} does not know the association '{value[0][:40]}'.")
        prop.SetElement(3, str(NUMBERS[value[0]]))
        prop.SetElement(4, native_of(value[1], names_for(prop)))

    def fixed_choices(self, prop: Any) -> Optional[list[Choice]]:
        return None

    def choices(self, prop: Any) -> list[Choice]:
        found = []
        for domain in domains(prop):
            associated = hasattr(domain, "GetFieldAssociation") and prop.GetNumberOfElements() == WITH_ASSOCIATION
            for index in range(domain.GetNumberOfStrings() if domain.IsA("vtkSMStringListDomain") else 0):
                number = str(domain.GetFieldAssociation(index)) if associated else ""
                text = text_of(domain.GetString(index))
                found.append(Choice([_NAMES.get(number, ""), text], text))
        return found
