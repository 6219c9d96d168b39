"""Render and read-back of one image in our server, against a bare pvpython loop that does nothing else."""

from __future__ import annotations

import asyncio
import json
import subprocess

from ..figures import Row, at_most, percentile
from ..our_client import our_client
from ..world import HERE, SIZE, SPHERE, World
from .fps import SETTLE

NOTE = "ours leaves antialiasing (FXAA) away while moving, as the tuned loop does; a plain script has it on"


async def measure(world: World) -> list[Row]:
    """sphere79k at full size, while dragging."""
    ours: list[float] = []
    plain: list[float] = []
    tuned: list[float] = []
    async with world.ours() as server, our_client(server) as client:
        await client.open(SPHERE)
        await client.full_size(True)
        for _ in range(world.rounds):
            plain.append(percentile(await bare_loop(world, SPHERE, world.long(3.0), tuned=False), 50))
            images = await client.drag(world.long(4.0) + SETTLE, SETTLE)
            ours.append(percentile([image.header["render_ms"] for image in images if not image.still], 50))
            tuned.append(percentile(await bare_loop(world, SPHERE, world.long(3.0), tuned=True), 50))
    return [
        Row("sphere79k, full size: an image", "ms", tuple(ours), tuple(plain), "plain loop", at_most(1.05), NOTE),
        Row("sphere79k, full size: an image", "ms", tuple(ours), tuple(tuned), "tuned loop", at_most(1.05), NOTE),
    ]


async def bare_loop(world: World, file: str, seconds: float, tuned: bool) -> list[float]:
    """Milliseconds of each render with read-back in a pvpython of its own (inside/loop.py)."""
    command = [world.pvpython, str(HERE / "inside" / "loop.py"), str(world.data / file), *map(str, SIZE), str(seconds)]
    done = await asyncio.to_thread(
        subprocess.run,
        [*command, "tuned" if tuned else "plain"],
        env=world.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    times: list[float] = json.loads(done.stdout.strip().splitlines()[-1])
    return times
