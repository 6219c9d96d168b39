"""Takes images from one ParaView process after the other and hands them to the clients, encoded once each.

The order and the bounds are scheduler.py's; this file adds the encoder's thread and the channel.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from ...protocol import channel as wire
from ...protocol.framing import pack_binary
from ..clients import Client
from ..workers import Workers
from .encoder import MOVING, STILL, Encode
from .memory import FrameMemory
from .scheduler import FrameScheduler, SlotBook

log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class EncodedImage:
    """An image as clients get it; its header differs by client in the motion number alone."""

    view: str
    seq: int
    header: dict[str, Any]
    payload: bytes
    client: str
    motion: int

    def for_client(self, client: str) -> bytes:
        """The binary frame."""
        motion = self.motion if client == self.client else 0
        return pack_binary({**self.header, "motion": motion}, self.payload)


@dataclasses.dataclass
class _Source:
    """One ParaView process."""

    memory: FrameMemory
    post: Callable[[wire.ToServer], None]
    base: int
    """Added to its image numbers, so that they keep growing over a restart."""
    slots: SlotBook = dataclasses.field(default_factory=SlotBook)
    arrived: deque[wire.Image] = dataclasses.field(default_factory=deque)
    demand: bool | None = None


class ImageRelay:
    """The way of images from the channel to the clients."""

    def __init__(self, encode: Encode, on_broken: Callable[[str], None]):
        self._encode = encode
        self._on_broken = on_broken
        self._workers = Workers("pvw-encode", 1)
        self._frames: FrameScheduler[Client, EncodedImage] = FrameScheduler()
        self._source: _Source | None = None
        self._newest = 0
        self._task: asyncio.Task[None] | None = None
        self._told_broken = False
        self._drawn_first = True

    def attach(self, memory: FrameMemory, post: Callable[[wire.ToServer], None]) -> None:
        """Images come from this process now."""
        self._source = _Source(memory, post, self._newest)
        self._balance()

    def detach(self) -> None:
        """The process is gone, with everything it had rendered."""
        self._source = None
        self._frames.forget_images()

    def close(self) -> None:
        """Ends the encoder's thread."""
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
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._encode_arrived())

    def add(self, client: Client) -> None:
        """This client wants images."""
        self._frames.add(client)
        self._wake([client])

    def remove(self, client: Client) -> None:
        """This client is gone."""
        self._frames.remove(client)
        self._balance()

    def set_visible(self, client: Client, visible: bool) -> None:
        """Whether this client shows the page at all."""
        self._frames.set_visible(client, visible)
        self._wake([client])

    def acknowledge(self, client: Client, view: str, seq: int) -> None:
        """This client has drawn an image."""
        if self._frames.acknowledge(client, view, seq):
            if self._drawn_first:
                self._drawn_first = False
                log.info("a page has drawn its first image")
            self._wake([client])

    def take(self, client: Client) -> bytes | None:
        """The binary frame to send to this client now."""
        image = self._frames.take(client)
        return None if image is None else image.for_client(client.id)

    def _wake(self, clients: list[Client]) -> None:
        for client in clients:
            client.wake()
        self._balance()

    def _balance(self) -> None:
        """Tells the process whether anybody looks, and gives it back the slots that there is room for."""
        source = self._source
        if source is None:
            return
        watched = self._frames.watched()
        if watched is not source.demand:
            source.demand = watched
            source.post(wire.Demand(watched))
        for slot in source.slots.give_back(self._frames.room()):
            source.post(wire.Slot(slot))

    async def _encode_arrived(self) -> None:
        while (source := self._source) is not None and source.arrived:
            image = source.arrived.popleft()
            newer = any(other.view == image.view for other in source.arrived)
            encoded = None if newer else await self._encoded(source, image)
            source.slots.encoded(image.slot)
            if source is self._source:
                if encoded is not None:
                    self._newest = max(self._newest, encoded.seq)
                    for client in self._frames.offer(encoded):
                        client.wake()
                self._balance()

    async def _encoded(self, source: _Source, image: wire.Image) -> EncodedImage | None:
        started = time.perf_counter()
        try:
            pixels = source.memory.slot(image.slot)[: image.width * image.height * 3]
            if min(image.width, image.height) < 1 or len(pixels) != image.width * image.height * 3:
                raise ValueError(f"{image.width} × {image.height} pixels do not fit into a slot")
            quality = STILL if image.still else MOVING
            payload = await self._workers.run(self._encode, pixels, image.width, image.height, quality)
        except Exception as error:  # one image that cannot be encoded must not end the stream
            self._broken(error)
            return None
        encode_ms = (time.perf_counter() - started) * 1000
        return EncodedImage(
            image.view, source.base + image.seq, _header(image, source.base + image.seq, encode_ms), payload,
            image.client, image.motion,
        )  # fmt: skip

    def _broken(self, error: Exception) -> None:
        log.error("an image could not be encoded: %r", error)
        if not self._told_broken:
            self._told_broken = True
            self._on_broken(f"An image could not be prepared for showing: {error}.")


def _header(image: wire.Image, seq: int, encode_ms: float) -> dict[str, Any]:
    return {
        "type": "frame",
        "view": image.view,
        "seq": seq,
        "width": image.width,
        "height": image.height,
        "format": "jpeg",
        "key": True,
        "still": image.still,
        "simplified": image.simplified,
        "quality": (STILL if image.still else MOVING).quality,
        "camera": image.camera,
        "motion": 0,
        "wait_ms": image.wait_ms,
        "render_ms": round(image.render_ms, 2),
        "encode_ms": round(encode_ms, 2),
    }
