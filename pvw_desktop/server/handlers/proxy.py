"""proxy.*"""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol.errors import BadRequest, Failed
from pvw_desktop.protocol.messages.proxy import ProxyApply, ProxySet

from ..context import Context
from ..execution import never_shown, run_node, show_result, shown
from ..pv.pipeline.catalog import runs_code
from ..pv.properties import values
from ..pv.properties.access import Proxy
from ..pv.properties.rights import role_for
from .registry import handles


@handles("proxy.apply")
def apply(context: Context, params: ProxyApply) -> None:
    target = params.node or (params.changes[0].id if params.changes else None)
    if target is None:
        raise BadRequest("Nothing to apply.")
    node = context.paraview.engine.node(target)
    view = context.paraview.views.get(params.view)
    ident = context.paraview.engine.remember(node)
    was_new = never_shown(context, node)
    state = context.paraview.state_of(ident)
    _set_all(context, [(change.id, change.values) for change in params.changes])
    try:
        run_node(context, node, fresh=True)
        if was_new:
            show_result(context, node, view)
        else:
            _run_dependents(context, node)
    except Exception as error:
        if not was_new:
            context.paraview.lose(node)
        elif isinstance(error, Failed):
            context.keep()  # a node without a result has nothing to go back to: what was typed stays, to be set right
        else:
            context.paraview.node_states[ident] = state
        raise
    context.paraview.animation.follow_data()


def _set_all(context: Context, changes: list[tuple[str, dict[str, Any]]]) -> None:
    """Sets and pushes every value, or none."""
    engine = context.paraview.engine
    with values.all_or_none() as remember:
        for ident, new in changes:
            proxy = engine.proxy(ident)
            if runs_code(proxy):
                context.require_host(f"{proxy.GetXMLLabel()} runs Python code, which only the host may change.")
            for name, value in new.items():
                prop = proxy.GetProperty(name)
                if prop is not None:
                    _check_rights(context, proxy, ident, name, prop)
                    remember(prop)
                values.put(engine, proxy, name, value)
                problem = values.check_ranges(proxy, name)
                if problem:
                    raise BadRequest(problem)
    for ident, _ in changes:
        engine.proxy(ident).UpdateVTKObjects()


def _check_rights(context: Context, proxy: Proxy, ident: str, name: str, prop: Any) -> None:
    """What no panel shows is for the host alone; of the rest, what its kind says."""
    if not context.paraview.describer.shows(ident, name):
        context.require_host(f"{name} is for the host to set.")
    if role_for(proxy, name, prop) == "host":
        context.require_host(f"{prop.GetXMLLabel()} is for the host to set.")


def _run_dependents(context: Context, node: Proxy) -> None:
    """Runs what is shown downstream, so that its errors and progress belong to this request and not to a render."""
    waiting = list(context.paraview.engine.consumers(node))
    while waiting:
        consumer = waiting.pop(0)
        ident = context.paraview.engine.remember(consumer)
        if context.paraview.state_of(ident)[0] != "new":
            run_node(context, consumer, fresh=True)
        waiting += context.paraview.engine.consumers(consumer)
    with shown(context):
        pass  # what the view itself still has to compute


@handles("proxy.set")
def set_values(context: Context, params: ProxySet) -> None:
    if context.paraview.engine.name_of(context.paraview.engine.proxy(params.id)) is not None:
        raise BadRequest("A pipeline item's properties are set with proxy.apply.")
    _set_all(context, [(params.id, params.values)])
