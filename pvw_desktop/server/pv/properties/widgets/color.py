"""A colour."""

from __future__ import annotations

from typing import Any

from ...core.engine import Engine
from .kind import Kind, elements


class Color(Kind):
    name = "color"

    def fits(self, prop: Any) -> bool:
        return "color" in (prop.GetPanelWidget() or "") and prop.GetNumberOfElements() == 3

    def get(self, engine: Engine, prop: Any) -> Any:
        return elements(prop)
