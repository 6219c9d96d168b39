"""What a session is like before anything was opened, and the way back to it.

Knows proxies and their properties; which of them make up a session is told by whoever asks.
"""

from __future__ import annotations

from typing import Any

from ..properties.access import Proxy
from .engine import Engine
from .owned import properties, registered

_STAYS = ("ViewSize", "ViewPosition", "ViewTime")
"""Properties that belong to the window, or follow the session's time."""


class Fresh:
    """Remembers what is registered, and values of proxies as they were at birth."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._born: set[str] = set()
        self._values: dict[str, dict[str, list[Any]]] = {}

    def remember(self, *proxies: Proxy) -> None:
        """Called once, when the session is fresh: what is registered now stays, and these have their values back."""
        self._born = {ident for _, _, _, ident in self._registered()}
        self._values = {str(proxy.GetXMLName()): _values_of(proxy) for proxy in proxies}

    def unregister_others(self, kept: Proxy) -> None:
        """Takes everything out that came later, but for one view with its layout and helpers."""
        own = str(kept.GetGlobalIDAsString())
        for group, name, proxy, ident in self._registered():
            if ident in self._born or ident == own or group.endswith(f".{own}") or _holds(proxy, kept):
                continue
            if proxy.IsA("vtkSMViewProxy"):
                self._engine.controller.UnRegisterProxy(proxy)
            else:
                self._engine.pxm.UnRegisterProxy(group, name, proxy)

    def give_back(self, proxy: Proxy) -> None:
        """Gives a proxy, and the proxies inside it, the values of its kind at birth; of a kind that was not there then,
        the defaults."""
        values = self._values.get(str(proxy.GetXMLName()))
        if values is None:
            _reset(proxy)
            return
        for name, prop in properties(proxy):
            if prop.GetInformationOnly() or name in _STAYS or name not in values:
                continue
            if prop.IsA("vtkSMVectorProperty"):
                _set(prop, values[name])
            elif prop.IsA("vtkSMProxyProperty"):
                if not values[name]:
                    prop.RemoveAllProxies()
                for index in range(prop.GetNumberOfProxies()):
                    _reset(prop.GetProxy(index))
        proxy.UpdateVTKObjects()

    def _registered(self) -> list[tuple[str, Any, Proxy, str]]:
        found = registered(self._engine.pxm)
        return [(group, name, proxy, str(proxy.GetGlobalIDAsString())) for group, name, proxy in found]


def _holds(layout: Proxy, view: Proxy) -> bool:
    return bool(layout.IsA("vtkSMViewLayoutProxy")) and layout.GetViewLocation(view) >= 0


def _values_of(proxy: Proxy) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for name, prop in properties(proxy):
        if prop.IsA("vtkSMVectorProperty"):
            found[name] = [prop.GetElement(index) for index in range(prop.GetNumberOfElements())]
        elif prop.IsA("vtkSMProxyProperty"):
            found[name] = [None] * prop.GetNumberOfProxies()  # how many counts; held, none of them would ever go
    return found


def _set(prop: Any, elements: list[Any]) -> None:
    if prop.GetNumberOfElements() != len(elements):
        prop.SetNumberOfElements(len(elements))
    for index, element in enumerate(elements):
        prop.SetElement(index, element)


def _reset(proxy: Proxy) -> None:
    if proxy is None or proxy.IsA("vtkSMSourceProxy"):
        return
    for name, prop in properties(proxy):
        if prop.IsA("vtkSMVectorProperty") and name not in _STAYS and not prop.GetInformationOnly():
            prop.ResetToDefault()
    proxy.UpdateVTKObjects()
