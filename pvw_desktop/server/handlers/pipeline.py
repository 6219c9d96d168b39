"""pipeline.*"""

from __future__ import annotations

from pvw_desktop.protocol.errors import BadRequest, Failed
from pvw_desktop.protocol.messages.common import NodeRef
from pvw_desktop.protocol.messages.pipeline import PipelineClear, PipelineCreate, PipelineDelete, PipelineRename

from ..context import Context
from ..execution import delete, run_node
from ..pv.core.texts import clean
from .registry import handles


@handles("pipeline.create")
def create(context: Context, params: PipelineCreate) -> NodeRef:
    engine = context.paraview.engine
    if not context.paraview.catalog.is_harmless(params.group, params.name):
        context.require_host(f"{params.name} is for the host to add: it runs Python code, or is no part of the menus.")
    inputs = [(engine.node(port.node), port.port) for port in params.inputs]
    for source, port in inputs:
        if port >= source.GetNumberOfOutputPorts():
            raise BadRequest(f"{engine.name_of(source)} has no output port {port}.")
        run_node(context, source)
    if params.group == "filters":
        if not inputs:
            raise BadRequest("A filter needs an input: select an item of the pipeline first.")
        item = context.paraview.catalog.item(params.group, params.name, *inputs[0])
        if item is not None and item.reason is not None:
            raise Failed(f"{item.label} {item.reason}.")
    node = engine.create(params.group, params.name, inputs, engine.free_name(_label(context, params)))
    return NodeRef(engine.remember(node))


def _label(context: Context, params: PipelineCreate) -> str:
    prototype = context.paraview.engine.pxm.GetPrototypeProxy(params.group, params.name)
    return str(prototype.GetXMLLabel()).replace(" ", "") if prototype is not None else params.name


@handles("pipeline.delete")
def delete_node(context: Context, params: PipelineDelete) -> None:
    engine = context.paraview.engine
    node = engine.node(params.node)
    dependents = [engine.name_of(consumer) for consumer in engine.consumers(node)]
    if dependents:
        raise Failed(
            f"{engine.name_of(node)} cannot be deleted: {', '.join(map(str, dependents))} depends on it.",
            "Delete what depends on it first.",
        )
    delete(context, node)
    context.paraview.animation.follow_data()


@handles("pipeline.rename")
def rename(context: Context, params: PipelineRename) -> None:
    engine = context.paraview.engine
    node, name = engine.node(params.node), clean(params.name).strip()
    if not name:
        raise BadRequest("A name needs at least one letter.")
    before = engine.name_of(node)
    if name == before:
        return
    if any(name == other for other, _ in engine.nodes()):
        raise BadRequest(f"There is another item called {name}.")
    engine.pxm.RegisterProxy("sources", name, node)
    engine.pxm.UnRegisterProxy("sources", before, node)


@handles("pipeline.clear")
def clear(context: Context, _params: PipelineClear) -> None:
    context.paraview.clear()
