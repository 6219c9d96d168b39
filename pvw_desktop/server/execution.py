"""Running a node and showing its result: progress, errors and cancel in one place, for every handler that executes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Optional

from pvw_desktop.protocol.errors import Cancelled, Failed, PvwError

from .application import Application
from .pv.core.engine import Proxy, mark_modified
from .pv.core.messages import Heard, gist, telling
from .pv.pipeline.information import is_empty
from .verdict import Verdict, judge, missing


def run_node(app: Application, node: Proxy, heard_before: Optional[Heard] = None, fresh: bool = False) -> None:
    """Brings a node's output up to date, its inputs first.

    Raises Cancelled, or Failed with what VTK said where it gave no output. An output that came with errors all the same
    is shown; the node says so, and a notice. `fresh` runs it even where it is up to date.
    """
    for source, _ in app.bench.engine.inputs(node):
        if app.bench.engine.name_of(source) is not None and _state(app, source) in ("new", "modified"):
            run_node(app, source)
    ident = app.bench.engine.remember(node)
    was = app.bench.state_of(ident)
    if not fresh and (was[0] == "ok" or (was[0] == "error" and not is_empty(node))):
        return
    app.bench.working_on = ident
    try:
        app.check_cancelled()
        found = missing(app.bench, node) or _run(app, node, heard_before, again=was[0] == "error" or is_empty(node))
        if found.failed:
            raise Failed(str(found.sentence), found.hint, found.log)
        if found.state == "error" and found.sentence is not None:
            app.note("warning", found.sentence, found.hint, found.log)
        app.bench.node_states[ident] = (found.state, found.sentence)
    except Cancelled:
        app.bench.node_states[ident] = was
        raise
    except PvwError as error:
        app.bench.node_states[ident] = ("error", error.message)
        raise
    finally:
        app.bench.working_on = None


def _run(app: Application, node: Proxy, before: Optional[Heard], again: bool) -> Verdict:
    with app.bench.listener.listen() as heard:
        if again:  # nothing changed that ParaView knows of; the file may have
            app.bench.readers.read_again(node)
            mark_modified(node)
        node.UpdatePipeline(app.bench.timing.now())
    if app.inbox.is_cancelled():
        app.bench.forget_aborted()
        app.check_cancelled()
    return judge(app.bench, node, heard if before is None else before.and_then(heard))


def never_shown(app: Application, node: Proxy) -> bool:
    """Whether a node has had no result to show yet: it is new, or has failed since."""
    state = _state(app, node)
    shown_ports = (app.bench.engine.representation(node, port) for port in range(node.GetNumberOfOutputPorts()))
    return state == "new" or (state == "error" and not any(shown_ports))


def _state(app: Application, node: Proxy) -> str:
    return app.bench.state_of(app.bench.engine.remember(node))[0]


@contextmanager
def shown(app: Application) -> Iterator[None]:
    """Work that may run filters inside the view: what VTK says becomes a notice, a cancel is told."""
    with app.bench.listener.listen() as heard:
        yield
        with app.bench.colors.by_magnitude():
            app.bench.engine.view.Update()
    if app.inbox.is_cancelled():
        app.bench.forget_aborted()
        app.check_cancelled()
    known = any(state == "error" for state, _ in app.bench.node_states.values())
    if telling(heard) or (heard.errors and not known):  # what draws repeats that a node gave nothing, at every turn
        app.note("warning", f"{gist(heard)}.", log=heard.log)


@contextmanager
def or_back(app: Application, undo: Callable[[], object]) -> Iterator[None]:
    """Work that is undone where it is cancelled or fails, with the ranges that colour maps grew to meanwhile."""
    colors_back = app.bench.colors.way_back()
    try:
        yield
    except Exception:
        app.inbox.settle()
        app.bench.forget_aborted()
        undo()
        colors_back()
        raise


def bring_back(app: Application, lost: list[Proxy]) -> None:
    """Computes again what a stop or a failure took away from what is shown; what nobody sees waits until it is asked
    for. One that is stopped again is not shown any more: it has no result. Raises the first failure, at the end."""
    failure: Optional[PvwError] = None
    for node in lost:
        if not _is_shown(app, node):
            continue
        try:
            run_node(app, node)
        except Cancelled:
            _hide(app, node)
            raise
        except PvwError as error:
            failure = failure or error
    with shown(app):
        pass  # what the view itself still has to compute
    if failure is not None:
        raise failure


def is_shown(app: Application, nodes: list[Proxy]) -> bool:
    """Whether the view shows one of these, or something that depends on one."""
    return any(_is_shown(app, node) for node in nodes)


def _is_shown(app: Application, node: Proxy) -> bool:
    shown_too = app.bench.engine.downstream(node)
    return any(
        _any_visible(app, other)
        for _, other in app.bench.engine.nodes()
        if app.bench.engine.remember(other) in shown_too
    )


def _hide(app: Application, node: Proxy) -> None:
    gone = app.bench.engine.downstream(node)
    for _, other in app.bench.engine.nodes():
        if app.bench.engine.remember(other) in gone:
            for port in range(other.GetNumberOfOutputPorts()):
                if app.bench.displays.visible(other, port):
                    app.bench.displays.hide(other, port)


def show_result(app: Application, node: Proxy, direction: Optional[str] = None) -> None:
    """Shows a node for the first time: its inputs step back, and the camera frames it where it is the first thing."""
    first = not any(_any_visible(app, other) for _, other in app.bench.engine.nodes())
    inputs = [
        (source, port) for source, port in app.bench.engine.inputs(node) if app.bench.displays.visible(source, port)
    ]

    def step_back() -> None:
        app.bench.displays.hide(node, 0)
        app.bench.node_states[app.bench.engine.remember(node)] = ("new", None)
        for source, port in inputs:
            app.bench.displays.show(source, port)

    with or_back(app, step_back), shown(app):
        if app.bench.displays.can_show(node, 0) and app.bench.displays.show(node, 0) is not None:
            app.bench.displays.hide_replaced_inputs(node)
    if first:
        app.bench.views.reset_camera(direction, None)


def delete(app: Application, node: Proxy) -> None:
    """Deletes a node; inputs that no other visible item stands for come back."""
    inputs = [
        (source, port)
        for source, port in app.bench.engine.inputs(node)
        if not any(other is not node and _any_visible(app, other) for other in app.bench.engine.consumers(source))
    ]
    visible = _any_visible(app, node)
    ident = app.bench.engine.remember(node)
    for port in range(node.GetNumberOfOutputPorts()):
        if app.bench.displays.visible(node, port):
            app.bench.displays.hide(node, port)
    app.bench.engine.delete(node)
    app.bench.node_states.pop(ident, None)
    for source, port in inputs if visible else []:
        if app.bench.engine.name_of(source) is not None and app.bench.engine.representation(source, port) is not None:
            with shown(app):
                app.bench.displays.show(source, port)


def _any_visible(app: Application, node: Proxy) -> bool:
    return any(app.bench.displays.visible(node, port) for port in range(node.GetNumberOfOutputPorts()))


def forget(app: Application, nodes: list[Any]) -> None:
    """Takes back nodes that could not be run."""
    for node in reversed(nodes):
        if app.bench.engine.name_of(node) is not None:
            app.bench.engine.delete(node)
