"""What can only be read."""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol.errors import BadRequest

from ...core.engine import Engine
from .kind import Kind, elements


class Label(Kind):
    name = "label"

    def fits(self, prop: Any) -> bool:
        return bool(prop.GetInformationOnly())

    def get(self, engine: Engine, prop: Any) -> Any:
        found = elements(prop)
        return found[0] if len(found) == 1 else found

    def put(self, engine: Engine, prop: Any, value: Any) -> None:
        raise BadRequest(f"{prop.GetXMLLabel()} can only be read.")
