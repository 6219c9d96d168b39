"""A viewer behind a connection of 1 Mbit/s, while the owner drags without a pause.

The viewer's lag: from the owner's move to the moment when the viewer has an image that shows it. An image says only to
the owner which move it shows; the viewer's image of the same number shows the same.
"""

from __future__ import annotations

import bisect
import statistics

from ..figures import Aim, Row, at_most, percentile, rate
from ..our_client import OurClient, Shown, connection, signed_in
from ..throttle import narrow
from ..world import SPHERE, World
from .fps import SETTLE

BITS = 1e6


async def measure(world: World) -> list[Row]:
    """sphere79k at full size, so that the owner gets the same images with and without the viewer: alone, then a minute
    with the viewer, then alone."""
    seconds = world.long(60.0, quick=20.0)
    async with world.ours() as server, signed_in(server) as http, connection(http, server) as owner:
        await owner.open(SPHERE)
        await owner.full_size(True)
        alone = await _lag(owner, world.long(8.0))
        owner.images.clear()
        async with (
            narrow(int(server.url.rstrip("/").rpartition(":")[2]), BITS) as (port, proxy),
            connection(http, server, through=port) as viewer,
        ):
            await viewer.settled(2.0)
            viewer.images.clear()
            passed = proxy.passed
            beside = await _lag(owner, seconds)
            passed = proxy.passed - passed
            images, lags = viewer_lags(owner, viewer.images)
        alone = [*alone, *await _lag(owner, world.long(8.0))]
    note = _described(images, passed, seconds)
    third = max(1, len(lags) // 3)
    return [
        Row("owner's motion → image, p50", "ms", _p50(beside), _p50(alone), "alone", at_most(1.1)),
        Row("owner's motion → image, p95", "ms", (percentile(beside, 95),), (percentile(alone, 95),), "alone"),
        Row("viewer's lag, p50", "ms", _p50(lags), note=note),
        Row("viewer's lag, p95", "ms", (percentile(lags, 95),), aim=Aim(1000.0, of="value")),
        Row("viewer's lag, last third", "ms", _p50(lags[-third:]), _p50(lags[:third]), "first third", at_most(1.2)),
        Row("viewer's images a second", "fps", (rate([image.at for image in images]),)),
    ]


async def _lag(owner: OurClient, seconds: float) -> list[float]:
    return [1e3 * lag for lag in owner.lags(await owner.drag(seconds + SETTLE, SETTLE))]


def _p50(values: list[float]) -> tuple[float]:
    return (percentile(values, 50),)


def viewer_lags(owner: OurClient, images: list[Shown]) -> tuple[list[Shown], list[float]]:
    """The viewer's moving images with the milliseconds each was behind the owner's hand. An image that the owner did
    not get shows at least what the one before it shows, so its lag is told rather too long."""
    numbers = [image.header["seq"] for image in owner.images]
    found, lags = [], []
    for image in images:
        place = bisect.bisect_right(numbers, image.header["seq"]) - 1
        move = owner.images[place].header["motion"] if place >= 0 else 0
        if move in owner.sent and not image.still:
            found.append(image)
            lags.append(1e3 * (image.at - owner.sent[move]))
    return found, lags


def _described(images: list[Shown], passed: int, seconds: float) -> str:
    """What the viewer was given."""
    size = statistics.mean(len(image.payload) for image in images) / 1e3
    quality = statistics.median(image.header["quality"] for image in images)
    width = statistics.median(image.size[0] for image in images)
    kbits = passed * 8 / (seconds + SETTLE) / 1e3
    return f"{kbits:.0f} kbit/s came through; {size:.1f} kB an image, quality {quality:.0f}, {width:.0f} pixels wide"
