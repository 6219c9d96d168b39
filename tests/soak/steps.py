"""What a person may do next, chosen at random: each step is one request that changes the work."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

from .session import Session

FILES = ("mesh.vtu", "image.vti", "surface.vtp", "ball.pvd", "blocks.vtm", "bar.case", "table.csv")
FILTERS = {
    # name: property, and how its value is drawn
    "Contour": ("ContourValues", lambda dice: [dice.uniform(0, 250)]),
    "ShrinkFilter": ("ShrinkFactor", lambda dice: dice.uniform(0.1, 1)),
    "TransformFilter": None,
    "Calculator": ("Function", lambda dice: f"coordsX*{dice.uniform(1, 9):.4f}"),
    "ElevationFilter": ("HighPoint", lambda dice: [0, 0, dice.uniform(1, 20)]),
    "DataSetTriangleFilter": None,
    "OutlineFilter": None,
}
SLOW = ("Delaunay3D", "DataSetTriangleFilter")
MOST_NODES = 12


@dataclasses.dataclass
class Step:
    """A request; `cancel` is the number of seconds after which it is stopped, where it is."""

    method: str
    params: dict[str, Any]
    cancel: float | None = None

    def __str__(self) -> str:
        stopped = f", stopped after {self.cancel:.2f} s" if self.cancel is not None else ""
        return f"{self.method} {self.params}{stopped}"


def draw(dice: random.Random, session: Session, root: str) -> Step:
    """The next step, among those that the session as it is allows."""
    nodes = session.nodes
    applied = [node for node in nodes if node["state"] == "ok"]
    if len(nodes) < 2 or (len(nodes) < MOST_NODES and dice.random() < 0.1):
        return Step("files.open", {"root": root, "path": dice.choice(FILES)})
    if not applied:
        return Step("pipeline.clear", {})
    node = dice.choice(applied)
    kinds = [_show, _color, _represent, _looks, _rename, _time, _camera, _apply, _apply, _apply]
    if len(nodes) < MOST_NODES:
        kinds += [_filter, _filter, _filter]
    else:
        kinds += [_delete] * 4
    return dice.choice(kinds)(dice, session, node)


def _filter(dice: random.Random, session: Session, node: dict[str, Any]) -> Step:
    name = dice.choice([*FILTERS, *SLOW])
    return Step("pipeline.create", {"group": "filters", "name": name, "inputs": [{"node": node["node"], "port": 0}]})


def _apply(dice: random.Random, session: Session, node: dict[str, Any]) -> Step:
    """Of what was never applied, if there is such a node; else with another value."""
    new = [other for other in session.nodes if other["state"] == "new"]
    node = dice.choice(new) if new else node
    values = {}
    known = {item["name"] for item in session.client.topics[f"proxy/{node['node']}"]["properties"]}
    kind = FILTERS.get(node["proxy"])
    if kind is not None and kind[0] in known:
        values[kind[0]] = kind[1](dice)
    cancel = dice.uniform(0, 0.6) if dice.random() < 0.3 else None
    return Step("proxy.apply", {"changes": [{"id": node["node"], "values": values}]}, cancel)


def _show(dice: random.Random, session: Session, node: dict[str, Any]) -> Step:
    return Step("display.show", {"node": node["node"], "visible": dice.random() < 0.7})


def _shown(session: Session, node: dict[str, Any]) -> dict[str, Any] | None:
    topics = session.client.topics
    found: dict[str, Any] | None = topics.get(f"display/{topics['pipeline']['view']}/{node['node']}/0")
    return found if found and found["visible"] else None


def _color(dice: random.Random, session: Session, node: dict[str, Any]) -> Step:
    display = _shown(session, node)
    if not display or not display["arrays"]:
        return _show(dice, session, node)
    array = dice.choice(display["arrays"])
    if dice.random() < 0.2:
        return Step("display.color_by", {"node": node["node"], "array": None})
    params = {"node": node["node"], "array": array["name"], "association": array["association"]}
    return Step("display.color_by", params)


def _represent(dice: random.Random, session: Session, node: dict[str, Any]) -> Step:
    display = _shown(session, node)
    wanted = ["Surface", "Wireframe", "Points", "Surface With Edges", "Outline"]
    known = [name for name in wanted if display and name in display["representations"]]
    if not known:
        return _show(dice, session, node)
    return Step("display.representation", {"node": node["node"], "representation": dice.choice(known)})


def _looks(dice: random.Random, session: Session, node: dict[str, Any]) -> Step:
    if not _shown(session, node):
        return _show(dice, session, node)
    color = [round(dice.random(), 3) for _ in range(3)]
    return Step("display.set", {"node": node["node"], "opacity": round(dice.random(), 3), "solid_color": color})


def _rename(dice: random.Random, session: Session, node: dict[str, Any]) -> Step:
    return Step("pipeline.rename", {"node": node["node"], "name": f"{node['proxy']} <{dice.randrange(10**6)}> é日"})


def _delete(dice: random.Random, session: Session, node: dict[str, Any]) -> Step:
    used = {port["node"] for other in session.nodes for port in other["inputs"]}
    leaves = [other for other in session.nodes if other["node"] not in used]
    return Step("pipeline.delete", {"node": dice.choice(leaves)["node"]})


def _time(dice: random.Random, session: Session, node: dict[str, Any]) -> Step:
    return Step("time.step", {"to": dice.choice(["first", "previous", "next", "last"])})


def _camera(dice: random.Random, session: Session, node: dict[str, Any]) -> Step:
    view = session.client.topics["pipeline"]["view"]
    return Step("view.camera.reset", {"view": view, "direction": dice.choice(["+x", "-y", "iso"])})
