"""proxy.*"""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol.errors import BadRequest, PvwError
from pvw_desktop.protocol.messages.proxy import ProxyApply, ProxySet

from ..application import Application
from ..dispatch import handles
from ..pv import values
from ..pv.catalog import RUNS_CODE
from ..pv.engine import Proxy
from ..running import run_node, show_result, shown


@handles("proxy.apply")
def apply(app: Application, params: ProxyApply) -> None:
    target = params.node or (params.changes[0].id if params.changes else None)
    if target is None:
        raise BadRequest("Nothing to apply.")
    node = app.bench.engine.node(target)
    ident = app.bench.engine.remember(node)
    was_new = app.bench.state_of(ident)[0] == "new"
    before = _set_all(app, [(change.id, change.values) for change in params.changes])
    try:
        run_node(app, node, fresh=True)
        if was_new:
            show_result(app, node)
        else:
            _run_dependents(app, node)
    except PvwError:
        _put_back(app, before)
        raise
    app.bench.timing.follow_data()


def _set_all(app: Application, changes: list[tuple[str, dict[str, Any]]]) -> list[tuple[Proxy, str, Any]]:
    """Sets and pushes every value, or none: what was there before, to be put back where the run fails."""
    engine = app.bench.engine
    before: list[tuple[Proxy, str, Any]] = []
    try:
        for ident, new in changes:
            proxy = engine.proxy(ident)
            if proxy.GetXMLName() in RUNS_CODE:
                app.require_host(f"{proxy.GetXMLLabel()} runs Python code, which only the host may change.")
            for name, value in new.items():
                prop = proxy.GetProperty(name)
                if prop is not None:
                    if values.widget_of(prop) == "file":
                        app.require_host("A file's name on the server is for the host to set.")
                    before.append((proxy, name, values.get(engine, prop)))
                values.put(engine, proxy, name, value)
                problem = values.check_ranges(proxy, name)
                if problem:
                    raise BadRequest(problem)
        for ident, _ in changes:
            engine.proxy(ident).UpdateVTKObjects()
    except PvwError:
        _put_back(app, before)
        raise
    return before


def _put_back(app: Application, before: list[tuple[Proxy, str, Any]]) -> None:
    for proxy, name, value in reversed(before):
        values.put(app.bench.engine, proxy, name, value)
    for proxy, _, _ in before:
        proxy.UpdateVTKObjects()


def _run_dependents(app: Application, node: Proxy) -> None:
    """Runs what is shown downstream, so that its errors and progress belong to this request and not to a render."""
    waiting = list(app.bench.engine.consumers(node))
    while waiting:
        consumer = waiting.pop(0)
        ident = app.bench.engine.remember(consumer)
        if app.bench.state_of(ident)[0] != "new":
            run_node(app, consumer, fresh=True)
        waiting += app.bench.engine.consumers(consumer)
    with shown(app):
        pass  # what the view itself still has to compute


@handles("proxy.set")
def set_values(app: Application, params: ProxySet) -> None:
    if app.bench.engine.name_of(app.bench.engine.proxy(params.id)) is not None:
        raise BadRequest("A pipeline item's properties are set with proxy.apply.")
    _set_all(app, [(params.id, params.values)])
