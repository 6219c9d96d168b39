"""Which image goes to which client when, and when the ParaView process may render again. No sockets, no clock.

Each client has at most WINDOW images under way that it has not acknowledged; what comes meanwhile waits, the newest
alone. An image is chosen for a client when it has room, stays chosen while it is encoded, and is sent whatever came
meanwhile: a steady stream of newer ones must not keep it from ever going out. The ParaView process gets a slot back
only when some client can take another image: nothing is rendered that nobody would see.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar

from ...protocol.channel import SLOTS

WINDOW = 2


class Numbered(Protocol):
    """An image as far as the order is concerned."""

    @property
    def view(self) -> str: ...

    @property
    def seq(self) -> int: ...


Who = TypeVar("Who", bound=Hashable)
Item = TypeVar("Item", bound=Numbered)


@dataclasses.dataclass
class _Viewer(Generic[Item]):
    """What one client has under way and what waits for it."""

    without: set[str] = dataclasses.field(default_factory=set)
    """Views of which it shows no images."""
    unacknowledged: list[tuple[str, int]] = dataclasses.field(default_factory=list)
    waiting: dict[str, Item] = dataclasses.field(default_factory=dict)
    chosen: Item | None = None

    def room(self) -> int:
        return max(0, WINDOW - len(self.unacknowledged) - len(self.waiting) - (self.chosen is not None))

    def free(self) -> bool:
        return self.chosen is None and len(self.unacknowledged) < WINDOW


class FrameFanout(Generic[Who, Item]):
    """The fan-out of images."""

    def __init__(self) -> None:
        self._viewers: dict[Who, _Viewer[Item]] = {}
        self._latest: dict[str, Item] = {}
        self.views: frozenset[str] = frozenset()
        """Those there are. An image of another is for nobody."""

    def add(self, who: Who) -> None:
        """A client that wants images; the newest image of each view waits for it at once."""
        self._viewers[who] = _Viewer(waiting=dict(self._latest))

    def remove(self, who: Who) -> None:
        """The client is gone, or wants no images any more."""
        self._viewers.pop(who, None)
        self._forget_unwatched()

    def show(self, views: frozenset[str]) -> None:
        """The views there are now: nobody gets an image of another that is not under way."""
        self.views = views
        self._latest = {view: image for view, image in self._latest.items() if view in views}
        for viewer in self._viewers.values():
            viewer.without &= views
            viewer.waiting = {view: image for view, image in viewer.waiting.items() if view in views}

    def set_shown(self, who: Who, view: str, shown: bool) -> bool:
        """Whether the client shows images of a view; False where it is so already. Coming back is like joining: what is
        under way counts as lost."""
        viewer = self._viewers.get(who)
        if viewer is None or view not in self.views or shown is (view not in viewer.without):
            return False
        (viewer.without.discard if shown else viewer.without.add)(view)
        viewer.unacknowledged = [item for item in viewer.unacknowledged if item[0] != view]
        if viewer.chosen is not None and viewer.chosen.view == view:
            viewer.chosen = None
        viewer.waiting.pop(view, None)
        if shown and view in self._latest:
            viewer.waiting[view] = self._latest[view]
        self._forget_unwatched()
        return True

    def _forget_unwatched(self) -> None:
        """Nothing is rendered of a view that nobody shows, and so what there is will be out of date."""
        self._latest = {view: image for view, image in self._latest.items() if self.watched(view)}

    def offer(self, image: Item) -> list[Who]:
        """A new image; the clients that may take one now. An image older than one already offered is dropped."""
        newest = self._latest.get(image.view)
        if image.view not in self.views or (newest is not None and newest.seq >= image.seq):
            return []
        if not self.watched(image.view):  # it is out of date before anybody looks
            return []
        self._latest[image.view] = image
        ready = []
        for who, viewer in self._viewers.items():
            if image.view not in viewer.without:
                viewer.waiting[image.view] = image
                if viewer.free():
                    ready.append(who)
        return ready

    def choose(self, who: Who) -> Item | None:
        """The image that this client gets next; the same one until `sent` is called. None where it has no room."""
        viewer = self._viewers.get(who)
        if viewer is None:
            return None
        if viewer.waiting and viewer.free():
            view = min(viewer.waiting, key=lambda name: viewer.waiting[name].seq)
            viewer.chosen = viewer.waiting.pop(view)
        return viewer.chosen

    def sent(self, who: Who) -> None:
        """The chosen image is under way from here on."""
        viewer = self._viewers.get(who)
        if viewer is not None and viewer.chosen is not None:
            viewer.unacknowledged.append((viewer.chosen.view, viewer.chosen.seq))
            viewer.chosen = None

    def skip(self, who: Who) -> None:
        """The chosen image cannot be sent."""
        viewer = self._viewers.get(who)
        if viewer is not None:
            viewer.chosen = None

    def again(self, who: Who, image: Item) -> None:
        """This client is to get an image once more, better encoded, unless there is something newer for it."""
        viewer = self._viewers.get(who)
        if viewer is not None and image.view not in viewer.without and not viewer.waiting and viewer.free():
            viewer.chosen = image

    def newest(self, view: str) -> Item | None:
        """The newest image of a view that was offered."""
        return self._latest.get(view)

    def acknowledge(self, who: Who, view: str, seq: int) -> bool:
        """The client has drawn an image, and will draw none before it. False for one that was not under way."""
        viewer = self._viewers.get(who)
        if viewer is None or (view, seq) not in viewer.unacknowledged:
            return False
        viewer.unacknowledged = [item for item in viewer.unacknowledged if item[0] != view or item[1] > seq]
        return True

    def room(self) -> int:
        """How many more images the client with the most room can take."""
        looking = [viewer for viewer in self._viewers.values() if self.views - viewer.without]
        return max((viewer.room() for viewer in looking), default=0)

    def watched(self, view: str | None = None) -> bool:
        """Whether any client shows images of a view; None: of one that nobody said anything about."""
        return any(view not in viewer.without for viewer in self._viewers.values())

    def forget_images(self) -> None:
        """The ParaView process is gone: its images are not shown to anybody who joins from here on."""
        self._latest.clear()
        self._viewers = {who: _Viewer(viewer.without) for who, viewer in self._viewers.items()}


class SlotBook:
    """Who has each slot of the mapped file: the ParaView process, the encoder, or nobody until there is room."""

    def __init__(self) -> None:
        self._encoding: set[int] = set()
        self._held: list[int] = []

    def arrived(self, slot: int) -> None:
        """The ParaView process put an image there."""
        if slot in self._held:
            self._held.remove(slot)
        self._encoding.add(slot)

    def encoded(self, slot: int) -> None:
        """The pixels are no longer needed."""
        if slot in self._encoding:
            self._encoding.remove(slot)
            self._held.append(slot)

    def give_back(self, room: int) -> list[int]:
        """Slots that go back now: as many as there will be room for, less what the ParaView process still has."""
        given = []
        while self._held and SLOTS - len(self._held) < room:
            given.append(self._held.pop(0))
        return given
