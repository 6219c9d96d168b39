"""One of several proxies, with properties of their own: a plane or a box to clip with."""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol.errors import BadRequest

from ...core.engine import Engine
from ..access import domain_of
from .kind import Kind


class ProxyChoice(Kind):
    name = "proxy"

    def fits(self, prop: Any) -> bool:
        return bool(prop.IsA("vtkSMProxyProperty"))

    def get(self, engine: Engine, prop: Any) -> Any:
        target = prop.GetProxy(0) if prop.GetNumberOfProxies() else None
        return engine.remember(target) if target is not None else None

    def put(self, engine: Engine, prop: Any, value: Any) -> None:
        if value is None:
            prop.RemoveAllProxies()
            return
        target = engine.proxy(str(value))
        domain = domain_of(prop, "vtkSMProxyListDomain")
        if domain is not None:
            inner = (domain.GetProxy(index) for index in range(domain.GetNumberOfProxies()))
            if str(value) not in {str(proxy.GetGlobalIDAsString()) for proxy in inner}:
                raise BadRequest(f"{prop.GetXMLLabel()} does not take that.")
        prop.SetProxy(0, target)
