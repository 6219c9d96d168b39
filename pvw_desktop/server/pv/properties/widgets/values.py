"""Numbers, as many as one likes: isovalues."""

from __future__ import annotations

from typing import Any

from ...core.engine import Engine
from .kind import Kind, elements


class Values(Kind):
    name = "values"

    def fits(self, prop: Any) -> bool:
        return bool(prop.GetRepeatCommand())

    def get(self, engine: Engine, prop: Any) -> Any:
        return elements(prop)
