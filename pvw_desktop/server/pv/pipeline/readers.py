"""ParaView's reader factory: which readers fit a file, and a node that reads it."""

from __future__ import annotations

import os
import re
from typing import Any, Optional

from paraview import servermanager as sm

from pvw_desktop.protocol.errors import Failed
from pvw_desktop.protocol.messages.files import Reader

from ..core.engine import Engine
from ..core.owned import new_proxy, properties
from ..core.texts import file_name, native_path, text_of, words_of
from ..properties.access import Proxy
from ..properties.values import put
from ..properties.widgets import kind_of
from . import tables

_CRASH = frozenset(("XdmfReader",))
"""Readers that end ParaView's process on files that another one of theirs reads."""
_PATTERN = re.compile(r"\(([^)]*)\)")
_TO_NUMBER = re.compile(r"\d+(\.\d*)?$")


class Readers:
    """The readers of this ParaView."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._factory = sm.vtkSMProxyManager.GetProxyManager().GetReaderFactory()
        if not self._factory.GetNumberOfRegisteredPrototypes():
            self._factory.UpdateAvailableReaders()

    def extensions(self) -> list[str]:
        """Endings of names that some reader claims, lower case without the leading dot."""
        found = set()
        for patterns in _PATTERN.findall(str(self._factory.GetSupportedFileTypes(self._engine.session) or "")):
            for pattern in patterns.split():
                if pattern.startswith("*."):
                    found.add(pattern[2:].lower())
        return sorted(found | {"pvsm"})

    def fitting(self, path: str) -> list[Reader]:
        """Readers that say they can read the file, ParaView's own choice first, and last what may crash on it."""
        native = native_path(path)
        found = _readers(self._factory.GetReaders(native, self._engine.session))
        if self._factory.CanReadFile(native, self._engine.session):
            first = str(self._factory.GetReaderName())
            found.sort(key=lambda reader: (reader.name in _CRASH, reader.name != first))
        return found

    def all(self) -> list[Reader]:
        """Every reader, for a file that none claims."""
        return sorted(_readers(self._factory.GetReaders(self._engine.session)), key=lambda reader: reader.label.lower())

    def create(self, reader: Reader, paths: list[str]) -> Proxy:
        """A registered node that reads these files as one series; it has not read them yet."""
        pxm, controller = self._engine.pxm, self._engine.controller
        proxy = new_proxy(pxm, reader.group, reader.name)
        if proxy is None:
            raise Failed(f"This ParaView has no reader called {reader.name}.")
        controller.PreInitializeProxy(proxy)
        prop = _file_property(proxy)
        if prop is None:
            raise Failed(f"{reader.label} does not take files.")
        if len(paths) > 1 and not prop.GetRepeatCommand():
            raise Failed(f"{reader.label} reads single files, not a series.", "Open one of the files by itself.")
        if prop.GetRepeatCommand():
            prop.SetNumberOfElements(len(paths))
        for index, path in enumerate(paths):
            prop.SetElement(index, native_path(path))
        proxy.UpdateVTKObjects()
        controller.PostInitializeProxy(proxy)
        tables.set_delimiter(proxy, paths[0])
        read_some_arrays(self._engine, proxy)
        controller.RegisterPipelineProxy(proxy, self._engine.free_name(_node_name(paths)))
        return proxy

    @staticmethod
    def file_of(node: Proxy) -> Optional[str]:
        """The name, without its folder, of the file a node reads; None for what reads none."""
        prop = _file_property(node)
        if prop is None or not prop.GetNumberOfElements():
            return None
        path = text_of(prop.GetElement(0))
        return os.path.basename(path) or None

    @staticmethod
    def missing_file(node: Proxy) -> Optional[str]:
        """The name, without its folder, of the first file that a node reads and that is not there."""
        prop = _file_property(node)
        paths = (
            [os.fsdecode(prop.GetElement(index) or "") for index in range(prop.GetNumberOfElements())] if prop else []
        )
        gone = next((path for path in paths if os.path.isabs(path) and not os.path.exists(path)), None)
        return file_name(gone) if gone is not None else None

    @staticmethod
    def read_again(node: Proxy) -> None:
        """Makes a node that reads files look at them anew when it is next asked."""
        helper = sm.vtkSMReaderReloadHelper()
        if _file_property(node) is not None and helper.SupportsReload(node):
            helper.ReloadFiles(node)


def _readers(listed: Any) -> list[Reader]:
    """From the factory's string list: group, name and label of each reader, one after the other."""
    strings = [str(listed.GetString(index)) for index in range(listed.GetLength())] if listed is not None else []
    return [
        Reader(name=name, group=group, label=words_of(label) if label == name else label)
        for group, name, label in zip(strings[::3], strings[1::3], strings[2::3])
    ]


def _file_property(proxy: Proxy) -> Any:
    name = sm.vtkSMCoreUtilities.GetFileNameProperty(proxy)
    return proxy.GetProperty(name) if name else None


def read_some_arrays(engine: Engine, node: Proxy) -> None:
    """Switches arrays on where a reader begins with none of them.

    ParaView shows such a reader before it reads, so that a person can tick arrays. Here it reads at once, and a mesh
    without any data would look like a fault.
    """
    node.UpdatePipelineInformation()
    for name, prop in properties(node):
        if prop.IsA("vtkSMVectorProperty") and kind_of(prop).name == "arrays":
            states = kind_of(prop).get(engine, prop)
            if states and not any(chosen for _, chosen in states):
                put(engine, node, name, [[array, True] for array, _ in states])
    node.UpdateVTKObjects()


def _node_name(paths: list[str]) -> str:
    names = [file_name(path) for path in paths]
    if len(names) == 1:
        return names[0]
    # What all have in common, without the digits that only happen to be alike: Result-0.0005 and Result-0.001.
    start = _TO_NUMBER.sub("", os.path.commonprefix(names))
    rest = [name[len(start) :][::-1] for name in names]
    end = _TO_NUMBER.sub("", os.path.commonprefix(rest))[::-1]
    return f"{start}*{end}"
