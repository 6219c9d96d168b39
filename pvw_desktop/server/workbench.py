"""Everything of ParaView that handlers use, put together once."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Callable, Optional

from pvw_desktop.protocol.channel import Demand
from pvw_desktop.protocol.messages.scene import Scene

from .pv.color.color_by import Colors
from .pv.core.engine import Engine, mark_modified
from .pv.core.fresh import Fresh
from .pv.core.messages import Listener
from .pv.core.progress import Progress
from .pv.core.state import NodeStates, States
from .pv.core.texts import readable_class
from .pv.core.undo import Undo
from .pv.geometry.scene import SceneReader
from .pv.pipeline.animation import Animation
from .pv.pipeline.catalog import Catalog
from .pv.pipeline.readers import Readers
from .pv.properties.access import Proxy
from .pv.properties.describe import Describer
from .pv.views.images import Images, is_software
from .pv.views.kinds.view import View
from .pv.views.registry import Views
from .pv.views.representations import Displays

NEW: tuple[str, Optional[str]] = ("new", None)
"""State of a node that was never applied."""


class Workbench:
    """ParaView, laid out for handlers."""

    def __init__(self, frames: str, on_progress: Callable[[str, float, bool], bool]):
        self.listener = Listener()
        self.engine = Engine()
        self.views = Views(self.engine, self._shows_something)
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
        self.ran: set[str] = set()
        """Ids of the nodes that gave a result since the transaction began."""
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

    def _shows_something(self, view: Proxy) -> bool:
        return self.displays.visible_bounds(view, self.engine.nodes()) is not None

    def render(self, view: str, slot: int, scale: float, still: bool, lod: bool) -> tuple[int, int]:
        """One image of a view into a slot; its size."""
        found = self.views.get(view)
        found.apply_size(scale)
        return self.images.render(found, slot, still, lod)

    def read_scenes(self, demand: Demand) -> dict[str, Scene]:
        """What each view shows as geometry, as far as somebody wants it, by what follows `scene/`; see SceneReader."""
        shown = {view.id: view for view in self.views.all() if view.HAS_GEOMETRY}
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

    def clear(self) -> None:
        """Removes everything: afterwards the session is like a fresh one."""
        for _, node in reversed(self.engine.nodes()):
            self.hide_everywhere(node)
            self.engine.delete(node)
        self.colors.maps.forget_all()
        self.node_states.clear()
        self.views.delete_others()
        self.fresh.unregister_others(self.views.first.proxy)
        self.animation.forget(self.fresh.give_back)
        self.views.forget(self.fresh.give_back)

    def is_visible(self, node: Proxy) -> bool:
        """Whether any view shows a port of a node."""
        return bool(self.visible_in(node))

    def visible_in(self, node: Proxy) -> list[tuple[View, int]]:
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

    def lose(self, ident: str) -> None:
        """What this node has is no result of its values as they are."""
        self._lost.add(ident)

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

    def _states_by_name(self) -> NodeStates:
        return {name: self.state_of(self.engine.remember(node)) for name, node in self.engine.nodes()}

    def state_of(self, ident: str) -> tuple[str, Optional[str]]:
        """State and error sentence of a node."""
        return self.node_states.get(ident, NEW)

    def forget_gone(self, alive: set[str]) -> None:
        """Nothing is remembered of a proxy whose id is not among these."""
        self.engine.forget_gone(alive)
        self.describer.forget(alive)
        self.node_states = {ident: state for ident, state in self.node_states.items() if ident in alive}
