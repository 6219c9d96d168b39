"""State files (.pvsm): saving the work, and taking it up again.

Beside ParaView's own element there is one of ours with the state of each node (ok, error and its sentence), which
ParaView does not keep. Every ParaView passes over it.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from typing import Callable, Optional
from xml.etree import ElementTree
from xml.parsers import expat

from pvw_desktop.protocol.errors import Failed

from ..properties.access import Proxy
from ..views.registry import Views
from . import texts
from .engine import Engine
from .messages import Listener
from .owned import in_group, properties, registered

PREVIOUS = ".previous"
_ESCAPED = b"<!-- _xHHHH_ stands for a character that XML has no way to hold -->"
"""The last line of a state file whose attributes have such characters."""
_END = b"</GenericParaViewApplication>"
_PROBE_BYTES = 1 << 16

NodeStates = dict[str, tuple[str, Optional[str]]]
"""By the node's name: new, modified, ok or error, and the sentence of the error."""

_REASONS = {
    errno.ENOSPC: ("the disk is full", "Make room on the disk."),
    errno.EDQUOT: ("your share of the disk is used up", "Make room on the disk."),
    errno.EFBIG: ("a file may not be that large here", "Raise the limit of the size of files."),
    errno.EACCES: ("its folder may not be written", "Check the rights of the folder."),
    errno.EPERM: ("its folder may not be written", "Check the rights of the folder."),
    errno.EROFS: ("its disk can only be read", "Check how the disk is mounted."),
    errno.ENOENT: ("its folder is gone", "Make the folder again."),
}


class States:
    """Saves and loads the whole session."""

    def __init__(self, engine: Engine, views: Views, listener: Listener):
        self._engine = engine
        self._views = views
        self._listener = listener
        self.node_states: Callable[[], NodeStates] = dict
        """What is saved about the nodes."""

    def save(self, path: str, step: bool = True) -> None:
        """Writes the work. After a step (not a mere move of the camera) what was there stays as `<path>.previous`.

        Raises Failed with what stops it; what was there is whole at every moment.
        """
        fresh = f"{path}.new"
        try:
            self._write(fresh)
            if step and os.path.exists(path):
                shutil.copyfile(path, fresh + PREVIOUS)
                os.replace(fresh + PREVIOUS, path + PREVIOUS)
            os.replace(fresh, path)
        except OSError as error:
            reason, hint = _REASONS.get(error.errno or 0, (error.strerror or str(error), "The log may say more."))
            raise Failed(f"{reason[:1].upper()}{reason[1:]}.", hint) from error
        finally:
            for left in (fresh, fresh + PREVIOUS):
                with suppress(OSError):
                    os.remove(left)

    def _write(self, fresh: str) -> None:
        """ParaView says only whether it could open the file; what else stops it is asked of the system."""
        with open(fresh, "wb"):
            pass
        self._engine.pxm.SaveXMLState(fresh)
        with open(fresh, "r+b") as file:
            text = file.read()
            end = text.rfind(_END)
            if end < 0:  # cut short, as a full disk leaves it: writing on shows why
                file.write(b" " * _PROBE_BYTES)
            else:
                text = text[:end] + _ours(self.node_states()) + b"\n" + text[end:]
                # What files and ParaView bring may hold what XML cannot: nobody could read the state again.
                escaped = texts.escape(text)
                text = text if escaped is text else escaped + _ESCAPED + b"\n"
                file.seek(0)
                file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            expat.ParserCreate().Parse(text, True)  # builds nothing: a state has megabytes
        except expat.ExpatError as error:
            raise Failed(
                f"What ParaView wrote cannot be read back ({error}){_where(text, error)}.",
                "A name or a text with a character that XML does not have may be the cause: give it another one.",
            ) from error

    def check(self, path: str) -> None:
        """Raises Failed where the file is no whole state file."""
        if not _is_whole(path):
            raise Failed(f"{texts.file_name(path)} is not a ParaView state file.", "It may be cut short; try a backup.")

    def load(self, path: str) -> NodeStates:
        """Loads a state file into the session, which must be empty; what it says about its nodes. Failed where the file
        is none."""
        self.check(path)
        pxm = self._engine.pxm
        self._views.release()
        for name, layout in in_group(pxm, "layouts"):
            pxm.UnRegisterProxy("layouts", name, layout)  # empty now; the state brings its own
        try:
            self._load(path)
        finally:
            self._views.adopt_from_state()
        return {
            str(node.get("name")): (str(node.get("state")), node.get("message"))
            for node in ElementTree.parse(path).getroot().iterfind("PVWDesktop/Node")
        }

    def _load(self, path: str) -> None:
        """ParaView makes XML of what it read before it looks at it, so what was escaped is put right afterwards.
        Readers look for their files before that: in vain, where a name is escaped, and again afterwards."""
        if not _is_escaped(path):
            self._engine.pxm.LoadXMLState(path)
        else:
            with self._listener.without_algorithms():
                self._engine.pxm.LoadXMLState(path)
            for group, name, proxy in list(registered(self._engine.pxm)):
                _unescape(proxy)
                native = texts.unescape(texts.text_of(name))
                if native != name:
                    self._engine.pxm.RegisterProxy(group, native, proxy)
                    self._engine.pxm.UnRegisterProxy(group, name, proxy)


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
        if proxy.IsA("vtkSMSourceProxy"):
            proxy.UpdatePipelineInformation()


def _ours(states: NodeStates) -> bytes:
    root = ElementTree.Element("PVWDesktop", version="1")
    for name, (state, message) in states.items():
        node = ElementTree.SubElement(root, "Node", name=_printable(name, ""), state=state)
        if message is not None:
            node.set("message", _printable(message, " "))
    return b"  " + ElementTree.tostring(root, "us-ascii")


def _where(text: bytes, error: expat.ExpatError) -> str:
    """The line that stops the parser, made printable."""
    lines = text.split(b"\n")
    line = lines[error.lineno - 1] if 0 < error.lineno <= len(lines) else b""
    shown = _printable(line.decode("utf-8", "replace").strip(), "\N{REPLACEMENT CHARACTER}")
    return f", at {shown[:160]}" if shown else ""


def _printable(text: str, instead: str) -> str:
    return "".join(letter if letter.isprintable() else instead for letter in text)


def _is_whole(path: str) -> bool:
    try:
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError):
        return False
    return root.tag == "ServerManagerState" or root.find("ServerManagerState") is not None
