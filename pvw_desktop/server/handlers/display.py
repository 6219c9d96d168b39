"""display.*"""

from __future__ import annotations

from pvw_desktop.protocol.errors import Failed
from pvw_desktop.protocol.messages.display import DisplayColorBy, DisplayRepresentation, DisplaySet, DisplayShow

from ..context import Context
from ..execution import or_back, run_node, shown
from ..pv.views.representations import PLAIN
from .registry import handles


@handles("display.show")
def show(context: Context, params: DisplayShow) -> None:
    node = context.paraview.engine.node(params.node)
    if not params.visible:
        context.paraview.displays.hide(node, params.port)
        return
    run_node(context, node)
    if context.paraview.displays.visible(node, params.port):
        return
    with or_back(context, lambda: context.paraview.displays.hide(node, params.port)), shown(context):
        if context.paraview.displays.show(node, params.port) is None:
            raise Failed(
                f"The view has no way to show {context.paraview.engine.name_of(node)}.",
                "Tables and charts need other views.",
            )


@handles("display.representation")
def representation(context: Context, params: DisplayRepresentation) -> None:
    found = context.paraview.displays.representation_of(context.paraview.engine.node(params.node), params.port)
    before = context.paraview.displays.type_of(found)
    with or_back(context, lambda: context.paraview.displays.set_type(found, before)), shown(context):
        context.paraview.displays.set_type(found, params.representation)


@handles("display.set")
def set_looks(context: Context, params: DisplaySet) -> None:
    found = context.paraview.displays.representation_of(context.paraview.engine.node(params.node), params.port)
    looks = {name: getattr(params, name) for name in PLAIN if getattr(params, name) is not None}
    context.paraview.displays.set_plain(found, looks, params.solid_color)


@handles("display.color_by")
def color_by(context: Context, params: DisplayColorBy) -> None:
    node = context.paraview.engine.node(params.node)
    found = context.paraview.displays.representation_of(node, params.port)
    info = node.GetDataInformation(params.port)
    context.paraview.colors.color_by(found, info, params.array, params.association, params.component)
