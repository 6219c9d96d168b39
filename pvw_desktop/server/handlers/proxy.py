"""proxy.*"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from pvw_desktop.protocol.errors import BadRequest, Failed, PvwError
from pvw_desktop.protocol.messages.proxy import ProxyApply, ProxySet

from ..context import Context
from ..execution import never_shown, run_node, show_result, shown
from ..pv.core.engine import Proxy
from ..pv.pipeline.catalog import runs_code
from ..pv.properties import values
from .registry import handles

_FOR_THE_HOST = ("File", "FileName", "Log", "ShaderReplacements")
"""Ends of the names of properties that name a file or hold shader code."""


@handles("proxy.apply")
def apply(context: Context, params: ProxyApply) -> None:
    target = params.node or (params.changes[0].id if params.changes else None)
    if target is None:
        raise BadRequest("Nothing to apply.")
    node = context.paraview.engine.node(target)
    ident = context.paraview.engine.remember(node)
    was_new = never_shown(context, node)
    state = context.paraview.state_of(ident)
    before = _set_all(context, [(change.id, change.values) for change in params.changes])
    try:
        run_node(context, node, fresh=True)
        if was_new:
            show_result(context, node)
        else:
            _run_dependents(context, node)
    except Exception as error:
        context.stop.settle()
        context.paraview.forget_aborted()
        # A node without a result has nothing to go back to: it keeps what was typed, to be set right.
        if not (was_new and isinstance(error, Failed)):
            _put_back(context, before)
        if was_new and not isinstance(error, Failed):
            context.paraview.node_states[ident] = state
        if not was_new:
            context.paraview.lose(node)
        raise
    context.paraview.animation.follow_data()


def _set_all(context: Context, changes: list[tuple[str, dict[str, Any]]]) -> list[tuple[Proxy, str, Any]]:
    """Sets and pushes every value, or none: what was there before, to be put back where the run fails."""
    engine = context.paraview.engine
    before: list[tuple[Proxy, str, Any]] = []
    try:
        for ident, new in changes:
            proxy = engine.proxy(ident)
            if runs_code(proxy):
                context.require_host(f"{proxy.GetXMLLabel()} runs Python code, which only the host may change.")
            for name, value in new.items():
                prop = proxy.GetProperty(name)
                if prop is not None:
                    _check_rights(context, ident, name, prop)
                    before.append((proxy, name, values.get(engine, prop)))
                values.put(engine, proxy, name, value)
                problem = values.check_ranges(proxy, name)
                if problem:
                    raise BadRequest(problem)
        for ident, _ in changes:
            engine.proxy(ident).UpdateVTKObjects()
    except Exception:
        _put_back(context, before)
        raise
    return before


def _check_rights(context: Context, ident: str, name: str, prop: Any) -> None:
    """What names a file, and what no panel shows, is for the host alone."""
    if values.widget_of(prop) == "file" or name.endswith(_FOR_THE_HOST):
        context.require_host(f"{prop.GetXMLLabel()} is for the host to set.")
    if not context.paraview.describer.shows(ident, name):
        context.require_host(f"{name} is for the host to set.")


def _put_back(context: Context, before: list[tuple[Proxy, str, Any]]) -> None:
    """Never raises: what went wrong first is what the person has to read."""
    for proxy, name, value in reversed(before):
        with suppress(PvwError):
            values.put(context.paraview.engine, proxy, name, value)
    for proxy, _, _ in before:
        proxy.UpdateVTKObjects()


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
