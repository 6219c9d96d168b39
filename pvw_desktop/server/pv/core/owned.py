"""Everything that the server manager makes anew for whoever asks: proxies and iterators, with one reference, not two.

ParaView's `New…` calls return an object whose first reference belongs to the caller. Python's wrapper takes another one
and gives back only that, so the object, and the data it holds, would stay for ever. No other module calls `New…`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from paraview import servermanager as sm


def _owned(made: Any) -> Any:
    """The object with the caller's reference given back: Python's own keeps it, for as long as somebody uses it."""
    if made is not None:
        made.UnRegister(None)
    return made


def new_proxy(pxm: Any, group: str, name: str) -> Any:
    """A new proxy that nothing else knows; None for a name ParaView does not have."""
    return _owned(pxm.NewProxy(group, name))


def definitions(pxm: Any, group: str) -> Iterator[str]:
    """The names of the proxies of a group, made or not."""
    iterator = _owned(pxm.GetProxyDefinitionManager().NewSingleGroupIterator(group))
    iterator.InitTraversal()
    while not iterator.IsDoneWithTraversal():
        yield str(iterator.GetProxyName())
        iterator.GoToNextItem()


def in_group(pxm: Any, group: str) -> list[tuple[Any, Any]]:
    """Names, as ParaView has them, and proxies of what is registered in a group, in its order."""
    names = [pxm.GetProxyName(group, index) for index in range(pxm.GetNumberOfProxies(group))]
    found = [(name, pxm.GetProxy(group, name)) for name in names]
    return [(name, proxy) for name, proxy in found if proxy is not None]


def registered(pxm: Any) -> Iterator[tuple[str, Any, Any]]:
    """Group, name and proxy of everything that is registered."""
    iterator = sm.vtkSMProxyIterator()
    iterator.SetSessionProxyManager(pxm)
    iterator.SetModeToAll()
    iterator.Begin()
    while not iterator.IsAtEnd():
        yield str(iterator.GetGroup()), iterator.GetKey(), iterator.GetProxy()
        iterator.Next()


def properties(proxy: Any) -> Iterator[tuple[str, Any]]:
    """Names and properties in the order of ParaView's XML."""
    iterator = sm.vtkSMOrderedPropertyIterator()
    iterator.SetProxy(proxy)
    iterator.Begin()
    while not iterator.IsAtEnd():
        yield iterator.GetKey(), iterator.GetProperty()
        iterator.Next()


def domains(prop: Any) -> Iterator[Any]:
    """The domains of a property."""
    iterator = _owned(prop.NewDomainIterator())
    iterator.Begin()
    while not iterator.IsAtEnd():
        yield iterator.GetDomain()
        iterator.Next()
