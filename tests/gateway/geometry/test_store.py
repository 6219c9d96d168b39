"""The store of arrays, its bounds, and how clients come to them."""

from __future__ import annotations

import zlib
from typing import Any

from pvw_desktop.gateway.geometry.store import BlobStore
from pvw_desktop.protocol import channel as wire

SCENE = {
    "view": "7", "version": 1, "light": False, "bytes": 12, "why_not": None, "parts": [], "lights": [],
    "background": [[0, 0, 0]], "picture": None, "picture_size": None, "orientation_axes": True, "axes_grid": None,
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


# over HTTP


async def test_a_client_fetches_what_a_scene_names(world: Any) -> None:
    client = await world.join()
    item = wire.Blob(f"{9:032x}", "float32", 3, "points", bytes(range(240)) * 100)
    await world.server.send(item)
    await world.server.send(wire.Topics(scene(item)))
    await world.until(lambda: "scene/7" in client.topics)
    name = client.topics["scene/7"]["parts"][0]["mesh"]["points"]["hash"]
    async with world.http.get(f"{world.page}blob/{name}") as answer:
        assert answer.status == 200
        assert answer.headers["PVW-Codec"] == "planes"
        assert answer.headers["Cache-Control"] == "no-store"
        planes = await answer.read()
    count = len(planes) // 4
    assert bytes(planes[byte * count + number] for number in range(count) for byte in range(4)) == item.payload
    async with world.http.get(f"{world.page}blob/{name}", headers={"Accept-Encoding": "identity"}) as answer:
        assert "Content-Encoding" not in answer.headers
        assert await answer.read() == planes


async def test_names_of_nothing_and_names_that_are_none(world: Any) -> None:
    async with world.http.get(f"{world.page}blob/{'0' * 32}") as answer:
        assert answer.status == 404
        assert "scene has changed" in await answer.text()
    for name in ("0", "x" * 32, "..%2f..%2fetc%2fpasswd", "0" * 33):
        async with world.http.get(f"{world.page}blob/{name}") as answer:
            assert answer.status in (403, 404)


async def test_what_clients_want_is_told_to_the_process(world: Any) -> None:
    async def demand(**fields: Any) -> None:
        await world.until(lambda: world.server.of(wire.Demand)[-1:] == [wire.Demand(**fields)])

    first, second = await world.join(), await world.join()
    await demand(images=True)
    await first.notify("view.mode", mode="local", limit=1000)
    await demand(images=True, limit=1000)
    await second.notify("view.mode", mode="local", limit=5000)
    await demand(images=False, limit=5000)
    await second.notify("view.mode", mode="hybrid", limit=2000)
    await demand(images=True, limit=2000, light=True)
    await second.notify("view.visible", visible=False)
    await demand(images=False, limit=1000)
    await second.notify("view.visible", visible=True)
    await demand(images=True, limit=2000, light=True)
    await second.close()
    await demand(images=False, limit=1000)
    await first.notify("view.mode", mode="remote", limit=0)
    await demand(images=True)


async def test_a_client_that_draws_by_itself_gets_no_images_and_others_cameras(world: Any) -> None:
    mover, local, remote = await world.join(), await world.join(), await world.join()
    await local.notify("view.mode", mode="local", limit=1000)
    await local.call("session.ping")
    camera = {"position": [1, 2, 3], "focal_point": [0, 0, 0], "view_up": [0, 0, 1]}
    await mover.notify("view.camera.set", view="7", camera=camera, motion=1)
    await world.until(lambda: _cameras(local))
    (event,) = _cameras(local)
    assert event["client"] == mover.id and event["camera"]["position"] == [1, 2, 3]
    assert event["camera"]["view_angle"] == 30
    await world.render(1)
    await world.until(lambda: remote.frames and mover.frames)
    assert local.frames == []
    assert _cameras(mover) == _cameras(remote) == []


def _cameras(client: Any) -> list[dict[str, Any]]:
    return [message["params"] for message in client.raw if message.get("method") == "view.camera"]


async def test_coming_back_to_images_shows_none_from_before(world: Any) -> None:
    client = await world.join()
    await world.render(1)
    await world.until(lambda: client.frames)
    await client.notify("view.mode", mode="local", limit=1000)
    await client.notify("view.mode", mode="remote", limit=1000)
    await client.call("session.ping")
    assert [header["seq"] for header, _ in client.frames] == [1]
    await world.render(2, slot=1)
    await world.until(lambda: len(client.frames) == 2)
