"""The views of the session, by id. Which kinds there are, where they come from, and what takes the place of which."""

from __future__ import annotations

from typing import Callable, Optional, TypeVar

from pvw_desktop.protocol.channel import Demand
from pvw_desktop.protocol.errors import BadRequest, NotFound

from ..core.engine import Engine
from ..core.owned import in_group, new_proxy
from ..properties.access import Proxy, set_elements
from .kinds import KINDS
from .kinds.render import RenderView
from .kinds.view import Place, View

GONE = "That view is gone."
MAX_VIEWS = 16
"""Each has a window of its own and is drawn at each change."""
V = TypeVar("V", bound=View)


class Views:
    """Every view that pages may show. There is always one; the oldest is meant where none is named."""

    def __init__(self, engine: Engine, anything_shown: Callable[[Proxy], bool]):
        self._engine = engine
        self._anything_shown = anything_shown
        self._views: dict[str, View] = {}
        self.replaced: dict[str, str] = {}
        """By the id of a view that is gone: the one that has its place now."""
        self._released: list[View] = []
        self.on_adopt: Callable[[View], None] = lambda view: None
        """Called when a view is new here, or was given back what it was born with."""

    def create(self, place: Optional[Place] = None, kind: str = RenderView.KIND) -> View:
        """A new view with its window, which is never shown."""
        place = place or Place()
        proxy = new_proxy(self._engine.pxm, "views", KINDS[kind].PROXY)
        self._engine.controller.PreInitializeProxy(proxy)
        set_elements(proxy, "ViewSize", place.size)
        proxy.UpdateVTKObjects()
        self._engine.controller.PostInitializeProxy(proxy)
        self._engine.controller.RegisterViewProxy(proxy)
        return self._adopt(KINDS[kind], proxy, place)

    def _adopt(self, kind: type[View], proxy: Proxy, place: Place) -> View:
        view = kind(proxy, place, self._anything_shown)
        self._views[self._engine.remember(proxy)] = view
        self.replaced.pop(view.id, None)
        self.on_adopt(view)
        return view

    def delete(self, ident: str) -> None:
        """Takes a view away, with the representations in it."""
        view = self.get(ident)
        del self._views[ident]
        self._engine.controller.UnRegisterProxy(view.proxy)

    def memory(self) -> dict[str, View]:
        """Which views there are, for `remember`."""
        return dict(self._views)

    def remember(self, memory: dict[str, View]) -> None:
        """After ParaView took back what happened since `memory` was taken: the views are those of then."""
        before, self._views = self._views, {}
        for ident, view in memory.items():
            if ident in before:
                self._views[ident] = before[ident]
                self._views[ident].apply_size(1.0)  # where everything was cleared, its window has ParaView's size now
            else:
                self._adopt(type(view), self._engine.session.GetRemoteObject(int(ident)), view.place)

    # --- which

    @property
    def first(self) -> View:
        """The one that is meant where none is named."""
        return next(iter(self._views.values()))

    def all(self) -> list[View]:
        """Oldest first."""
        return list(self._views.values())

    def get(self, ident: Optional[str] = None) -> View:
        """The view of an id, None for the first; NotFound for one that is gone."""
        if ident is None:
            return self.first
        found = self._views.get(ident)
        if found is None:
            raise NotFound(GONE)
        return found

    def get_as(self, kind: type[V], ident: Optional[str]) -> V:
        """As get, for what one kind alone can do: BadRequest for a view of another."""
        found = self.get(ident)
        if not isinstance(found, kind):
            raise BadRequest(f"That is for a {kind.LABEL}, and this view is a {found.LABEL}.")
        return found

    def at_place(self, ident: Optional[str]) -> View:
        """As get, for what outlives a view: another may have taken its place while the request was on its way."""
        return self.get(self.id_at_place(ident))

    def id_at_place(self, ident: Optional[str]) -> Optional[str]:
        """The id of the view that has the place of one which may be gone."""
        return ident if ident is None else self.replaced.get(ident, ident)

    def resize(self, demand: Demand) -> list[str]:
        """Gives the views the sizes that are wanted of them; those that have another one now."""
        sizes = {ident: demand.of(ident).size for ident in self._views}
        sizes[self.first.id] = sizes[self.first.id] or demand.size
        return [ident for ident, size in sizes.items() if size is not None and self._views[ident].resize(*size)]

    # --- state files

    def release(self) -> None:
        """Gives the views up for those that a state file brings."""
        self._released = self.all()
        self._views.clear()
        for view in self._released:
            self._engine.controller.UnRegisterProxy(view.proxy)

    def adopt_from_state(self) -> None:
        """After a state file was loaded: its first render view becomes the session's, or a new one is made. Size and
        quality stay."""
        place = self._released[0].place if self._released else Place()
        proxies = in_group(self._engine.pxm, "views")
        found = next((proxy for _, proxy in proxies if proxy.IsA("vtkSMRenderViewProxy")), None)
        view = self._adopt(RenderView, found, place) if found is not None else self.create(place)
        here = {gone.id for gone in self._released}
        here |= {before for before, now in self.replaced.items() if now in here}
        self.replaced.update(dict.fromkeys(here - {view.id}, view.id))
        self._released = []

    def others(self) -> list[str]:
        """Names of the views that a state brought along and that nobody sees here."""
        proxies = in_group(self._engine.pxm, "views")
        others = [(name, proxy) for name, proxy in proxies if str(proxy.GetGlobalIDAsString()) not in self._views]
        return [f"{name} ({proxy.GetXMLLabel()})" for name, proxy in others]

    def delete_others(self) -> None:
        """Leaves the first one alone."""
        for view in self.all()[1:]:
            self.delete(view.id)

    def forget(self, give_back: Callable[[Proxy], None]) -> None:
        """Everything around the data in the first view, and its camera, are as in the beginning."""
        give_back(self.first.proxy)
        self.on_adopt(self.first)
        self.first.reset_camera(None, None)
