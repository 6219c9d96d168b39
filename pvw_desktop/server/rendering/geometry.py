"""When a scene is read, and what of it is sent: each blob once, before the first topic that names it. No ParaView.

A scene is read after a change, once the image that the change asks for is on its way: geometry takes longer, and the
page shows the image meanwhile. One that came out as it was is not sent again.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Callable

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.framing import MAX_CHANNEL_MESSAGE
from pvw_desktop.protocol.messages.scene import Blob, Scene
from pvw_desktop.protocol.schema import to_json

from .blobs import blobs_of, size_of

HEADER_ROOM = 4096
"""Bytes of a channel message besides the array."""
PATIENCE = 8
"""Images that may go before a scene that is due, while the camera moves or time plays."""
Read = Callable[[wire.Demand], dict[str, Scene]]
"""The scenes that are wanted, by what follows `scene/`."""


class Scenes:
    """The scenes of the session. `payload` gives the bytes of a blob of the scenes read last."""

    def __init__(self, read: Read, payload: Callable[[str], Any], send: Callable[[Any], None]):
        self._read = read
        self._payload = payload
        self._send = send
        self._demand = wire.Demand(False)
        self._due = False
        self._waited = 0
        self._version = 0
        self._shown: dict[str, Scene] = {}
        """Scenes as they were sent, by topic, but for their version."""
        self._sent: set[str] = set()
        """Hashes of the blobs that the gateway has."""

    # --- what happened

    def demand(self, demand: wire.Demand) -> None:
        """How much geometry of which view somebody would draw."""
        self._due = self._due or _geometry_in(demand) != _geometry_in(self._demand)
        self._demand = demand

    def dropped(self, hashes: list[str]) -> None:
        """The gateway has these blobs no more."""
        self._sent.difference_update(hashes)
        if any(blob.hash not in self._sent for scene in self._shown.values() for blob in blobs_of(scene)):
            self._due = True

    def changed(self) -> None:
        """Something may look different, apart from the camera."""
        self._due = True

    # --- what to do

    @property
    def wanted(self) -> bool:
        """Whether anybody draws geometry."""
        return bool(_geometry_in(self._demand))

    @property
    def due(self) -> bool:
        """Whether `publish` has something to do."""
        return self._due and (self.wanted or bool(self._shown))

    def passed_over(self) -> bool:
        """An image went first; whether the scene is now to go before the next one."""
        self._waited += self.due
        return self._waited > PATIENCE

    def publish(self) -> None:
        """Reads the scenes and sends what is new of them."""
        self._due, self._waited = False, 0
        scenes = self._read(self._demand)  # also where nobody draws: nothing is kept of data then
        self._show({f"scene/{name}": _sendable(scene) for name, scene in scenes.items()})

    def failed(self, views: list[str], sentence: str) -> None:
        """The scenes could not be read: pages are told, and show the server's images."""
        scenes = {
            f"scene/{view}": Scene(view, 0, False, 0, sentence, [], [], [(0.0, 0.0, 0.0)], None, None, False, None)
            for view in views
            if self._demand.of(view).limit
        }
        self._show(scenes)

    def _show(self, scenes: dict[str, Scene]) -> None:
        changes: dict[str, Any] = {name: None for name in self._shown if name not in scenes}
        fresh: dict[str, Blob] = {}
        for name, scene in scenes.items():
            fresh.update({blob.hash: blob for blob in blobs_of(scene) if blob.hash not in self._sent})
            if self._shown.get(name) != scene:
                self._version += 1
                changes[name] = to_json(dataclasses.replace(scene, version=self._version))
        for blob in fresh.values():
            self._send(wire.Blob(blob.hash, blob.type, blob.components, blob.use, self._payload(blob.hash)))
            self._sent.add(blob.hash)
        if changes:
            self._send(wire.Topics(changes))
        self._shown = scenes


def _geometry_in(demand: wire.Demand) -> dict[str, tuple[int, bool]]:
    return {view: (wanted.limit, wanted.lod) for view, wanted in demand.views.items() if wanted.limit}


def _sendable(scene: Scene) -> Scene:
    """The scene with its exact size, or one without parts where an array is too large for the channel."""
    sizes = {blob.hash: size_of(blob) for blob in blobs_of(scene)}
    largest = max(sizes.values(), default=0)
    if largest > MAX_CHANNEL_MESSAGE - HEADER_ROOM:
        sentence = f"One array of the geometry has {largest / 1e6:.0f} MB, which is too much to send at once."
        return dataclasses.replace(
            scene, parts=[], annotations=None, annotations_size=None, unsupported_reason=sentence
        )
    if scene.annotations is not None:  # no part of what a client's limit is about
        sizes.pop(scene.annotations.hash)
    return dataclasses.replace(scene, bytes=sum(sizes.values())) if scene.parts else scene
