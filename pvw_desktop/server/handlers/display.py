"""display.*"""

from __future__ import annotations

from pvw_desktop.protocol.errors import Failed
from pvw_desktop.protocol.messages.display import DisplayColorBy, DisplayRepresentation, DisplaySet, DisplayShow

from ..application import Application
from ..execution import or_back, run_node, shown
from ..pv.views.representations import PLAIN
from .registry import handles


@handles("display.show")
def show(app: Application, params: DisplayShow) -> None:
    node = app.bench.engine.node(params.node)
    if not params.visible:
        app.bench.displays.hide(node, params.port)
        return
    run_node(app, node)
    if app.bench.displays.visible(node, params.port):
        return
    with or_back(app, lambda: app.bench.displays.hide(node, params.port)), shown(app):
        if app.bench.displays.show(node, params.port) is None:
            raise Failed(
                f"The view has no way to show {app.bench.engine.name_of(node)}.", "Tables and charts need other views."
            )


@handles("display.representation")
def representation(app: Application, params: DisplayRepresentation) -> None:
    app.touched = params.node
    found = app.bench.displays.representation_of(app.bench.engine.node(params.node), params.port)
    before = app.bench.displays.type_of(found)
    with or_back(app, lambda: app.bench.displays.set_type(found, before)), shown(app):
        app.bench.displays.set_type(found, params.representation)


@handles("display.set")
def set_looks(app: Application, params: DisplaySet) -> None:
    app.touched = params.node
    found = app.bench.displays.representation_of(app.bench.engine.node(params.node), params.port)
    looks = {name: getattr(params, name) for name in PLAIN if getattr(params, name) is not None}
    app.bench.displays.set_plain(found, looks, params.solid_color)


@handles("display.color_by")
def color_by(app: Application, params: DisplayColorBy) -> None:
    node = app.bench.engine.node(params.node)
    found = app.bench.displays.representation_of(node, params.port)
    info = node.GetDataInformation(params.port)
    app.bench.colors.color_by(found, info, params.array, params.association, params.component)
