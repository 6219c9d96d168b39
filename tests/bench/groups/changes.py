"""From a change to the picture of it: colouring by an array, a range of colours, a time step, a size.

On both sides: from sending the request, the server being at rest, until the first image that is byte for byte the one
that stays. Such an image was rendered after the change took effect, and in the quality that stays; an earlier image
that shows the change in lower quality does not count. A time step also reads a file.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from typing import Any

from ..figures import Row
from ..our_client import OurClient, our_client
from ..stock_client import StockClient, stock_client
from ..world import SERIES, SIZE, World

ARRAY = "wave"
OTHER_SIZE = (1000, 700)

Act = Callable[[], Awaitable[Any]]


@dataclasses.dataclass(frozen=True)
class Change:
    """One change, and what it starts from (not measured)."""

    name: str
    before: Act
    act: Act


async def measure(world: World) -> list[Row]:
    """Each change in turn on both servers."""
    ours: dict[str, list[float]] = {}
    stock: dict[str, list[float]] = {}
    async with (
        world.beside() as other_server,
        world.ours() as server,
        stock_client(other_server) as other,
        our_client(server) as client,
    ):
        changes = _of_ours(client, await client.open(SERIES))
        others = await _of_stock(other) if other else []
        for _ in range(world.rounds):
            for change in others:
                assert other is not None
                stock.setdefault(change.name, []).append(await _measured(other, change))
            for change in changes:
                ours.setdefault(change.name, []).append(await _measured(client, change))
    return [Row(name, "ms", tuple(times), tuple(stock.get(name, ()))) for name, times in ours.items()]


async def _measured(client: OurClient | StockClient, change: Change) -> float:
    await change.before()
    await client.settled()
    return 1e3 * await client.until_settled(change.act())


def _of_ours(client: OurClient, node: str) -> list[Change]:
    async def color(array: str | None) -> None:
        await client.call("display.color_by", node=node, array=array)

    async def color_range(low: float, high: float) -> None:
        await client.call("color.rescale", node=node, mode="custom", range=[low, high])

    async def time(value: float) -> None:
        await client.call("time.set", time=value)

    async def size(width: int, height: int) -> None:
        await client.call("view.size", view=client.view, width=width, height=height)

    return _changes(color, color_range, time, size)


async def _of_stock(client: StockClient) -> list[Change]:
    node = (await client.open(SERIES))["id"]
    listed = await client.call("pv.proxy.manager.list", client.view)
    representation = next(source["rep"] for source in listed["sources"] if source["id"] == node)

    async def picture() -> None:
        """After these two that server sends no image of its own accord; its page asks for one."""
        await client.call("viewport.image.push", {"view": client.view})

    async def color(array: str | None) -> None:
        kind = "ARRAY" if array else "SOLID"
        await client.call(
            "pv.color.manager.color.by", representation, kind, "POINTS", array or "", "Magnitude", 0, True
        )

    async def color_range(low: float, high: float) -> None:
        options = {"type": "custom", "proxyId": node, "min": low, "max": high}
        await client.call("pv.color.manager.rescale.transfer.function", options)
        await picture()

    async def time(value: float) -> None:
        await client.call("pv.time.index.set", int(value))

    async def size(width: int, height: int) -> None:
        await client.call("viewport.image.push.original.size", client.view, width, height)
        await picture()

    return _changes(color, color_range, time, size)


def _changes(
    color: Callable[[str | None], Awaitable[None]],
    color_range: Callable[[float, float], Awaitable[None]],
    time: Callable[[float], Awaitable[None]],
    size: Callable[[int, int], Awaitable[None]],
) -> list[Change]:
    async def full_range() -> None:
        await color(ARRAY)
        await color_range(-0.5, 0.5)

    return [
        Change("colouring by an array", lambda: color(None), lambda: color(ARRAY)),
        Change("solid colour", lambda: color(ARRAY), lambda: color(None)),
        Change("range of the colours", full_range, lambda: color_range(-0.1, 0.2)),
        Change("time step, a file read", lambda: time(0), lambda: time(3)),
        Change("size of the view", lambda: size(*SIZE), lambda: size(*OTHER_SIZE)),
    ]
