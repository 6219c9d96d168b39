"""Saved work and state files: putting the session of one in the place of what is there, and what each node's state is
then. What state files are made of is pv/core/state.py's."""

from __future__ import annotations

import os
from typing import Optional

from .pv.core.messages import Heard, gist
from .pv.core.state import NodeStates
from .pv.properties.access import Proxy
from .pv.views.representations import representation_in
from .verdict import Verdict, judge, missing, was_missing
from .workbench import Workbench


def restore(paraview: Workbench, path: str) -> Optional[str]:
    """Loads saved work into the empty session; a sentence where errors came with it."""
    if not os.path.exists(path):
        return None
    heard = replace(paraview, path)
    return f"Your work came back with errors: {gist(heard)}." if heard.errors else None


def replace(paraview: Workbench, path: str) -> Heard:
    """Puts the work of a state file in the place of what is there; what was said meanwhile."""
    paraview.clear()
    with paraview.listener.listen() as heard:
        told = paraview.states.load(path)
    heard = heard.and_then(_know_restored(paraview, told))
    paraview.views.first.moved = True  # by whoever saved it
    away = any(missing(paraview, node) is not None for _, node in paraview.engine.nodes())
    paraview.animation.follow_data(chosen=True, away=away)
    return heard


def _know_restored(paraview: Workbench, told: NodeStates) -> Heard:
    """After a state was loaded: what has a display or feeds something was applied, the rest waits for Apply. What
    is seen runs now, each by itself, so that an error belongs to its node; what was in error still is. What nobody
    sees has no result yet, and says so."""
    everything = Heard()
    for name, node in paraview.engine.nodes():
        before = told.get(name, ("ok" if _was_applied(paraview, node) else "new", None))
        paraview.node_states[paraview.engine.remember(node)] = before
    for _, node in paraview.engine.nodes():
        ident = paraview.engine.remember(node)
        state, sentence = paraview.node_states[ident]
        found = Verdict(state, sentence)
        gone = missing(paraview, node)
        if state != "new" and gone is not None:
            found = gone
        elif state != "new" and _is_needed(paraview, node):
            with paraview.listener.listen() as heard:
                node.UpdatePipeline(paraview.animation.now())
            everything = everything.and_then(heard)
            now = judge(paraview, node, heard)
            found = now if state != "error" or now.state == "error" or was_missing(sentence) else found
        elif state == "ok":
            found = Verdict("modified")
        paraview.node_states[ident] = (found.state, found.sentence)
    with paraview.listener.listen():  # what the nodes said is known; a view says it again
        for view in paraview.views.all():
            view.proxy.Update()
    return everything


def _was_applied(paraview: Workbench, node: Proxy) -> bool:
    return bool(paraview.engine.consumers(node)) or paraview.engine.has_representation(node)


def _is_needed(paraview: Workbench, node: Proxy) -> bool:
    """Whether a node is seen or feeds one that is. A result that the view has no way to show, such as a table, is
    seen by its information."""
    ports = range(node.GetNumberOfOutputPorts())
    if paraview.is_visible(node):
        return True
    consumers = paraview.engine.consumers(node)
    shown = (representation_in(view.proxy, node, port) for view in paraview.views.all() for port in ports)
    if not consumers and not any(shown):
        return paraview.state_of(paraview.engine.remember(node))[0] in ("ok", "error")
    return any(_is_needed(paraview, consumer) for consumer in consumers)
