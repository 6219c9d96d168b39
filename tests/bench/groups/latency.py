"""Motion → image: from a single move out of rest until the client has an image that shows it.

Stock: the first image equal to the one that stays, because each image it gives out is the one before. Ours: the first
image whose header says that it shows the move. Out of rest, so neither queue nor rate plays a part.
"""

from __future__ import annotations

from ..figures import Row, at_most, percentile
from ..our_client import OurClient, our_client
from ..stock_client import StockClient, stock_client
from ..world import CONTOUR, SPHERE, World
from .render import bare_loop


async def measure(world: World) -> list[Row]:
    """A light scene at full size, a heavy one as the server chooses."""
    return [*await _scene(world, SPHERE, True), *await _scene(world, CONTOUR, False)]


async def _scene(world: World, file: str, full: bool) -> list[Row]:
    stock: list[float] = []
    ours: list[float] = []
    worst: list[float] = []
    bare: list[float] = []
    count = 2 if world.quick else 4
    async with (
        world.beside() as other_server,
        world.ours() as server,
        stock_client(other_server) as other,
        our_client(server) as client,
    ):
        await client.open(file)
        await client.full_size(full)
        if other:
            await other.open(file)
        for _ in range(world.rounds):
            if other:
                stock.append(await _p50(other, count))
            times = await client.steps(count)
            ours.append(1e3 * percentile(times, 50))
            worst.append(1e3 * percentile(times, 95))
            if full:
                bare.append(percentile(await bare_loop(world, file, 2.0, tuned=False), 50))
    name = f"{file.split('.')[0]}, {'full size' if full else 'adaptive'}"
    rows = [
        Row(f"{name}: p50", "ms", tuple(ours), tuple(stock), aim=at_most(0.5 if full else 0.35)),
        Row(f"{name}: p95", "ms", tuple(worst)),
    ]
    if full:
        rows.insert(1, Row(f"{name}: p50", "ms", tuple(ours), tuple(bare), "bare render + read-back", at_most(1.25)))
    return rows


async def _p50(client: StockClient | OurClient, count: int) -> float:
    return 1e3 * percentile(await client.steps(count), 50)
