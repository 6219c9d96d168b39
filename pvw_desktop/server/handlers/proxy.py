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
from ..pv.views.kinds.view import View
from .registry import handles


@handles("proxy.apply")
def apply(context: Context, params: ProxyApply) -> None:
    target = params.node or (params.changes[0].id if params.changes else None)
    if target is None:
        raise BadRequest("Nothing to apply.")
    node = context.paraview.engine.node(target)
    view = context.paraview.views.get(params.view)
    was_new = never_shown(context, node)
    _set_all(context, [(change.id, change.values) for change in params.changes])
    if was_new:
        _run_first(context, node, view)
    else:
        _run_again(context, node)
    context.paraview.animation.follow_data()


def _run_first(context: Context, node: Proxy, view: View) -> None:
    """A node without a result has nothing to go back to: where it fails, what was typed stays, to be set right."""
    try:
        run_node(context, node, fresh=True)
    except Failed:
        context.keep()
        raise
    show_result(context, node, view)


def _run_again(context: Context, node: Proxy) -> None:
    """What it had was the result of the values of before, and is one no more where it fails."""
    try:
        run_node(context, node, fresh=True)
        _run_dependents(context, node)
    except Exception:
        context.paraview.lose(context.paraview.engine.remember(node))
        raise


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
                    _check_rights(context, ident, name, prop)
                    remember(prop)
                values.put(engine, proxy, name, value)
                problem = values.check_ranges(proxy, name)
                if problem:
                    raise BadRequest(problem)
    for ident, _ in changes:
        engine.proxy(ident).UpdateVTKObjects()


def _check_rights(context: Context, ident: str, name: str, prop: Any) -> None:
    """What no panel shows is for the host alone; of the rest, what its kind says."""
    if not context.paraview.describer.shows(ident, name):
        context.require_host(f"{name} is for the host to set.")
    if role_for(name, prop) == "host":
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
