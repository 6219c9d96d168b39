"""Bytes of moving images as JPEG and as H.264 at equal looks.

Equal looks are equal SSIM of the luma (Wang, Bovik, Sheikh, Simoncelli: Image quality assessment, IEEE Transactions on
Image Processing 13, 2004), here over blocks of 8 × 8 pixels that do not overlap: for each rate of the video, the JPEG
quality with the same SSIM is looked for.
"""

from __future__ import annotations

import asyncio
import dataclasses
import io
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any

import av
import numpy
from PIL import Image

from pvw_desktop.gateway.frames.encoder import Pixels, Quality, Rate
from pvw_desktop.gateway.frames.encoders import find_encoder
from pvw_desktop.gateway.frames.encoders.h264 import VideoStream

from ..figures import Row
from ..world import CONTOUR, HERE, SPHERE, World

SIZE = (1280, 800)
IMAGES = 40
BLOCK = 8


@dataclasses.dataclass(frozen=True)
class Coded:
    """Means over a sequence."""

    kilobytes: float
    ssim: float
    milliseconds: float


def turning(pvpython: str, file: Path, folder: Path, environment: dict[str, str]) -> list[Pixels]:
    """Moving images of a file that turns, as the gateway takes them out of their slots."""
    raw = folder / "turning.raw"
    script = HERE / "inside" / "turn.py"
    command = [pvpython, str(script), str(file), str(raw), *map(str, SIZE), str(IMAGES)]
    subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)
    data, size = raw.read_bytes(), SIZE[0] * SIZE[1] * 3
    raw.unlink()
    encoder = find_encoder()
    return [encoder.take(memoryview(data)[at * size : (at + 1) * size], *SIZE) for at in range(IMAGES)]


def luma(rows: Any) -> Any:
    """Rec. 601 luma of RGB rows, as blocks: shape (blocks, BLOCK²)."""
    values = rows.astype(numpy.float64) @ (0.299, 0.587, 0.114)
    height, width = (side // BLOCK * BLOCK for side in values.shape)
    blocks = values[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK).swapaxes(1, 2)
    return blocks.reshape(-1, BLOCK * BLOCK)


def ssim(one: Any, other: Any) -> float:
    """Structural similarity of two images given as blocks of luma, 0 to 255; 1 for the same image."""
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mean1, mean2 = one.mean(1), other.mean(1)
    covariance = ((one - mean1[:, None]) * (other - mean2[:, None])).mean(1)
    brightness = (2 * mean1 * mean2 + c1) / (mean1**2 + mean2**2 + c1)
    structure = (2 * covariance + c2) / (one.var(1) + other.var(1) + c2)
    return float((brightness * structure).mean())


def rows_of(pixels: Pixels) -> Any:
    """The RGB rows of an image."""
    return numpy.frombuffer(pixels.rgb(), numpy.uint8).reshape(pixels.height, pixels.width, 3)


def as_jpeg(images: list[Pixels], quality: int) -> Coded:
    """Each image by itself."""
    sizes, looks, seconds = [], [], []
    for pixels in images:
        begin = time.perf_counter()
        data = Quality(quality).encode(pixels).payload
        seconds.append(time.perf_counter() - begin)
        sizes.append(len(data))
        with Image.open(io.BytesIO(data)) as image:
            looks.append(ssim(luma(rows_of(pixels)), luma(numpy.asarray(image.convert("RGB")))))
    return Coded(statistics.mean(sizes) / 1e3, statistics.mean(looks), statistics.median(seconds) * 1e3)


def as_video(images: list[Pixels], rate: Rate) -> Coded:
    """Each image by its difference from the one before; the key image at the begin counts as well."""
    stream = VideoStream(rate)
    decoder: Any = av.CodecContext.create("h264", "r")
    decoder.thread_count = 1
    decoder.flags |= 0x80000  # low delay: each image comes out at once
    sizes, looks, seconds = [], [], []
    for pixels in images:
        begin = time.perf_counter()
        data = stream.encode(pixels).payload
        seconds.append(time.perf_counter() - begin)
        sizes.append(len(data))
        (frame,) = decoder.decode(av.Packet(data))
        looks.append(ssim(luma(rows_of(pixels)), luma(frame.to_ndarray(format="rgb24"))))
    return Coded(statistics.mean(sizes) / 1e3, statistics.mean(looks), statistics.median(seconds) * 1e3)


def equal_jpeg(images: list[Pixels], looks: float) -> tuple[int, Coded]:
    """The lowest JPEG quality that looks at least as good, by bisection."""
    low, high = 5, 100
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if as_jpeg(images[::8], middle).ssim >= looks else (middle, high)
    return high, as_jpeg(images, high)


async def measure(world: World) -> list[Row]:
    """One row for each file and rate of the video: bytes beside those of the JPEG that looks the same."""
    return await asyncio.to_thread(_measure, world)


def _measure(world: World) -> list[Row]:
    rows = []
    for file in (SPHERE, CONTOUR):
        images = turning(world.pvpython, world.data / file, world.folder, world.environment)
        for rate in VideoStream.RATES[:1] if world.quick else VideoStream.RATES:
            video = as_video(images, rate)
            quality, jpeg = equal_jpeg(images, video.ssim)
            note = f"{video.milliseconds:.1f} ms an image, {jpeg.milliseconds:.1f} ms as JPEG"
            name = f"{Path(file).stem}, SSIM {video.ssim:.3f}: bytes an image, H.264 crf {rate.crf}"
            rows.append(Row(name, "kB", (video.kilobytes,), (jpeg.kilobytes,), f"JPEG {quality}", note=note))
    return rows
