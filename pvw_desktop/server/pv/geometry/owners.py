"""Whose prop is it: from what the renderer draws back to the node and port that a representation shows."""

from __future__ import annotations

from typing import Any, Optional

from ..core.engine import Engine
from ..properties.access import Proxy
from .parts import Owner


class Owners:
    """The representations that are shown now."""

    def __init__(self, engine: Engine, view: Proxy):
        self._engine = engine
        self._view = view
        self._found = [(self._active(proxy), self._owner(proxy)) for proxy in self._shown()]

    def of(self, prop: Any) -> Optional[Owner]:
        """The owner of a prop; None for what belongs to no representation."""
        for representation, owner in self._found:
            getter = getattr(representation, "GetActor", None)
            if getter is not None and getter() is prop:
                return owner
        mapper = prop.GetMapper() if hasattr(prop, "GetMapper") else None
        data = mapper.GetInputDataObject(0, 0) if mapper is not None else None
        for representation, owner in self._found:
            if data is not None and self._delivered(representation) is data:
                return owner
        return None

    def _shown(self) -> list[Proxy]:
        shown = self._view.GetProperty("Representations")
        proxies = [shown.GetProxy(index) for index in range(shown.GetNumberOfProxies())]
        visible = [(proxy, proxy.GetProperty("Visibility")) for proxy in proxies if proxy is not None]
        return [proxy for proxy, prop in visible if prop is not None and prop.GetElement(0)]

    @staticmethod
    def _active(proxy: Proxy) -> Any:
        """VTK's representation; of one with several forms (Surface, Volume …) that which is chosen."""
        representation = proxy.GetClientSideObject()
        active = getattr(representation, "GetActiveRepresentation", None)
        return (active() if active is not None else None) or representation

    def _delivered(self, representation: Any) -> Any:
        """The data that the view gave a representation to draw: some props are known by nothing else."""
        deliveries = self._view.GetClientSideObject().GetDeliveryManager()
        if deliveries is None or not representation.IsA("vtkPVDataRepresentation"):
            return None
        if deliveries.GetNumberOfPorts(representation) == 0:
            return None
        return deliveries.GetProducer(representation, False).GetProducer().GetOutputDataObject(0)

    def _owner(self, proxy: Proxy) -> Owner:
        source: Any = None
        port = 0
        entry = proxy.GetProperty("Input")
        if entry is not None and entry.GetNumberOfProxies():
            source, port = entry.GetProxy(0), int(entry.GetOutputPortForConnection(0))
        kind = proxy.GetProperty("Representation")
        name = self._engine.name_of(source) if source is not None else None
        return Owner(
            key=str(proxy.GetGlobalIDAsString()),
            node=str(source.GetGlobalIDAsString()) if name is not None else None,
            port=port,
            name=name or "",
            kind=str(kind.GetElement(0)) if kind is not None else str(proxy.GetXMLLabel() or ""),
        )
