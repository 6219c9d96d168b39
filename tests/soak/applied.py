"""What was applied, read from the topics in a form that outlives a restart: names in place of ids. Pure."""

from __future__ import annotations

import math
from typing import Any

Work = dict[str, Any]
"""Time, view, colour maps in use, and by name each node with its properties, its data and how its ports are shown."""


def work_of(topics: dict[str, Any]) -> Work:
    """The work that the topics tell of."""
    nodes = topics["pipeline"]["nodes"]
    names = {node["node"]: node["name"] for node in nodes}
    work = {node["name"]: _node(topics, node, names) for node in nodes}
    assert len(work) == len(nodes), f"two nodes of one name: {sorted(node['name'] for node in nodes)}"
    view = topics[f"view/{topics['pipeline']['view']}"]
    shown = [value for name, value in topics.items() if name.startswith("display/") and value and value["visible"]]
    maps = {display["coloring"]["map"] for display in shown if display["coloring"]}
    return {
        "time": topics["time"]["time"] if topics["time"]["values"] else None,
        "view": {name: view[name] for name in ("camera", "center_of_rotation", "orientation_axes", "background")},
        "colors": {name: topics[f"color/{name}"] for name in maps},
        "nodes": work,
    }


def _node(topics: dict[str, Any], node: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    ident = node["node"]
    proxy = topics.get(f"proxy/{ident}")
    return {
        "proxy": node["proxy"],
        "inputs": [(names[port["node"]], port["port"]) for port in node["inputs"]],
        "state": node["state"],
        "properties": _properties(proxy, names) if proxy else None,
        "ports": [_port(topics, ident, port) for port in node["ports"]],
    }


def _properties(proxy: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for prop in proxy["properties"]:
        value = prop["value"]
        if prop["widget"] == "label":
            continue
        if prop["widget"] == "proxy":
            chosen = next((inner for inner in prop["proxies"] if inner["id"] == value), None)
            value = (chosen["name"], _properties(chosen, names)) if chosen else None
        elif prop["widget"] == "input":
            value = [names.get(port["node"]) for port in value] if isinstance(value, list) else _name(value, names)
        found[prop["name"]] = value
    return found


def _name(value: Any, names: dict[str, str]) -> Any:
    return names.get(value["node"]) if isinstance(value, dict) else value


def _port(topics: dict[str, Any], ident: str, port: dict[str, Any]) -> dict[str, Any]:
    number = port["index"]
    found: dict[str, Any] = {"visible": bool(port["visible_in"])}
    information = topics.get(f"info/{ident}/{number}")
    # What is hidden has the data of the time at which it was last asked for, where there is time.
    if information and (port["visible_in"] or not topics["time"]["values"]):
        found["data"] = {name: information[name] for name in ("type", "points", "cells", "bounds")}
    display = topics.get(f"display/{topics['pipeline']['view']}/{ident}/{number}")
    if display and port["visible_in"]:  # what is hidden may have been given no display yet
        coloring = display["coloring"]
        found["display"] = {
            **{name: display[name] for name in ("representation", "opacity", "line_width")},
            "coloring": coloring and [coloring[name] for name in ("array", "association", "component", "scalar_bar")],
            "color": display["solid_color"] if coloring is None else None,
        }
    return found


def differences(before: Any, after: Any, where: str = "") -> list[str]:
    """How two works differ, a line each; numbers that are equal to nine digits do not."""
    if isinstance(before, dict) and isinstance(after, dict):
        lines = []
        for key in {**before, **after}:
            if key not in before or key not in after:
                lines.append(f"{where}/{key}: {'only before' if key in before else 'only after'}")
            else:
                lines += differences(before[key], after[key], f"{where}/{key}")
        return lines
    if isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return [line for at, (old, new) in pairs for line in differences(old, new, f"{where}[{at}]")]
    if before == after or (_number(before) and _number(after) and math.isclose(before, after, rel_tol=1e-9)):
        return []
    return [f"{where}: {before!r} became {after!r}"]


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
