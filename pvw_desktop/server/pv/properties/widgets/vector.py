"""Numbers, always as many: a point, a direction."""

from __future__ import annotations

from typing import Any

from ...core.engine import Engine
from .kind import Kind, elements, is_single


class Vector(Kind):
    name = "vector"

    def fits(self, prop: Any) -> bool:
        return not is_single(prop)

    def get(self, engine: Engine, prop: Any) -> Any:
        return elements(prop)
