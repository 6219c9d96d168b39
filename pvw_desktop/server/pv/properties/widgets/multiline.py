"""Text of several lines, or several texts."""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol.errors import BadRequest

from ...core.engine import Engine
from ...core.texts import clean, text_of
from ..access import hint_elements
from .kind import Kind, elements, is_text


class Multiline(Kind):
    name = "multiline"

    def fits(self, prop: Any) -> bool:
        if not is_text(prop):
            return False
        hinted = any((element.GetAttribute("type") or "") == "multi_line" for element in hint_elements(prop, "Widget"))
        return bool(prop.GetRepeatCommand() or hinted or (prop.GetPanelWidget() or "") == "multi_line")

    def get(self, engine: Engine, prop: Any) -> Any:
        return "\n".join(text_of(element) for element in elements(prop))

    def put(self, engine: Engine, prop: Any, value: Any) -> None:
        if not isinstance(value, str):
            raise BadRequest(f"{prop.GetXMLLabel()} takes text.")
        value = clean(value)
        lines = [line for line in value.split("\n") if line] if prop.GetRepeatCommand() else [value]
        prop.SetNumberOfElements(len(lines))
        for index, line in enumerate(lines):
            prop.SetElement(index, line)
