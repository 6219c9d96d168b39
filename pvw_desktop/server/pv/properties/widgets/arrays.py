"""Which arrays a reader or filter takes."""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol.errors import BadRequest

from ...core.engine import Engine
from ...core.texts import native_of, text_of
from ..access import domain_of
from .kind import Kind, elements, is_text, names_for, strings


class Arrays(Kind):
    name = "arrays"

    def fits(self, prop: Any) -> bool:
        listed = is_text(prop) and domain_of(prop, "vtkSMArraySelectionDomain") is not None
        return bool(listed and prop.GetRepeatCommand())

    def get(self, engine: Engine, prop: Any) -> Any:
        flat = elements(prop)
        chosen = {str(flat[at]): str(flat[at + 1]) not in ("0", "") for at in range(0, len(flat) - 1, 2)}
        known = [text_of(name) for name in strings(domain_of(prop, "vtkSMArraySelectionDomain"))]
        return [[name, chosen.get(name, True)] for name in known or list(chosen)]

    def put(self, engine: Engine, prop: Any, value: Any) -> None:
        if not isinstance(value, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
            raise BadRequest(f"{prop.GetXMLLabel()} takes pairs of a name and true or false.")
        known = names_for(prop)
        prop.SetNumberOfElements(2 * len(value))
        for index, (name, chosen) in enumerate(value):
            prop.SetElement(2 * index, native_of(str(name), known))
            prop.SetElement(2 * index + 1, "1" if chosen else "0")
