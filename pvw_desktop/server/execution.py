"""Running a node and showing its result: progress, errors and cancel in one place, for every handler that executes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Optional

from pvw_desktop.protocol.errors import Cancelled, Failed, PvwError

from .context import Context
from .pv.core.engine import mark_modified
from .pv.core.messages import Heard, gist, telling
from .pv.pipeline.information import is_empty
from .pv.properties.access import Proxy
from .pv.views.kinds.view import View
from .pv.views.representations import representation_in
from .verdict import Verdict, judge, missing


def run_node(context: Context, node: Proxy, heard_before: Optional[Heard] = None, fresh: bool = False) -> None:
    """Brings a node's output up to date, its inputs first.

    Raises Cancelled, or Failed with what VTK said where it gave no output. An output that came with errors all the same
    is shown; the node says so, and a notice. `fresh` runs it even where it is up to date.
    """
    for source, _ in context.paraview.engine.inputs(node):
        if context.paraview.engine.name_of(source) is not None and _state(context, source) in ("new", "modified"):
            run_node(context, source)
    ident = context.paraview.engine.remember(node)
    was = context.paraview.state_of(ident)
    if not fresh and (was[0] == "ok" or (was[0] == "error" and not is_empty(node))):
        return
    context.paraview.working_on = ident
    try:
        context.check_cancelled()
        found = missing(context.paraview, node) or _run(
            context, node, heard_before, again=was[0] == "error" or is_empty(node)
        )
        if found.failed:
            raise Failed(str(found.sentence), found.hint, found.log)
        if found.state == "error" and found.sentence is not None:
            context.note("warning", found.sentence, found.hint, found.log)
        context.paraview.node_states[ident] = (found.state, found.sentence)
        context.paraview.ran.add(ident)
    except Cancelled:
        context.paraview.node_states[ident] = was
        raise
    except PvwError as error:
        context.paraview.node_states[ident] = ("error", error.message)
        raise
    finally:
        context.paraview.working_on = None


def _run(context: Context, node: Proxy, before: Optional[Heard], again: bool) -> Verdict:
    with context.paraview.listener.listen() as heard:
        if again:  # nothing changed that ParaView knows of; the file may have
            context.paraview.readers.read_again(node)
            mark_modified(node)
        node.UpdatePipeline(context.paraview.animation.now())
    if context.stop.is_cancelled():
        context.paraview.forget_aborted()
        context.check_cancelled()
    return judge(context.paraview, node, heard if before is None else before.and_then(heard))


def never_shown(context: Context, node: Proxy) -> bool:
    """Whether a node has had no result to show yet: it is new, or has failed since."""
    state, views = _state(context, node), context.paraview.views.all()
    ports = range(node.GetNumberOfOutputPorts())
    shown_ports = (representation_in(view.proxy, node, port) for view in views for port in ports)
    return state == "new" or (state == "error" and not any(shown_ports))


def _state(context: Context, node: Proxy) -> str:
    return context.paraview.state_of(context.paraview.engine.remember(node))[0]


@contextmanager
def shown(context: Context) -> Iterator[None]:
    """Work that may run filters inside the view: what VTK says becomes a notice, a cancel is told."""
    with context.paraview.listener.listen() as heard:
        yield
        with context.paraview.colors.maps.by_magnitude():
            for view in context.paraview.views.all():
                view.proxy.Update()
    if context.stop.is_cancelled():
        context.paraview.forget_aborted()
        context.check_cancelled()
    known = any(state == "error" for state, _ in context.paraview.node_states.values())
    if telling(heard) or (heard.errors and not known):  # what draws repeats that a node gave nothing, at every turn
        context.note("warning", f"{gist(heard)}.", log=heard.log)


def go_to_time(context: Context, target: float) -> None:
    """Shows everything at a time."""
    with shown(context):
        context.paraview.animation.go(target)


def bring_back(context: Context, lost: list[Proxy]) -> None:
    """Computes again what a stop or a failure took away from what is shown; what nobody sees waits until it is asked
    for. One that is stopped again is not shown any more: it has no result. Raises the first failure, at the end."""
    failure: Optional[PvwError] = None
    for node in lost:
        if not _is_shown(context, node):
            continue
        try:
            run_node(context, node)
        except Cancelled:
            _hide(context, node)
            raise
        except PvwError as error:
            failure = failure or error
    with shown(context):
        pass  # what the view itself still has to compute
    if failure is not None:
        raise failure


def is_shown(context: Context, nodes: list[Proxy]) -> bool:
    """Whether the view shows one of these, or something that depends on one."""
    return any(_is_shown(context, node) for node in nodes)


def _is_shown(context: Context, node: Proxy) -> bool:
    engine = context.paraview.engine
    shown_too = engine.downstream(node)
    return any(context.paraview.is_visible(other) for _, other in engine.nodes() if engine.remember(other) in shown_too)


def _hide(context: Context, node: Proxy) -> None:
    engine = context.paraview.engine
    gone = engine.downstream(node)
    for _, other in engine.nodes():
        if engine.remember(other) in gone:
            context.paraview.hide_everywhere(other)


def show_result(context: Context, node: Proxy, view: View, direction: Optional[str] = None) -> None:
    """Shows a node for the first time: its inputs step back in that view, and the camera frames it where it is the
    first thing there."""
    engine, displays = context.paraview.engine, context.paraview.displays
    first = not any(view in _views(context, other) for _, other in engine.nodes())
    with shown(context):
        if displays.can_show(view.proxy, node, 0) and displays.show(view.proxy, node, 0) is not None:
            displays.hide_replaced_inputs(view.proxy, node)
    if first:
        view.reset_camera(direction, None)


def delete(context: Context, node: Proxy) -> None:
    """Deletes a node; inputs that nothing else visible stands for come back in the views that showed it."""
    engine, displays = context.paraview.engine, context.paraview.displays
    back = [
        (view, source, port)
        for source, port in engine.inputs(node)
        for view in _views(context, node)
        if not any(other is not node and view in _views(context, other) for other in engine.consumers(source))
    ]
    context.paraview.hide_everywhere(node)
    for view, source, port in back:
        if engine.name_of(source) is not None and representation_in(view.proxy, source, port) is not None:
            with shown(context):
                displays.show(view.proxy, source, port)
    # Last, since all before may be stopped, and the helpers of a display come back from an undo with other values.
    ident = engine.remember(node)
    engine.delete(node)
    context.paraview.node_states.pop(ident, None)


def _views(context: Context, node: Proxy) -> list[View]:
    return [view for view, _ in context.paraview.visible_in(node)]
