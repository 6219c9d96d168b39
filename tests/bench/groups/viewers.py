"""Ten people look at one session while its owner drags: does the owner notice, and is the work done once for all?"""

from __future__ import annotations

import contextlib
import hashlib
import statistics

import psutil

from ..figures import Aim, Row, at_least, rate
from ..our_client import OurClient, Shown, connection, signed_in
from ..world import SPHERE, Server, World
from .fps import SETTLE

VIEWERS = 10


async def measure(world: World) -> list[Row]:
    """sphere79k at full size: the owner alone, then beside ten viewers who acknowledge each image at once."""
    alone: list[float] = []
    together: list[float] = []
    encodings: list[float] = []
    seen: list[float] = []
    work: dict[int, list[dict[str, float]]] = {0: [], VIEWERS: []}
    seconds = world.long(5.0) + SETTLE
    async with world.ours() as server, signed_in(server) as http, connection(http, server) as owner:
        await owner.open(SPHERE)
        await owner.full_size(True)
        for _ in range(world.rounds):
            images, used = await _drag(owner, server, seconds)
            alone.append(rate([image.at for image in images]))
            work[0].append(used)
            async with contextlib.AsyncExitStack() as stack:
                viewers = [await stack.enter_async_context(connection(http, server)) for _ in range(VIEWERS)]
                images, used = await _drag(owner, server, seconds)
                together.append(rate([image.at for image in images]))
                work[VIEWERS].append(used)
                encodings.append(most_encodings([owner, *viewers]))
                seen.append(_part_seen(images[0].at, images[-1].at, len(images), viewers))
            owner.images.clear()
    once = Aim(1.0, of="value")
    return [
        Row("owner's images a second", "fps", tuple(together), tuple(alone), "alone", at_least(0.9), _told(work)),
        Row("most encodings of one image at one quality and size", "", tuple(encodings), aim=once),
        Row("images that a viewer saw, of the owner's", "%", tuple(seen)),
    ]


async def _drag(owner: OurClient, server: Server, seconds: float) -> tuple[list[Shown], dict[str, float]]:
    """One drag, and the milliseconds of processor time that each process took for each image of it."""
    processes = {"ParaView": server.pvpython(), "gateway": server.process, "the clients": psutil.Process()}
    before = {name: sum(process.cpu_times()[:2]) for name, process in processes.items()}
    images = await owner.drag(seconds, SETTLE)
    count = len(images) * seconds / (seconds - SETTLE)
    return images, {name: 1e3 * (sum(one.cpu_times()[:2]) - before[name]) / count for name, one in processes.items()}


def _told(work: dict[int, list[dict[str, float]]]) -> str:
    """Where the processor's time went: the ten are clients on the same cores."""
    words = []
    for name in work[0][0]:
        alone, together = (statistics.median(one[name] for one in work[count]) for count in (0, VIEWERS))
        words.append(f"{name} {alone:.1f} → {together:.1f}")
    return f"milliseconds of processor time an image, alone → with ten: {', '.join(words)}"


def most_encodings(clients: list[OurClient]) -> float:
    """Into how many different files the most often encoded image was made, among those of the same number, format,
    quality and size. 1: all viewers were given the very same bytes."""
    found: dict[tuple[object, ...], set[bytes]] = {}
    for client in clients:
        for image in client.images:
            header = image.header
            key = (header["seq"], header["format"], header["quality"], header["still"], image.size)
            found.setdefault(key, set()).add(hashlib.sha256(image.payload).digest())
    return float(max(map(len, found.values()), default=0))


def _part_seen(begin: float, end: float, count: int, viewers: list[OurClient]) -> float:
    """Percent of the owner's images that reached a viewer, over all viewers."""
    reached = sum(begin <= image.at <= end for viewer in viewers for image in viewer.images)
    return 100 * reached / (count * len(viewers))
