"""The store of arrays and its bounds."""

from __future__ import annotations

import zlib
from typing import Any

from pvw_desktop.gateway.geometry.store import BlobStore
from pvw_desktop.protocol import channel as wire

SCENE = {
    "view": "7", "version": 1, "lod": False, "bytes": 12, "unsupported_reason": None, "parts": [], "lights": [],
    "background": [[0, 0, 0]], "annotations": None, "annotations_size": None, "orientation_axes": True,
    "axes_grid": None,
}  # fmt: skip


def blob(number: int, size: int = 1000) -> wire.Blob:
    return wire.Blob(f"{number:032x}", "uint8", 1, "scalars", bytes([number]) * size)


def scene(*blobs: wire.Blob) -> dict[str, Any]:
    parts = [{"id": item.hash, "mesh": {"points": {"hash": item.hash}}} for item in blobs]
    return {"scene/7": {**SCENE, "parts": parts}}


class Process:
    def __init__(self) -> None:
        self.told: list[Any] = []

    def dropped(self) -> list[str]:
        return [name for message in self.told for name in message.hashes]


def store_of(process: Process, most: int) -> BlobStore:
    store = BlobStore(most)
    store.attach(process.told.append)
    return store


async def test_what_was_put_is_there_until_the_process_is_gone() -> None:
    store = store_of(Process(), 10_000)
    store.put(blob(1))
    coded = await store.get(blob(1).hash)
    assert coded is not None and zlib.decompress(coded.data) == blob(1).payload
    assert await store.get(blob(2).hash) is None
    store.detach()
    assert await store.get(blob(1).hash) is None
    store.close()


async def test_the_least_lately_used_goes_first_and_the_process_is_told() -> None:
    process = Process()
    store = store_of(process, 3000)
    for number in (1, 2, 3):
        store.put(blob(number))
    await store.get(blob(1).hash)
    store.put(blob(4))
    assert process.dropped() == [blob(2).hash]
    assert await store.get(blob(2).hash) is None
    assert await store.get(blob(1).hash) is not None
    store.close()


async def test_what_a_scene_names_stays_whatever_the_bound() -> None:
    process = Process()
    store = store_of(process, 2000)
    kept = [blob(number) for number in (1, 2, 3)]
    for item in kept:
        store.put(item)
        store.scenes_changed(scene(*kept[: kept.index(item) + 1]))
    assert process.dropped() == []
    store.put(blob(4))
    store.scenes_changed(scene(blob(4)))
    assert set(process.dropped()) == {blob(1).hash, blob(2).hash}
    store.scenes_changed({"scene/7": None, "pipeline": {"hash": "no scene"}})
    store.put(blob(5, size=1500))
    assert blob(4).hash in process.dropped()
    store.close()
