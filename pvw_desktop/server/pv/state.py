"""State files (.pvsm): saving the work, and taking it up again."""

from __future__ import annotations

import os
import shutil
from typing import Optional
from xml.etree import ElementTree

from pvw_desktop.protocol.errors import Failed

from . import texts
from .engine import Engine, Proxy
from .owned import properties, registered
from .views import Views

PREVIOUS = ".previous"
_ESCAPED = b"<!-- _xHHHH_ stands for a character that XML has no way to hold -->"
"""The last line of a state file whose attributes have such characters."""
_ROOM = 1 << 16
"""Bytes that a disk which is not full takes."""


class States:
    """Saves and loads the whole session."""

    def __init__(self, engine: Engine, views: Views):
        self._engine = engine
        self._views = views

    def save(self, path: str, step: bool = True) -> None:
        """Writes the work. After a step (not a mere move of the camera) what was there stays as `<path>.previous`.

        Raises OSError where it cannot; what was there is whole at every moment.
        """
        fresh = f"{path}.new"
        try:
            self._engine.pxm.SaveXMLState(fresh)
            _escape(fresh)
            # A full disk leaves a cut file and ParaView does not say so: only a whole one may replace the last.
            problem = _problem(fresh)
            if problem is not None:
                _need_room(fresh)
                raise OSError(f"what ParaView wrote cannot be read ({problem})")
            if step and os.path.exists(path):
                shutil.copyfile(path, fresh + PREVIOUS)
                os.replace(fresh + PREVIOUS, path + PREVIOUS)
            os.replace(fresh, path)
        finally:
            if os.path.exists(fresh):
                os.remove(fresh)

    def check(self, path: str) -> None:
        """Raises Failed where the file is no whole state file."""
        if not _is_whole(path):
            raise Failed(
                f"{os.path.basename(path)} is not a ParaView state file.", "It may be cut short; try a backup."
            )

    def load(self, path: str) -> None:
        """Loads a state file into the session, which must be empty; Failed where the file is none."""
        self.check(path)
        self._views.release()
        try:
            self._load(path)
        finally:
            self._views.adopt_from_state()

    def _load(self, path: str) -> None:
        """ParaView makes XML of what it read before it looks at it, so what was escaped is put right afterwards, while
        nothing has run yet."""
        self._engine.pxm.LoadXMLState(path)
        if _is_escaped(path):
            for group, name, proxy in list(registered(self._engine.pxm)):
                _unescape(proxy)
                native = texts.unescape(texts.text_of(name))
                if native != name:
                    self._engine.pxm.RegisterProxy(group, native, proxy)
                    self._engine.pxm.UnRegisterProxy(group, name, proxy)


def _escape(path: str) -> None:
    """What files and ParaView bring may hold what XML cannot: without an escape nobody could read the state again."""
    with open(path, "rb") as file:
        content = file.read()
    escaped = texts.escape(content)
    if escaped is not content:
        with open(path, "wb") as file:
            file.write(escaped + _ESCAPED + b"\n")


def _is_escaped(path: str) -> bool:
    with open(path, "rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - 2 * len(_ESCAPED)))
        return file.read().rstrip().endswith(_ESCAPED)


def _unescape(proxy: Proxy) -> None:
    changed = False
    for _, prop in properties(proxy):
        if not prop.IsA("vtkSMStringVectorProperty") or prop.GetInformationOnly():
            continue
        for index in range(prop.GetNumberOfElements()):
            text = texts.text_of(prop.GetElement(index))
            native = texts.unescape(text)
            if native != text:
                prop.SetElement(index, native)
                changed = True
    if changed:
        proxy.UpdateVTKObjects()


def _need_room(path: str) -> None:
    """Raises the OSError that ParaView kept to itself: of a disk that is full, or a quota."""
    with open(path, "ab") as file:
        file.write(b" " * _ROOM)
        file.flush()
        os.fsync(file.fileno())


def _is_whole(path: str) -> bool:
    return _problem(path) is None


def _problem(path: str) -> Optional[str]:
    """Why a file is no whole state file, in the words of the parser; None where it is one."""
    try:
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError) as error:
        return str(error)
    whole = root.tag == "ServerManagerState" or root.find("ServerManagerState") is not None
    return None if whole else "it holds no state"
