"""ParaView's session in this process: its proxy manager and controller, and the way from an id to a proxy.

Works on server-manager proxies alone. paraview.simple stays out: importing it costs a third of a second at every
start, and its Python wrappers add nothing that the C++ controller does not do.
"""

from __future__ import annotations

import sys
import traceback
from typing import Optional

import vtkmodules.vtkIOXMLParser  # noqa: F401  loads the library that expat.tame looks for
from paraview import servermanager as sm
from vtkmodules.vtkCommonCore import vtkVersion

from pvw_desktop.protocol.errors import NotFound

from ..properties.access import Proxy, input_property
from . import expat
from .owned import in_group, new_proxy, properties
from .texts import text_of

KNOWS_EXPAT = (9, 3, 1)
"""From this version on VTK itself copes with a libexpat of today."""


def vtk_version() -> tuple[int, int, int]:
    """VTK's version."""
    return vtkVersion.GetVTKMajorVersion(), vtkVersion.GetVTKMinorVersion(), vtkVersion.GetVTKBuildVersion()


def _tame_expat() -> Optional[object]:
    try:
        return expat.tame() if vtk_version() < KNOWS_EXPAT else None
    except Exception:  # a ParaView that reads fewer files is better than none
        traceback.print_exc(file=sys.stderr)
        return None


class Engine:
    """One built-in ParaView session."""

    def __init__(self) -> None:
        self.session = sm.Connect().Session
        self._expat = _tame_expat()
        self.pxm = self.session.GetSessionProxyManager()
        self.controller = sm.vtkSMParaViewPipelineControllerWithRendering()
        self.controller.InitializeSession(self.session)
        self._known: dict[str, Proxy] = {}

    @staticmethod
    def version() -> str:
        """ParaView's version, such as 5.11.0."""
        manager = sm.vtkSMProxyManager
        return f"{manager.GetVersionMajor()}.{manager.GetVersionMinor()}.{manager.GetVersionPatch()}"

    # --- ids

    def remember(self, proxy: Proxy) -> str:
        """The id under which clients may speak of this proxy from now on."""
        ident = str(proxy.GetGlobalIDAsString())
        self._known[ident] = proxy
        return ident

    def proxy(self, ident: str) -> Proxy:
        """The proxy of an id that was given out; NotFound for any other."""
        proxy = self._known.get(ident)
        if proxy is None:
            raise NotFound(f"There is nothing with the id {ident[:32]} any more.")
        return proxy

    def forget_gone(self, alive: set[str]) -> None:
        """Drops every id that is not among `alive`."""
        self._known = {ident: proxy for ident, proxy in self._known.items() if ident in alive}

    # --- nodes

    def sources(self) -> list[tuple[str, Proxy]]:
        """Registered sources with their names, in ParaView's order: quicker than `nodes`."""
        found = in_group(self.pxm, "sources")
        return [(text_of(name), proxy) for name, proxy in found if hasattr(proxy, "GetOutputPort")]

    def nodes(self) -> list[tuple[str, Proxy]]:
        """Registered sources with their names, inputs before what depends on them."""
        ordered: list[tuple[str, Proxy]] = []
        waiting = sorted(self.sources(), key=lambda item: int(item[1].GetGlobalIDAsString()))
        placed: set[str] = set()
        while waiting:
            everyone = {proxy.GetGlobalIDAsString() for _, proxy in waiting}
            ready = [
                item
                for item in waiting
                if not any(source.GetGlobalIDAsString() in everyone - placed for source, _ in self.inputs(item[1]))
            ] or waiting[:1]
            ordered += ready
            placed |= {proxy.GetGlobalIDAsString() for _, proxy in ready}
            waiting = [item for item in waiting if item[1].GetGlobalIDAsString() not in placed]
        return ordered

    def node(self, ident: str) -> Proxy:
        """A pipeline node; NotFound where the id is something else."""
        proxy = self.proxy(ident)
        if self.name_of(proxy) is None:
            raise NotFound("That pipeline item is gone.")
        return proxy

    def name_of(self, proxy: Proxy) -> Optional[str]:
        """Name in the Pipeline Browser; None for what is no node."""
        name = self.pxm.GetProxyName("sources", proxy)
        return text_of(name) if name else None

    def inputs(self, proxy: Proxy) -> list[tuple[Proxy, int]]:
        """Nodes and output ports that a node takes its data from."""
        found = []
        for _, prop in properties(proxy):
            if prop.IsA("vtkSMInputProperty"):
                for index in range(prop.GetNumberOfProxies()):
                    source = prop.GetProxy(index)
                    # A stream tracer's seeds are an input as well, but no node: they belong to the filter.
                    if source is not None and self.name_of(source) is not None:
                        found.append((source, prop.GetOutputPortForConnection(index)))
        return found

    def consumers(self, proxy: Proxy) -> list[Proxy]:
        """Nodes that take data from this one."""
        ident = proxy.GetGlobalIDAsString()
        return [
            node
            for _, node in self.nodes()
            if any(source.GetGlobalIDAsString() == ident for source, _ in self.inputs(node))
        ]

    def downstream(self, proxy: Proxy) -> set[str]:
        """Ids of the node itself and of everything that depends on it."""
        found, waiting = set(), [proxy]
        while waiting:
            node = waiting.pop()
            ident = str(node.GetGlobalIDAsString())
            if ident not in found:
                found.add(ident)
                waiting += self.consumers(node)
        return found

    def free_name(self, base: str) -> str:
        """`base1`, `base2` … or, for a file's name, the name itself where it is free."""
        taken = {name for name, _ in self.nodes()}
        if base not in taken and "." in base:
            return base
        number = 1
        while f"{base}{number}" in taken:
            number += 1
        return f"{base}{number}"

    # --- creating and deleting

    def create(self, group: str, name: str, inputs: list[tuple[Proxy, int]], registered_as: str) -> Proxy:
        """A new registered node with ParaView's default values; raises NotFound for a name ParaView does not have."""
        if self.pxm.GetPrototypeProxy(group, name) is None:
            raise NotFound(f"This ParaView has no '{name[:80]}' among its {group}.")
        proxy = new_proxy(self.pxm, group, name)
        self.controller.PreInitializeProxy(proxy)
        if inputs:
            prop = input_property(proxy)
            for index, (source, port) in enumerate(inputs):
                prop.SetInputConnection(index, source, port)
        self.controller.PostInitializeProxy(proxy)
        self.controller.RegisterPipelineProxy(proxy, registered_as)
        proxy.UpdateVTKObjects()
        return proxy

    def delete(self, proxy: Proxy) -> None:
        """Unregisters a node and its representations."""
        self.controller.UnRegisterProxy(proxy)

    def has_representation(self, node: Proxy) -> bool:
        """Whether any view has shown a node."""
        ident = node.GetGlobalIDAsString()
        for _, representation in in_group(self.pxm, "representations"):
            prop = representation.GetProperty("Input")
            if prop is not None and any(
                prop.GetProxy(place) is not None and prop.GetProxy(place).GetGlobalIDAsString() == ident
                for place in range(prop.GetNumberOfProxies())
            ):
                return True
        return False


def mark_modified(node: Proxy) -> None:
    """Makes a node run again when it is next asked for its output."""
    algorithm = node.GetClientSideObject()
    if algorithm is not None:
        algorithm.Modified()
    node.MarkModified(node)
