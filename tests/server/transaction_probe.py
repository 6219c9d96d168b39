"""Run by pvpython: serves what test_transaction.py asks for by the real handlers. Before a request is served for good,
it is served so that it fails at its end, and so that it is stopped there: then the state must be the one of before.

    pvpython transaction_probe.py FOLDER SOCKET

SOCKET is the number of a file descriptor: a line of JSON for each request, and one for its answer.
"""

# mypy: ignore-errors

import json
import socket
import sys
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from inside import Inside

from pvw_desktop.protocol.errors import Cancelled, Failed
from pvw_desktop.server.handlers.registry import HANDLERS

FOLDER = Path(sys.argv[1])
FOLLOW = ("DataRangeMin", "DataRangeMax")
"""Properties that ParaView itself brings up to date with the data, whenever it likes."""
LOOKS = ("view/", "display/", "color/")
DELETE = ("pipeline.delete", "pipeline.clear", "view.delete")
"""What these delete comes back from the undo of ParaView 6.1 with another source of glyphs: the tip of the arrow has
its own default again, and not the display's."""

inside = Inside(FOLDER)


def registered():
    """What is registered, with the values of its properties and of the proxies inside it. One that is registered itself
    goes by its name where another has it; ids that nobody names differ from time to time."""
    path = FOLDER / "now.pvsm"
    inside.app.paraview.engine.pxm.SaveXMLState(str(path))
    root = ElementTree.parse(path).getroot().find("ServerManagerState")
    proxies = {proxy.get("id"): proxy for proxy in root.findall("Proxy")}
    names = [
        (f"{collection.get('name')}/{item.get('name')}", item.get("id"))
        for collection in root.findall("ProxyCollection")
        for item in collection.findall("Item")
    ]
    name_of = {ident: name for name, ident in sorted(names, reverse=True)}
    found = {}

    def read(ident, where, seen):
        for prop in proxies[ident].findall("Property") if ident in proxies and ident not in seen else ():
            if prop.get("name").endswith("Info") or prop.get("name") in FOLLOW:
                continue
            inner = [item.get("value") for item in prop.findall("Proxy")]
            name = f"{where}.{prop.get('name')}"
            found[name] = [name_of.get(other) for other in inner] or [e.get("value") for e in prop.findall("Element")]
            for index, other in enumerate(inner):
                if other not in name_of:
                    read(other, f"{name}[{index}]", seen | {ident})

    for name, ident in names:
        found[name] = name_of[ident]
        if found[name] == name:
            read(ident, name, set())
    return found


def looks():
    """What pages are told of views, displays and colour maps."""
    found = {name: dict(value) for name, value in inside.topics.items() if name.startswith(LOOKS) and value}
    for value in found.values():
        value.pop("camera_version", None)
    return found


def state():
    return {**registered(), **looks()}


def differences(before, after):
    return {
        name: [before.get(name), after.get(name)] for name in {**before, **after} if before.get(name) != after.get(name)
    }


def failing(method, error, paths, params):
    """Serves a request whose handler does everything, and then raises."""
    handler = HANDLERS[method]

    def fail(context, given):
        handler(context, given)
        raise error

    HANDLERS[method] = fail
    try:
        return inside.ask(method, paths, **params)
    finally:
        HANDLERS[method] = handler


def served(method, params, paths, tried):
    """The error of the request where it has one, and how the state differs after each that came to nothing."""
    wrong = {}
    before = state() if tried else {}
    for error in (Failed("It went wrong at the end."), Cancelled("Stopped.")) if tried else ():
        assert failing(method, error, paths, params).error is not None
        wrong[type(error).__name__] = differences(before, state())
    error = inside.ask(method, paths, **params).error
    if error is not None and tried:
        wrong[error["message"]] = differences(before, state())
    if method in DELETE:
        wrong = {
            how: {name: pair for name, pair in found.items() if not name.endswith("/GlyphType.TipLength")}
            for how, found in wrong.items()
        }
    return {
        "error": None if error is None else error["message"],
        "wrong": {how: found for how, found in wrong.items() if found},
        "topics": {name: value for name, value in inside.topics.items() if name.startswith((*LOOKS, "pipeline"))},
    }


with socket.socket(fileno=int(sys.argv[2])).makefile("rw", encoding="utf-8") as wire:
    for line in wire:
        wire.write(json.dumps(served(**json.loads(line))) + "\n")
        wire.flush()
