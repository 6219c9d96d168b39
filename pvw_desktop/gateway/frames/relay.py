"""Takes images from one ParaView process after the other and hands them to the clients.

An image leaves its slot at once, and is encoded when a client is about to get it: once for each quality in use,
whatever the number of clients. The order and the bounds are fanout.py's, the quality rate_control.py's; this file adds
the encoder's threads and the channel.
"""

from __future__ import annotations

import dataclasses
import logging
import time
from collections import deque
from collections.abc import Callable

from ...protocol import channel as wire
from ...protocol.framing import pack_binary
from ..background import BackgroundTasks
from ..session.clients import Client
from ..workers import Workers
from .captured import CapturedFrame, ClientStream, Coding, header
from .encoder import Encoder, Quality
from .encoders import find_video
from .fanout import FrameFanout, SlotBook
from .memory import FrameMemory
from .rate_control import STILL

log = logging.getLogger(__name__)

Size = tuple[int, int, float]
"""Width, height and pixel ratio."""


@dataclasses.dataclass
class _Source:
    """One ParaView process."""

    memory: FrameMemory
    post: Callable[[wire.ToServer], None]
    base: int
    """Added to its image numbers, so that they keep growing over a restart."""
    slots: SlotBook = dataclasses.field(default_factory=SlotBook)
    arrived: deque[wire.Image] = dataclasses.field(default_factory=deque)
    demand: wire.Demand | None = None


class ImageRelay:
    """The way of images from the channel to the clients."""

    def __init__(self, encoder: Encoder, on_broken: Callable[[str], None]):
        self._encoder = encoder
        self._on_broken = on_broken
        self._workers = Workers("pvw-encode", 2)
        self._fanout: FrameFanout[Client, CapturedFrame] = FrameFanout()
        self._streams: dict[Client, ClientStream] = {}
        self._source: _Source | None = None
        self._geometry: dict[str, tuple[int, bool]] = {}
        self._sizes: dict[str, Size] = {}
        self._first_size: Size | None = None
        """Of the view that a process begins with."""
        self._newest = 0
        self._tasks = BackgroundTasks()
        self._taking = False
        self._video = find_video()
        self._told_broken = False
        self._drawn_first = True

    def attach(self, memory: FrameMemory, post: Callable[[wire.ToServer], None]) -> None:
        """Images come from this process now."""
        self._source = _Source(memory, post, self._newest)
        self._sizes.clear()
        self._fanout.show(frozenset())
        self._balance()

    def detach(self) -> None:
        """The process is gone, with everything it had rendered."""
        self._source = None
        self._fanout.forget_images()
        for stream in self._streams.values():
            for kept in stream.videos.values():
                kept.want_keyframe()

    def close(self) -> None:
        """Ends the encoder's threads."""
        self.detach()
        self._workers.close()

    def arrived(self, image: wire.Image) -> None:
        """The process says that a slot holds a new image."""
        source = self._source
        if source is None:
            return
        if not 0 <= image.slot < wire.SLOTS:
            log.error("the ParaView process says that slot %d holds an image; there is no such slot", image.slot)
            return
        source.slots.arrived(image.slot)
        source.arrived.append(image)
        if not self._taking:
            self._taking = True
            self._tasks.spawn(self._take_arrived())

    # clients

    def add(self, client: Client) -> None:
        """This client wants images."""
        self._streams[client] = ClientStream()
        self._fanout.add(client)
        self._wake(client)

    def remove(self, client: Client) -> None:
        """This client is gone."""
        self._streams.pop(client, None)
        self._fanout.remove(client)
        self._balance()

    def set_shown(self, client: Client, view: str, shown: bool) -> None:
        """Whether this client shows images of a view: one that draws it itself does not."""
        if self._fanout.set_shown(client, view, shown):
            self.want_keyframe(client, view)
            self._wake(client)

    def want_keyframe(self, client: Client, view: str) -> None:
        """The client lost the thread of a view's video: the next image must be decodable by itself."""
        stream = self._streams.get(client)
        if stream is not None and view in stream.videos:
            stream.videos[view].want_keyframe()

    def set_geometry(self, wanted: dict[str, tuple[int, bool]]) -> None:
        """By view: how many bytes of geometry some client would draw, and whether one wants the coarse copy."""
        self._geometry = wanted
        self._balance()

    def set_size(self, view: str, size: Size, first: bool) -> None:
        """A client told the size of full images: the process hears of it before it draws, even one that is busy. That
        of the `first` view holds for the next process as well."""
        if view in self._fanout.views:
            self._sizes[view] = size
        if first:
            self._first_size = size
        self._balance()

    def show(self, views: frozenset[str]) -> None:
        """The views there are now: images of others are for nobody, those that are still on their way too."""
        self._fanout.show(views)
        for kept in self._sizes.keys() - views:
            del self._sizes[kept]
        for stream in self._streams.values():
            stream.forget_others(views)
        self._balance()

    def acknowledge(self, client: Client, view: str, seq: int) -> None:
        """This client has drawn an image."""
        if not self._fanout.acknowledge(client, view, seq):
            return
        if self._drawn_first:
            self._drawn_first = False
            log.info("a page has drawn its first image")
        stream = self._streams[client]
        stream.control.acknowledged(view, seq, time.perf_counter())
        self._refine(client, stream, view, seq)
        self._wake(client)

    def take(self, client: Client) -> bytes | None:
        """The binary frame to send to this client now."""
        stream, taken = self._streams.get(client), self._fanout.choose(client)
        if stream is None or taken is None:
            return None
        if stream.next is None or stream.next[0] is not taken:
            video = self._video if client.video else None
            stream.next = taken, stream.coding(taken.view, taken.image.still, video)
        coding = stream.next[1]
        if coding not in taken.encoded:
            taken.encoded[coding] = None
            self._tasks.spawn(self._encode(taken, coding))
        encoded = taken.encoded[coding]
        if encoded is None:
            return None
        stream.next, stream.last[taken.view] = None, (taken, coding)
        level = coding if isinstance(coding, Quality) else coding.rate
        stream.control.sent(taken.view, taken.seq, level, len(encoded.payload), time.perf_counter(), encoded.keyframe)
        self._fanout.sent(client)
        return pack_binary(header(taken, encoded, client.id), encoded.payload)

    def _refine(self, client: Client, stream: ClientStream, view: str, seq: int) -> None:
        """A still image that the connection seemed too narrow for comes again once it turns out wide enough."""
        if view not in stream.last:
            return
        taken, coding = stream.last[view]
        if taken.seq != seq or taken is not self._fanout.newest(view) or not taken.image.still:
            return
        better = stream.control.choose(still=True)
        if coding in STILL and STILL.index(better) < STILL.index(coding):
            self._fanout.again(client, taken)

    # the process

    def _wake(self, client: Client) -> None:
        client.wake()
        self._balance()

    def _balance(self) -> None:
        """Tells the process whether anybody looks, and gives it back the slots that there is room for."""
        source = self._source
        if source is None:
            return
        demand = self._demand()
        if demand != source.demand:
            source.demand = demand
            source.post(demand)
        for slot in source.slots.give_back(self._fanout.room()):
            source.post(wire.Slot(slot))

    def _demand(self) -> wire.Demand:
        """What differs for a view from what holds for one of which nobody said anything."""
        usual = wire.ViewDemand(self._fanout.watched())
        views = {
            view: wire.ViewDemand(
                self._fanout.watched(view), *self._geometry.get(view, (0, False)), self._sizes.get(view)
            )
            for view in self._geometry.keys() | self._sizes.keys()
        }
        views = {view: views[view] for view in sorted(views) if views[view] != usual}
        return wire.Demand(usual.images, views, None if self._fanout.views else self._first_size)

    async def _take_arrived(self) -> None:
        try:
            while (source := self._source) is not None and source.arrived:
                image = source.arrived.popleft()
                newer = any(other.view == image.view for other in source.arrived)
                taken = None if newer else await self._taken(source, image)
                source.slots.encoded(image.slot)
                if source is self._source:
                    if taken is not None:
                        self._newest = max(self._newest, taken.seq)
                        for client in self._fanout.offer(taken):
                            client.wake()
                    self._balance()
        finally:
            self._taking = False

    async def _taken(self, source: _Source, image: wire.Image) -> CapturedFrame | None:
        try:
            slot = source.memory.slot(image.slot)[: image.width * image.height * 3]
            if min(image.width, image.height) < 1 or len(slot) != image.width * image.height * 3:
                raise ValueError(f"{image.width} × {image.height} pixels do not fit into a slot")
            pixels = await self._workers.run(self._encoder.take, slot, image.width, image.height)
        except Exception as error:  # one image that cannot be read must not end the stream
            self._broken(error)
            return None
        return CapturedFrame(image, source.base + image.seq, pixels)

    async def _encode(self, taken: CapturedFrame, coding: Coding) -> None:
        started = time.perf_counter()
        try:
            encoded = await self._workers.run(coding.encode, taken.pixels)
        except Exception as error:  # one image that cannot be encoded must not end the stream
            self._broken(error)
            for client in self._waiting_for(taken, coding):
                self._fanout.skip(client)
                self.want_keyframe(client, taken.view)
                self._wake(client)
            return
        milliseconds = (time.perf_counter() - started) * 1000
        taken.encoded[coding] = dataclasses.replace(encoded, milliseconds=milliseconds)
        for client in self._waiting_for(taken, coding):
            client.wake()

    def _waiting_for(self, taken: CapturedFrame, coding: Coding) -> list[Client]:
        return [client for client, stream in self._streams.items() if stream.next == (taken, coding)]

    def _broken(self, error: Exception) -> None:
        log.error("an image could not be encoded: %r", error)
        if not self._told_broken:
            self._told_broken = True
            self._on_broken(f"An image could not be prepared for showing: {error}.")
