"""Memory after 10,000 images beside memory after 1,000: nothing may be kept of an image that was shown. And memory
after 200 rounds of open, filter, colour and delete beside that after 20: nothing may be kept of what was deleted."""

from __future__ import annotations

from ..figures import Row, at_most
from ..motion import hand, orbit
from ..our_client import OurClient, example, our_client
from ..world import SPHERE, Server, World

SMALL = (320, 200)
"""Small images, so that 10,000 take a minute or two; what is kept of each would show as well."""


async def measure(world: World) -> list[Row]:
    """Resident memory of pvpython and of the gateway."""
    first, last = (200, 2000) if world.quick else (1000, 10_000)
    async with world.ours() as server, our_client(server) as client:
        await client.open(SPHERE, SMALL)
        client.keep = False
        await _images(client, first)
        early = _megabytes(server)
        await _images(client, last - first)
        late = _megabytes(server)
    return [*_rows("images", first, last, early, late), *await _measure_deleting(world)]


def _rows(what: str, first: int, last: int, early: dict[str, float], late: dict[str, float]) -> list[Row]:
    return [
        Row(f"{name}, after {last:,} {what}", "MB", (late[name],), (early[name],), f"after {first:,}", at_most(1.05))
        for name in early
    ]


async def _measure_deleting(world: World) -> list[Row]:
    """Resident memory of pvpython and of the gateway, in a session of its own."""
    first, last = (10, 60) if world.quick else (20, 200)
    async with world.ours() as server, our_client(server) as client:
        await client.join()
        pipeline = await client.client.topic("pipeline", lambda value: True)
        await client.call("view.size", view=pipeline["view"], width=SMALL[0], height=SMALL[1])
        client.keep = False
        await _deletions(client, first)
        early = _megabytes(server)
        await _deletions(client, last - first)
        late = _megabytes(server)
    return _rows("rounds of open, filter, color, delete", first, last, early, late)


async def _deletions(client: OurClient, count: int) -> None:
    """So many times a file is opened, cut, coloured and deleted. Its image need not have come: what is deleted before
    it was drawn must go as well."""
    (root, *_) = (await client.call("files.roots"))["roots"]
    for _ in range(count):
        opened = (await client.call("files.open", root=root["root"], path=SPHERE))["node"]
        inputs = [{"node": opened, "port": 0}]
        part = (await client.call("pipeline.create", group="filters", name="Clip", inputs=inputs))["node"]
        await client.call("proxy.apply", changes=[{"id": part, "values": {}}])
        await client.call("display.color_by", node=part, array="Normals")
        await client.call("pipeline.delete", node=part)
        await client.call("pipeline.delete", node=opened)


async def _images(client: OurClient, count: int) -> None:
    """So many images, each after the one before has arrived."""
    for number in range(count):
        move = await client.move(orbit(client.camera, hand(number / 60), example.turned))
        await client.image(lambda shown, move=move: shown.header["motion"] >= move)  # type: ignore[misc]
        client.sent.clear()


def _megabytes(server: Server) -> dict[str, float]:
    return {
        "pvpython": server.pvpython().memory_info().rss / 2**20,
        "gateway": server.process.memory_info().rss / 2**20,
    }
