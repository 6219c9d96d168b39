"""pipeline.*"""

from __future__ import annotations

from pvw_desktop.protocol.errors import BadRequest, Failed
from pvw_desktop.protocol.messages.common import NodeRef
from pvw_desktop.protocol.messages.pipeline import PipelineClear, PipelineCreate, PipelineDelete, PipelineRename

from ..application import Application
from ..execution import delete, run_node
from ..pv.core.texts import clean
from .registry import handles


@handles("pipeline.create")
def create(app: Application, params: PipelineCreate) -> NodeRef:
    engine = app.bench.engine
    if not app.bench.catalog.is_harmless(params.group, params.name):
        app.require_host(f"{params.name} is for the host to add: it runs Python code, or is no part of the menus.")
    inputs = [(engine.node(port.node), port.port) for port in params.inputs]
    for source, port in inputs:
        if port >= source.GetNumberOfOutputPorts():
            raise BadRequest(f"{engine.name_of(source)} has no output port {port}.")
        run_node(app, source)
    if params.group == "filters":
        if not inputs:
            raise BadRequest("A filter needs an input: select an item of the pipeline first.")
        item = app.bench.catalog.item(params.group, params.name, *inputs[0])
        if item is not None and item.reason is not None:
            raise Failed(f"{item.label} {item.reason}.")
    node = engine.create(params.group, params.name, inputs, engine.free_name(_label(app, params)))
    return NodeRef(engine.remember(node))


def _label(app: Application, params: PipelineCreate) -> str:
    prototype = app.bench.engine.pxm.GetPrototypeProxy(params.group, params.name)
    return str(prototype.GetXMLLabel()).replace(" ", "") if prototype is not None else params.name


@handles("pipeline.delete")
def delete_node(app: Application, params: PipelineDelete) -> None:
    node = app.bench.engine.node(params.node)
    dependents = [app.bench.engine.name_of(consumer) for consumer in app.bench.engine.consumers(node)]
    if dependents:
        raise Failed(
            f"{app.bench.engine.name_of(node)} cannot be deleted: {', '.join(map(str, dependents))} depends on it.",
            "Delete what depends on it first.",
        )
    delete(app, node)
    app.bench.timing.follow_data()


@handles("pipeline.rename")
def rename(app: Application, params: PipelineRename) -> None:
    engine = app.bench.engine
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
def clear(app: Application, _params: PipelineClear) -> None:
    app.bench.clear()
