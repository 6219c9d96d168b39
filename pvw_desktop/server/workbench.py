"""Everything of ParaView that handlers use, put together once, and the topics it comes to."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Callable, Optional

from pvw_desktop.protocol.channel import Demand
from pvw_desktop.protocol.messages.common import Port
from pvw_desktop.protocol.messages.pipeline import OutputPort, Pipeline, PipelineNode
from pvw_desktop.protocol.messages.scene import Scene

from .pv.color.transfer_functions import Colors
from .pv.core import messages as vtk_messages
from .pv.core.bounds import union
from .pv.core.engine import Engine, mark_modified
from .pv.core.fresh import Fresh
from .pv.core.progress import Progress
from .pv.core.state import NodeStates, States
from .pv.core.texts import readable_class
from .pv.core.undo import Undo
from .pv.geometry.scene import SceneReader
from .pv.pipeline.animation import Animation
from .pv.pipeline.catalog import Catalog
from .pv.pipeline.information import information
from .pv.pipeline.readers import Readers
from .pv.properties.access import Proxy, label_of
from .pv.properties.describe import Describer
from .pv.views.images import Images, is_software
from .pv.views.registry import Views
from .pv.views.render_view import RenderView
from .pv.views.representations import Displays, representation_in
from .verdict import Verdict, judge, missing, was_missing


class Workbench:
    """ParaView, laid out for handlers."""

    def __init__(self, frames: str, on_progress: Callable[[str, float, bool], bool]):
        self.listener = vtk_messages.Listener()
        self.engine = Engine()
        self.views = Views(self.engine, lambda view: self._visible_bounds(view, self.engine.nodes()) is not None)
        self.colors = Colors(self.engine)
        self.displays = Displays(self.engine, self.colors)
        self.describer = Describer(self.engine)
        self.readers = Readers(self.engine)
        self.catalog = Catalog(self.engine)
        self.animation = Animation(self.engine)
        self.states = States(self.engine, self.views, self.listener)
        self.states.node_states = self._states_by_name
        self.fresh = Fresh(self.engine)
        self.progress = Progress(self.engine)
        self.undo = Undo(self.engine)
        self.progress.watch(on_progress)
        self.images = Images(self.engine, frames)
        self._geometry: dict[str, SceneReader] = {}
        """By view."""
        self.node_states: dict[str, tuple[str, Optional[str]]] = {}
        """By node id: new, modified, ok or error, and the sentence of the error."""
        self.working_on: Optional[str] = None
        """Id of the node that runs."""
        self._lost: set[str] = set()
        """Ids of the nodes that a stop left without their result."""

    def start(self) -> str:
        """Makes the first view; the name of the OpenGL renderer."""
        view = self.views.create()
        renderer = self.images.renderer(view)
        self.views.on_adopt = lambda view: self.images.adopt(view, is_software(renderer))
        self.views.on_adopt(view)
        self.fresh.remember(view.proxy, self.animation.scene)
        return renderer

    def render(self, view: str, slot: int, scale: float, still: bool, lod: bool) -> tuple[int, int]:
        """One image of a view into a slot; its size."""
        found = self.views.get(view)
        found.apply_size(scale)
        return self.images.render(found, slot, still, lod)

    def read_scenes(self, demand: Demand) -> dict[str, Scene]:
        """What each view shows as geometry, as far as somebody wants it, by what follows `scene/`; see SceneReader."""
        shown = {view.id: view for view in self.views.all()}
        self._geometry = {
            ident: self._geometry.get(ident) or SceneReader(self.engine, view.proxy) for ident, view in shown.items()
        }
        found: dict[str, Scene] = {}
        for ident, reader in self._geometry.items():
            shown[ident].apply_size(1.0)
            wanted = demand.of(ident)
            scenes = reader.read(wanted.limit, wanted.lod and self.images.may_use_lod)
            found.update({f"{ident}{ending}": scene for ending, scene in scenes.items()})
        return found

    def scene_payload(self, name: str) -> Any:
        """The bytes of a blob of the scenes read last; KeyError for any other."""
        for reader in self._geometry.values():
            with suppress(KeyError):
                return reader.payload(name)
        raise KeyError(name)

    @property
    def kept_of_data(self) -> int:
        """How many things made of ParaView's data are remembered for the scenes."""
        return sum(reader.kept for reader in self._geometry.values())

    def restore(self, path: str) -> Optional[str]:
        """Loads saved work into the empty session; a sentence where errors came with it."""
        if not os.path.exists(path):
            return None
        heard = self.replace(path)
        return f"Your work came back with errors: {vtk_messages.gist(heard)}." if heard.errors else None

    def replace(self, path: str) -> vtk_messages.Heard:
        """Puts the work of a state file in the place of what is there; what was said meanwhile."""
        self.clear()
        with self.listener.listen() as heard:
            told = self.states.load(path)
        heard = heard.and_then(self._know_restored(told))
        self.views.first.moved = True  # by whoever saved it
        away = any(missing(self, node) is not None for _, node in self.engine.nodes())
        self.animation.follow_data(chosen=True, away=away)
        return heard

    def _know_restored(self, told: NodeStates) -> vtk_messages.Heard:
        """After a state was loaded: what has a display or feeds something was applied, the rest waits for Apply. What
        is seen runs now, each by itself, so that an error belongs to its node; what was in error still is. What nobody
        sees has no result yet, and says so."""
        everything = vtk_messages.Heard()
        for name, node in self.engine.nodes():
            before = told.get(name, ("ok" if self._was_applied(node) else "new", None))
            self.node_states[self.engine.remember(node)] = before
        for _, node in self.engine.nodes():
            ident = self.engine.remember(node)
            state, sentence = self.node_states[ident]
            found = Verdict(state, sentence)
            gone = missing(self, node)
            if state != "new" and gone is not None:
                found = gone
            elif state != "new" and self._is_needed(node):
                with self.listener.listen() as heard:
                    node.UpdatePipeline(self.animation.now())
                everything = everything.and_then(heard)
                now = judge(self, node, heard)
                found = now if state != "error" or now.state == "error" or was_missing(sentence) else found
            elif state == "ok":
                found = Verdict("modified")
            self.node_states[ident] = (found.state, found.sentence)
        with self.listener.listen():  # what the nodes said is known; a view says it again
            for view in self.views.all():
                view.proxy.Update()
        return everything

    def _was_applied(self, node: Proxy) -> bool:
        return bool(self.engine.consumers(node)) or self.engine.has_representation(node)

    def _is_needed(self, node: Proxy) -> bool:
        """Whether a node is seen or feeds one that is. A result that the view has no way to show, such as a table, is
        seen by its information."""
        ports = range(node.GetNumberOfOutputPorts())
        if self.is_visible(node):
            return True
        consumers = self.engine.consumers(node)
        shown = (representation_in(view.proxy, node, port) for view in self.views.all() for port in ports)
        if not consumers and not any(shown):
            return self.state_of(self.engine.remember(node))[0] in ("ok", "error")
        return any(self._is_needed(consumer) for consumer in consumers)

    def clear(self) -> None:
        """Removes everything: afterwards the session is like a fresh one."""
        for _, node in reversed(self.engine.nodes()):
            self.hide_everywhere(node)
            self.engine.delete(node)
        self.colors.forget_all()
        self.node_states.clear()
        self.views.delete_others()
        self.fresh.unregister_others(self.views.first.proxy)
        self.animation.forget(self.fresh.give_back)
        self.views.forget(self.fresh.give_back)

    def is_visible(self, node: Proxy) -> bool:
        """Whether any view shows a port of a node."""
        return bool(self.visible_in(node))

    def visible_in(self, node: Proxy) -> list[tuple[RenderView, int]]:
        """The views that show a node, and which port."""
        ports = range(node.GetNumberOfOutputPorts())
        found = [(view, port) for view in self.views.all() for port in ports]
        return [(view, port) for view, port in found if self.displays.visible(view.proxy, node, port)]

    def hide_everywhere(self, node: Proxy) -> None:
        """Hides a node in every view."""
        for view, port in self.visible_in(node):
            self.displays.hide(view.proxy, node, port)

    def words_for(self, vtk_class: str) -> str:
        """What a person calls an algorithm that reports: the item of the pipeline whose it is, or that runs now and
        uses it inside; its class in words only where it belongs to no item, as what draws does."""
        running = other = None
        for name, node in self.engine.sources():
            algorithm = node.GetClientSideObject()
            fits = algorithm is not None and algorithm.GetClassName() == vtk_class
            if str(node.GetGlobalIDAsString()) == self.working_on:
                running = name
                if fits:
                    return name
            elif fits:
                other = name
        return other or running or readable_class(vtk_class)

    def forget_aborted(self) -> None:
        """After a stop: what has less than its result runs again when it is next asked, and nothing else does."""
        for node in self.progress.clear():
            if self.engine.name_of(node) is not None:
                mark_modified(node)
                self._lost.add(self.engine.remember(node))

    def lose(self, node: Proxy) -> None:
        """What this node has is no result of its values as they are."""
        self._lost.add(self.engine.remember(node))

    def take_lost(self) -> list[Proxy]:
        """The nodes that lost their result, with all that depends on them, inputs first; those that had one are
        `modified` until they run again."""
        gone: set[str] = set()
        for _, node in self.engine.nodes():
            if self.engine.remember(node) in self._lost:
                gone |= self.engine.downstream(node)
        self._lost.clear()
        found = []
        for _, node in self.engine.nodes():
            ident = self.engine.remember(node)
            if ident in gone and self.state_of(ident)[0] != "new":
                self.node_states[ident] = ("modified", None)
                found.append(node)
        return found

    # --- topics

    def topics(self, before: Optional[dict[str, Any]] = None, only: Optional[str] = None) -> dict[str, Any]:
        """All topics, by name. With `only`, the nodes but that one are taken to be as they were `before`."""
        nodes = self.engine.nodes()
        for view in self.views.all():
            self.colors.dress_bars(view.proxy, self._shown(view.proxy, nodes))
        found: dict[str, Any] = {"time": self.animation.state()}
        alive = {self.engine.remember(view.proxy) for view in self.views.all()}
        known = before or {}
        listed = []
        for name, node in nodes:
            ident = self.engine.remember(node)
            listed.append(self._node(ident, name, node))
            if only not in (None, ident) and f"proxy/{ident}" in known:
                self._as_before(found, known, ident)
                continue
            try:
                if self.state_of(ident)[0] == "modified":  # what it has is no result
                    self._as_before(found, known, ident)
                    found[f"proxy/{ident}"] = self.describer.describe(node, "source")
                    continue
                found[f"proxy/{ident}"] = self.describer.describe(node, "source")
                for port in range(node.GetNumberOfOutputPorts()):
                    self._port_topics(found, ident, node, port)
            except Exception:  # one item that cannot be described must not hide all others
                traceback.print_exc(file=sys.stderr)
        found["pipeline"] = Pipeline(nodes=listed, view=self.views.first.id)
        for view in self.views.all():
            found[f"proxy/{view.id}"] = self.describer.describe(view.proxy, "view")
            found[f"view/{view.id}"] = view.state(self._visible_bounds(view.proxy, nodes))
        for name, lut in self.colors.tables():
            found[f"color/{name}"] = self.colors.state(name, lut)
        self._forget_gone(found, alive)
        return found

    def _shown(self, view: Proxy, nodes: list[tuple[str, Proxy]]) -> Iterator[tuple[Proxy, Any]]:
        """Visible representations, and what is known of their data."""
        for _, node in nodes:
            for port in range(node.GetNumberOfOutputPorts()):
                if self.displays.visible(view, node, port):
                    yield representation_in(view, node, port), node.GetDataInformation(port)

    def _as_before(self, found: dict[str, Any], before: dict[str, Any], ident: str) -> None:
        views = {view.id for view in self.views.all()}
        for name, value in before.items():
            kind, *ids = name.split("/")
            if kind in ("proxy", "info") and ids[0] == ident:
                found[name] = value
            elif kind == "display" and ids[1] == ident and ids[0] in views:
                found[name] = value
                found[f"proxy/{value.representation_id}"] = before[f"proxy/{value.representation_id}"]

    def _port_topics(self, found: dict[str, Any], ident: str, node: Proxy, port: int) -> None:
        if self.state_of(ident)[0] == "new":
            return
        found[f"info/{ident}/{port}"] = information(node, ident, port)
        for view in self.views.all():
            display = self.displays.state(view.proxy, node, port)
            if display is not None:
                found[f"display/{view.id}/{ident}/{port}"] = display
                representation = representation_in(view.proxy, node, port)
                found[f"proxy/{display.representation_id}"] = self.describer.describe(representation, "representation")

    def _states_by_name(self) -> NodeStates:
        return {name: self.state_of(self.engine.remember(node)) for name, node in self.engine.nodes()}

    def state_of(self, ident: str) -> tuple[str, Optional[str]]:
        """State and error sentence of a node."""
        return self.node_states.get(ident, ("new", None))

    def _node(self, ident: str, name: str, node: Proxy) -> PipelineNode:
        state, message = self.state_of(ident)
        visible = self.visible_in(node)
        able = self.views.all() if state != "new" else []
        return PipelineNode(
            node=ident,
            name=name,
            type=label_of(node),
            proxy=str(node.GetXMLName()),
            group=str(node.GetXMLGroup()),
            inputs=[Port(self.engine.remember(source), port) for source, port in self.engine.inputs(node)],
            ports=[
                OutputPort(
                    index=port,
                    name=str(node.GetOutputPortName(port) or f"Output {port}"),
                    visible_in=[view.id for view, shown in visible if shown == port],
                    can_show_in=[view.id for view in able if self.displays.can_show(view.proxy, node, port)],
                )
                for port in range(node.GetNumberOfOutputPorts())
            ],
            state=state,  # type: ignore[arg-type]
            message=message or (self.catalog.warning(node) if state == "new" else None),
            file=self.readers.file_of(node),
        )

    def _visible_bounds(self, view: Proxy, nodes: list[tuple[str, Proxy]]) -> Optional[list[float]]:
        return union(data.GetBounds() for _, data in self._shown(view, nodes))

    def _forget_gone(self, found: dict[str, Any], alive: set[str]) -> None:
        def visit(state: Any) -> None:
            alive.add(state.id)
            for prop in state.properties:
                for inner in prop.proxies:
                    visit(inner)

        for name, value in found.items():
            if name.startswith("proxy/"):
                visit(value)
        self.engine.forget_gone(alive)
        self.describer.forget(alive)
        self.node_states = {ident: state for ident, state in self.node_states.items() if ident in alive}
