"""Arrays over HTTP."""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol import channel as wire

SCENE = {
    "view": "7", "version": 1, "lod": False, "bytes": 12, "unsupported_reason": None, "parts": [], "lights": [],
    "background": [[0, 0, 0]], "annotations": None, "annotations_size": None, "orientation_axes": True,
    "axes_grid": None,
}  # fmt: skip


async def test_a_client_fetches_what_a_scene_names(world: Any) -> None:
    client = await world.join()
    item = wire.Blob(f"{9:032x}", "float32", 3, "points", bytes(range(240)) * 100)
    part = {"id": item.hash, "mesh": {"points": {"hash": item.hash}}}
    await world.server.send(item)
    await world.server.send(wire.Topics({"scene/7": {**SCENE, "parts": [part]}}))
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
