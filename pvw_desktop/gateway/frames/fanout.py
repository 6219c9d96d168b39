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


Viewer = TypeVar("Viewer", bound=Hashable)
Item = TypeVar("Item", bound=Numbered)


@dataclasses.dataclass
class _Sight(Generic[Item]):
    """What one client has under way and what waits for it."""

    visible: bool = True
    wanted: bool = True
    unacknowledged: list[tuple[str, int]] = dataclasses.field(default_factory=list)
    waiting: dict[str, Item] = dataclasses.field(default_factory=dict)
    chosen: Item | None = None

    def room(self) -> int:
        taken = len(self.unacknowledged) + len(self.waiting) + (self.chosen is not None)
        return max(0, WINDOW - taken) if self.shown() else 0

    def shown(self) -> bool:
        """Whether images make sense for it at all."""
        return self.visible and self.wanted

    def free(self) -> bool:
        return self.chosen is None and len(self.unacknowledged) < WINDOW


class FrameScheduler(Generic[Viewer, Item]):
    """The fan-out of images."""

    def __init__(self) -> None:
        self._sights: dict[Viewer, _Sight[Item]] = {}
        self._latest: dict[str, Item] = {}

    def add(self, viewer: Viewer) -> None:
        """A client that wants images; the newest image of each view waits for it at once."""
        self._sights[viewer] = _Sight(waiting=dict(self._latest))

    def remove(self, viewer: Viewer) -> None:
        """The client is gone, or wants no images any more."""
        self._sights.pop(viewer, None)
        if not self.watched():
            self._latest.clear()

    def set_visible(self, viewer: Viewer, visible: bool) -> None:
        """Whether the client shows the page."""
        sight = self._sights.get(viewer)
        if sight is not None:
            self._set(viewer, visible, sight.wanted)

    def set_wanted(self, viewer: Viewer, wanted: bool) -> None:
        """Whether the client's page shows images, or draws everything itself."""
        sight = self._sights.get(viewer)
        if sight is not None:
            self._set(viewer, sight.visible, wanted)

    def _set(self, viewer: Viewer, visible: bool, wanted: bool) -> None:
        """Coming back is like joining: what is under way counts as lost."""
        sight = self._sights[viewer]
        if (sight.visible, sight.wanted) != (visible, wanted):
            self._sights[viewer] = _Sight(visible, wanted, waiting=dict(self._latest) if visible and wanted else {})
        if not self.watched():
            self._latest.clear()  # nothing is rendered from here on, and so it will be out of date

    def offer(self, image: Item) -> list[Viewer]:
        """A new image; the clients that may take one now. An image older than one already offered is dropped."""
        newest = self._latest.get(image.view)
        # One that nobody looked at when it came is out of date before anybody does.
        if (newest is not None and newest.seq >= image.seq) or not self.watched():
            return []
        self._latest[image.view] = image
        ready = []
        for viewer, sight in self._sights.items():
            if sight.shown():
                sight.waiting[image.view] = image
                if sight.free():
                    ready.append(viewer)
        return ready

    def choose(self, viewer: Viewer) -> Item | None:
        """The image that this client gets next; the same one until `sent` is called. None where it has no room."""
        sight = self._sights.get(viewer)
        if sight is None:
            return None
        if sight.waiting and sight.free():
            view = min(sight.waiting, key=lambda name: sight.waiting[name].seq)
            sight.chosen = sight.waiting.pop(view)
        return sight.chosen

    def sent(self, viewer: Viewer) -> None:
        """The chosen image is under way from here on."""
        sight = self._sights.get(viewer)
        if sight is not None and sight.chosen is not None:
            sight.unacknowledged.append((sight.chosen.view, sight.chosen.seq))
            sight.chosen = None

    def skip(self, viewer: Viewer) -> None:
        """The chosen image cannot be sent."""
        sight = self._sights.get(viewer)
        if sight is not None:
            sight.chosen = None

    def forget_view(self, view: str) -> None:
        """The view is gone: nobody gets an image of it that is not under way."""
        self._latest.pop(view, None)
        for sight in self._sights.values():
            sight.waiting.pop(view, None)

    def again(self, viewer: Viewer, image: Item) -> None:
        """This client is to get an image once more, better encoded, unless there is something newer for it."""
        sight = self._sights.get(viewer)
        if sight is not None and sight.shown() and not sight.waiting and sight.free():
            sight.chosen = image

    def newest(self, view: str) -> Item | None:
        """The newest image of a view that was offered."""
        return self._latest.get(view)

    def acknowledge(self, viewer: Viewer, view: str, seq: int) -> bool:
        """The client has drawn an image, and will draw none before it. False for one that was not under way."""
        sight = self._sights.get(viewer)
        if sight is None or (view, seq) not in sight.unacknowledged:
            return False
        sight.unacknowledged = [item for item in sight.unacknowledged if item[0] != view or item[1] > seq]
        return True

    def room(self) -> int:
        """How many more images the client with the most room can take."""
        return max((sight.room() for sight in self._sights.values()), default=0)

    def watched(self) -> bool:
        """Whether any client shows images at all."""
        return any(sight.shown() for sight in self._sights.values())

    def forget_images(self) -> None:
        """The ParaView process is gone: its images are not shown to anybody who joins from here on."""
        self._latest.clear()
        self._sights = {viewer: _Sight(sight.visible, sight.wanted) for viewer, sight in self._sights.items()}


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
