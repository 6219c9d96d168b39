"""Images a second while a person drags: the common path of the mouse at 60 moves a second, for some seconds."""

from __future__ import annotations

import statistics

from ..figures import Aim, Row, at_least, rate
from ..our_client import OurClient, our_client
from ..our_client import Shown as OurImage
from ..stock_client import Shown as StockImage
from ..stock_client import stock_client
from ..world import CONTOUR, SIZE, SPHERE, World

SETTLE = 0.7
"""Seconds at the begin of each drag that are left out: a server that adapts is still finding out."""


async def measure(world: World) -> list[Row]:
    """Full size on a light scene; as large as the rate allows on a light and on a heavy one."""
    return [*await _scene(world, SPHERE, ("full", "adaptive")), *await _scene(world, CONTOUR, ("full", "adaptive"))]


async def _scene(world: World, file: str, modes: tuple[str, ...]) -> list[Row]:
    seconds = world.long(5.0) + SETTLE
    stock: list[float] = []
    kilobytes: list[float] = []
    ours: dict[str, list[list[OurImage]]] = {mode: [] for mode in modes}
    async with (
        world.beside() as other_server,
        world.ours() as server,
        stock_client(other_server) as other,
        our_client(server) as client,
    ):
        await client.open(file)
        if other:
            await other.open(file)
        for _ in range(world.rounds):
            if other:
                images = await other.drag(seconds, SETTLE)
                _check_size(images)
                stock.append(rate([image.at for image in images]))
                kilobytes.append(statistics.mean(len(image.payload) for image in images) / 1e3)
            for mode in modes:
                await client.full_size(mode == "full")
                ours[mode].append(await client.drag(seconds, SETTLE))
        return [row for mode in modes for row in _rows(file, mode, ours[mode], stock, kilobytes, client)]


def _rows(
    file: str, mode: str, rounds: list[list[OurImage]], stock: list[float], kilobytes: list[float], client: OurClient
) -> list[Row]:
    if mode == "full":
        _check_size([image for images in rounds for image in images])
    name = f"{file.split('.')[0]}, {'full size' if mode == 'full' else 'adaptive'}"
    fps = Row(
        f"{name}: images a second",
        "fps",
        tuple(rate([image.at for image in images]) for images in rounds),
        tuple(stock),
        aim=AIMS.get((file, mode)),
        note="" if mode == "full" else _described(rounds),
    )
    rows = [fps]
    if (file, mode) == (SPHERE, "adaptive"):
        rows.append(Row(f"{name}: the same, alone", "fps", fps.ours, aim=Aim(30.0, at_least=True, of="value")))
    sizes = tuple(statistics.mean(len(image.payload) for image in images) / 1e3 for images in rounds)
    lags = tuple(1e3 * statistics.median(client.lags(images)) for images in rounds)
    return [
        *rows,
        Row(f"{name}: bytes an image", "kB", sizes, tuple(kilobytes)),
        Row(f"{name}: motion → image, p50 of all while dragging", "ms", lags, note=NO_STOCK_LAG),
    ]


AIMS = {
    (SPHERE, "full"): at_least(1.35),
    (SPHERE, "adaptive"): at_least(2.2),
    (CONTOUR, "adaptive"): at_least(4.0),
}
NO_STOCK_LAG = "The stock server does not say which motion an image shows; see the group latency for both."


def _check_size(images: list[OurImage] | list[StockImage]) -> None:
    """What is compared must be of the same size."""
    wrong = {image.size for image in images} - {SIZE}
    if not images or wrong:
        raise RuntimeError(f"images of {wrong or 'no size'} came where {SIZE} was asked for")


def _described(rounds: list[list[OurImage]]) -> str:
    """What an adaptive image was: size, coarse geometry, quality."""
    images = [image for images in rounds for image in images]
    width, height = (int(statistics.median(sizes)) for sizes in zip(*(image.size for image in images), strict=True))
    coarse = statistics.mean(image.header["lod"] for image in images)
    quality = statistics.median(image.header["quality"] for image in images)
    return f"median size {width}×{height}, {coarse:.0%} with coarse geometry, JPEG quality {quality:.0f}"
