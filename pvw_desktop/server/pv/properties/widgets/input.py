"""A further input of a filter: a node and one of its output ports."""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol.errors import BadRequest

from ...core.engine import Engine
from ..access import domain_of
from .kind import Kind


class Input(Kind):
    name = "input"

    def fits(self, prop: Any) -> bool:
        return bool(prop.IsA("vtkSMInputProperty")) and domain_of(prop, "vtkSMProxyListDomain") is None

    def get(self, engine: Engine, prop: Any) -> Any:
        target = prop.GetProxy(0) if prop.GetNumberOfProxies() else None
        if target is None:
            return None
        return {"node": engine.remember(target), "port": int(prop.GetOutputPortForConnection(0))}

    def put(self, engine: Engine, prop: Any, value: Any) -> None:
        if value is None:
            prop.RemoveAllProxies()
            return
        if not isinstance(value, dict) or not isinstance(value.get("node"), str):
            raise BadRequest(f"{prop.GetXMLLabel()} takes a node and a port.")
        source = engine.node(value["node"])
        owner = prop.GetParent()
        if owner is not None and value["node"] in engine.downstream(owner):
            raise BadRequest(f"{engine.name_of(source)} depends on this item and cannot be its input.")
        port = value.get("port", 0)
        if not isinstance(port, int) or not 0 <= port < source.GetNumberOfOutputPorts():
            raise BadRequest(f"{engine.name_of(source)} has no output port {port}.")
        prop.SetInputConnection(0, source, port)
