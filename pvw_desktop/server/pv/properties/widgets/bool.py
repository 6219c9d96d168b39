"""On or off."""

from __future__ import annotations

from typing import Any

from ...core.engine import Engine
from ..access import domain_of
from .kind import Kind, elements, is_single, is_text


class Bool(Kind):
    name = "bool"

    def fits(self, prop: Any) -> bool:
        return not is_text(prop) and domain_of(prop, "vtkSMBooleanDomain") is not None and is_single(prop)

    def get(self, engine: Engine, prop: Any) -> Any:
        return bool(elements(prop)[0])
