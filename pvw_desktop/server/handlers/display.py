"""display.*"""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol.errors import Failed
from pvw_desktop.protocol.messages.display import DisplayColorBy, DisplayRepresentation, DisplaySet, DisplayShow

from ..context import Context
from ..execution import run_node, shown
from ..pv.properties.access import Proxy
from ..pv.views.representations import PLAIN
from .registry import handles


def representation_of(context: Context, params: Any) -> Proxy:
    """How the view that is named shows the port that is named; NotFound where it never did."""
    view, node = context.paraview.views.get(params.view), context.paraview.engine.node(params.node)
    return context.paraview.displays.representation_of(view.proxy, node, params.port)


@handles("display.show")
def show(context: Context, params: DisplayShow) -> None:
    node, displays = context.paraview.engine.node(params.node), context.paraview.displays
    view = context.paraview.views.get(params.view).proxy
    if not params.visible:
        displays.hide(view, node, params.port)
        return
    run_node(context, node)
    if displays.visible(view, node, params.port):
        return
    with shown(context):
        if displays.show(view, node, params.port) is None:
            raise Failed(
                f"The view has no way to show {context.paraview.engine.name_of(node)}.",
                "Tables and charts need other views.",
            )


@handles("display.representation")
def representation(context: Context, params: DisplayRepresentation) -> None:
    found = representation_of(context, params)
    with shown(context):
        context.paraview.displays.set_type(found, params.representation)


@handles("display.set")
def set_looks(context: Context, params: DisplaySet) -> None:
    found = representation_of(context, params)
    looks = {name: getattr(params, name) for name in PLAIN if getattr(params, name) is not None}
    context.paraview.displays.set_plain(found, looks, params.solid_color)


@handles("display.color_by")
def color_by(context: Context, params: DisplayColorBy) -> None:
    node = context.paraview.engine.node(params.node)
    found = representation_of(context, params)
    info = node.GetDataInformation(params.port)
    context.paraview.colors.color_by(found, info, params.array, params.association, params.component)
