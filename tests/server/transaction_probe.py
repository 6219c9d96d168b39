"""Run by pvpython: walks through the real handlers at random. Each request is served three times: stopped at its end,
failing there, and for good; after the first two the state must be the one of before. Writes what differed as JSON.

    pvpython transaction_probe.py FOLDER DATA SEED STEPS
"""

# mypy: ignore-errors

import json
import random
import sys
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from inside import Inside

from pvw_desktop.protocol.errors import Cancelled, Failed
from pvw_desktop.server.handlers.registry import HANDLERS

FOLDER, DATA, SEED, STEPS = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
FOLLOW = ("DataRangeMin", "DataRangeMax")
"""Properties that ParaView itself brings up to date with the data, whenever it likes."""
dice = random.Random(SEED)


inside = Inside(FOLDER)
app, ask = inside.app, inside.ask


def state():
    """What is registered, with the values of its properties and of the proxies inside them; ids that nobody names
    differ from time to time."""
    path = FOLDER / "now.pvsm"
    app.paraview.engine.pxm.SaveXMLState(str(path))
    root = ElementTree.parse(path).getroot().find("ServerManagerState")
    proxies = {proxy.get("id"): proxy for proxy in root.findall("Proxy")}
    found = {}

    def read(ident, where, seen):
        proxy = proxies.get(ident)
        if proxy is None or ident in seen:
            return
        for prop in proxy.findall("Property"):
            if prop.get("name").endswith("Info") or prop.get("name") in FOLLOW:
                continue
            inner = [item.get("value") for item in prop.findall("Proxy")]
            name = f"{where}.{prop.get('name')}"
            found[name] = [e.get("value") for e in prop.findall("Element")] if not inner else len(inner)
            for index, other in enumerate(inner):
                read(other, f"{name}[{index}]", seen | {ident})

    for collection in root.findall("ProxyCollection"):
        for item in collection.findall("Item"):
            where = f"{collection.get('name')}/{item.get('name')}"
            found[where] = "registered"
            read(item.get("id"), where, set())
    return found


def differences(before, after):
    return {
        name: [before.get(name), after.get(name)] for name in {**before, **after} if before.get(name) != after.get(name)
    }


def looks():
    """What pages are told of views, displays and colour maps."""
    kinds = ("view/", "display/", "color/")
    found = {name: dict(value) for name, value in inside.topics.items() if name.startswith(kinds) and value}
    for value in found.values():
        value.pop("camera_version", None)
    return found


def nodes():
    return inside.topics["pipeline"]["nodes"]


def shown():
    return [
        value for name, value in inside.topics.items() if name.startswith("display/") and value and value["visible"]
    ]


def opening():
    name = dice.choice(["mesh.vtu", "image.vti", "surface.vtp", "ball.pvd", "blocks.vtm", "table.csv"])
    return "files.open", {"root": "r", "path": name, "series": False}, [str(DATA / name)]


def drawn():
    """Another request of those that can be made now."""
    view = app.paraview.views.first.id
    kinds = [opening, lambda: ("files.example", {"name": dice.choice(["contours", "motion"])}, [])]
    if nodes():
        node = dice.choice(nodes())
        name = dice.choice(["Contour", "ShrinkFilter", "ElevationFilter", "Clip", "Calculator"])
        kinds += [
            lambda: (
                "pipeline.create",
                {"group": "filters", "name": name, "inputs": [{"node": node["node"], "port": 0}]},
                [],
            ),
            lambda: ("pipeline.rename", {"node": node["node"], "name": f"named {dice.randrange(10**6)}"}, []),
            lambda: ("pipeline.delete", {"node": node["node"]}, []),
            lambda: ("display.show", {"node": node["node"], "visible": dice.random() < 0.5}, []),
            lambda: ("proxy.apply", {"changes": [{"id": node["node"], "values": {}}]}, []),
            lambda: ("time.step", {"to": dice.choice(["first", "last", "next", "previous"])}, []),
            lambda: (
                "view.set",
                {"view": view, "background": [dice.random(), 0, 1], "orientation_axes": dice.random() < 0.5},
                [],
            ),
            lambda: ("view.create", {}, []),
        ]
    new = [node for node in nodes() if node["state"] == "new"]
    if new:
        kinds += [lambda: ("proxy.apply", {"changes": [{"id": new[0]["node"], "values": {}}]}, [])] * 3
    if shown():
        display = dice.choice(shown())
        at = {"node": display["node"], "port": display["port"], "view": display["view"]}
        arrays = display["arrays"] or [{"name": "none", "association": "POINTS"}]
        array = dice.choice(arrays)
        kinds += [
            lambda: ("display.set", {**at, "opacity": dice.random(), "solid_color": [dice.random(), 1, 0]}, []),
            lambda: ("display.representation", {**at, "representation": dice.choice(display["representations"])}, []),
            lambda: ("display.color_by", {**at, "array": array["name"], "association": array["association"]}, []),
            lambda: ("display.color_by", {**at, "array": None}, []),
            lambda: ("color.rescale", {**at, "mode": "custom", "range": [1.0, 2.0 + dice.random()]}, []),
            lambda: ("color.scalar_bar", {**at, "visible": dice.random() < 0.5}, []),
            lambda: ("proxy.set", {"id": display["representation_id"], "values": {"Specular": dice.random()}}, []),
        ]
        if display["coloring"]:
            color = display["coloring"]["map"]
            kinds += [
                lambda: ("color.preset", {"map": color, "preset": dice.choice(["Jet", "Viridis (matplotlib)"])}, []),
                lambda: ("color.log", {"map": color, "log": dice.random() < 0.5}, []),
            ]
    return dice.choice(kinds)()


def failing(method, error, *arguments, **params):
    """Serves a request whose handler does everything, and then raises."""
    handler = HANDLERS[method]

    def fail(context, given):
        handler(context, given)
        raise error

    HANDLERS[method] = fail
    try:
        return ask(method, *arguments, **params)
    finally:
        HANDLERS[method] = handler


wrong, served, refused = [], {}, {}
ask("files.open", [str(DATA / "mesh.vtu")], root="r", path="mesh.vtu", series=False)
for _ in range(STEPS):
    method, params, paths = drawn()
    for error in (Failed("It went wrong at the end."), Cancelled("Stopped.")):
        before, told = state(), looks()
        reply = failing(method, error, paths, **params)
        assert reply.error is not None
        different = {**differences(before, state()), **differences(told, looks())}
        if method == "pipeline.delete":  # its last step, after which nothing can fail
            different = {name: pair for name, pair in different.items() if not name.startswith("pq_helper_proxies")}
        if different:
            wrong.append({"method": method, "params": params, "how": type(error).__name__, "different": different})
    before = state()
    reply = ask(method, paths, **params)
    if reply.error is None:
        served[method] = served.get(method, 0) + 1
    else:
        refused[method] = reply.error["message"]
        different = differences(before, state())
        if different:
            wrong.append({"method": method, "params": params, "how": reply.error["message"], "different": different})
(FOLDER / "found.json").write_text(json.dumps({"wrong": wrong, "served": served, "refused": refused}))
