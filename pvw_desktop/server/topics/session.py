"""What belongs together: the nodes with their properties, data and displays, and the views that show them. One walk.
Knows no requests, and of what was sent only what it is given."""

from __future__ import annotations

import sys
import traceback
from typing import Any

from pvw_desktop.protocol.messages.common import Port
from pvw_desktop.protocol.messages.pipeline import OutputPort, Pipeline, PipelineNode

from ..pv.pipeline.information import information
from ..pv.properties.access import Proxy, label_of
from ..pv.views.representations import representation_in
from ..workbench import Workbench
from .registry import Asked, publishes


@publishes("pipeline", "proxy/*", "info/*", "display/*", "view/*", "color/*", "time")
def session(asked: Asked) -> dict[str, Any]:
    """All of it, by name; the nodes but the one that it is about are taken to be as they were."""
    paraview, known = asked.paraview, asked.before
    nodes = paraview.engine.nodes()
    for view in paraview.views.all():
        paraview.colors.bars.dress(view.proxy, paraview.displays.shown(view.proxy, nodes))
    found: dict[str, Any] = {"time": paraview.animation.state()}
    alive = {paraview.engine.remember(view.proxy) for view in paraview.views.all()}
    listed = []
    for name, node in nodes:
        ident = paraview.engine.remember(node)
        listed.append(_node(paraview, ident, name, node))
        if asked.about not in (None, ident) and f"proxy/{ident}" in known:
            _as_before(paraview, found, known, ident)
            continue
        try:
            if paraview.state_of(ident)[0] == "modified":  # what it has is no result
                _as_before(paraview, found, known, ident)
                found[f"proxy/{ident}"] = paraview.describer.describe(node, "source")
                continue
            found[f"proxy/{ident}"] = paraview.describer.describe(node, "source")
            for port in range(node.GetNumberOfOutputPorts()):
                _port_topics(paraview, found, ident, node, port)
        except Exception:  # one item that cannot be described must not hide all others
            traceback.print_exc(file=sys.stderr)
    found["pipeline"] = Pipeline(nodes=listed, view=paraview.views.first.id)
    for view in paraview.views.all():
        found[f"proxy/{view.id}"] = paraview.describer.describe(view.proxy, "view")
        found[f"view/{view.id}"] = view.state(paraview.displays.visible_bounds(view.proxy, nodes))
    for name, lut in paraview.colors.maps.tables():
        found[f"color/{name}"] = paraview.colors.maps.state(name, lut)
    _add_proxies(alive, found)
    paraview.forget_gone(alive)
    return found


def _as_before(paraview: Workbench, found: dict[str, Any], before: dict[str, Any], ident: str) -> None:
    views = {view.id for view in paraview.views.all()}
    for name, value in before.items():
        kind, *ids = name.split("/")
        if kind in ("proxy", "info") and ids[0] == ident:
            found[name] = value
        elif kind == "display" and ids[1] == ident and ids[0] in views:
            found[name] = value
            found[f"proxy/{value.representation_id}"] = before[f"proxy/{value.representation_id}"]


def _port_topics(paraview: Workbench, found: dict[str, Any], ident: str, node: Proxy, port: int) -> None:
    if paraview.state_of(ident)[0] == "new":
        return
    found[f"info/{ident}/{port}"] = information(node, ident, port)
    for view in paraview.views.all():
        display = paraview.displays.state(view.proxy, node, port)
        if display is not None:
            found[f"display/{view.id}/{ident}/{port}"] = display
            representation = representation_in(view.proxy, node, port)
            found[f"proxy/{display.representation_id}"] = paraview.describer.describe(representation, "representation")


def _node(paraview: Workbench, ident: str, name: str, node: Proxy) -> PipelineNode:
    state, message = paraview.state_of(ident)
    visible = paraview.visible_in(node)
    able = paraview.views.all() if state != "new" else []
    return PipelineNode(
        node=ident,
        name=name,
        type=label_of(node),
        proxy=str(node.GetXMLName()),
        group=str(node.GetXMLGroup()),
        inputs=[Port(paraview.engine.remember(source), port) for source, port in paraview.engine.inputs(node)],
        ports=[
            OutputPort(
                index=port,
                name=str(node.GetOutputPortName(port) or f"Output {port}"),
                visible_in=[view.id for view, shown in visible if shown == port],
                can_show_in=[view.id for view in able if paraview.displays.can_show(view.proxy, node, port)],
            )
            for port in range(node.GetNumberOfOutputPorts())
        ],
        state=state,  # type: ignore[arg-type]
        message=message or (paraview.catalog.warning(node) if state == "new" else None),
        file=paraview.readers.file_of(node),
    )


def _add_proxies(alive: set[str], found: dict[str, Any]) -> None:
    """The ids of all proxies that are described, those inside others too."""

    def visit(state: Any) -> None:
        alive.add(state.id)
        for prop in state.properties:
            for inner in prop.proxies:
                visit(inner)

    for name, value in found.items():
        if name.startswith("proxy/"):
            visit(value)
