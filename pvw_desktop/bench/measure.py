"""The measurements, over a connection. Knows no process; the data is a file of the first data folder, or an example."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Iterator
from typing import Any

from .. import __version__
from ..errors import ExitCode, StartError
from ..protocol.errors import PvwError
from ..protocol.messages.scene import MAX_LOCAL_BYTES
from .client import Link
from .figures import Geometry, Result, Still, Turning, still, turning

SIZE = (1280, 800)
RATE = 60.0
"""Moves a second: what a browser gives at most."""
DEGREES_A_SECOND = 60.0
SETTLE = 0.7
"""Seconds of each turn that are left out: the server is still finding out how large images may be."""
GEOMETRY_SECONDS = 20.0
AT_ONCE = 4
EXAMPLE = "example: five isosurfaces of ParaView's Wavelet source"

FULL_SIZE = {"rate": 30, "full_size": True, "lod": False}
AS_IT_IS: dict[str, Any] = {}


async def measure(link: Link, started: float, file: str | None, seconds: float) -> Result:
    """Everything. `started` is when the server was started, `seconds` how long each turn takes."""
    await link.join()
    node = await open_file(link, file) if file else await make_example(link)
    view = await link.topic("view/", lambda value: value["bounds"] is not None)
    name = view["view"]
    await link.call("view.size", view=name, width=SIZE[0], height=SIZE[1])
    await link.call("view.camera.reset", view=name)
    camera = link.topics[f"view/{name}"]["camera"]
    first = await link.wait(lambda: next((one for one in link.images if _shows(one.header, camera)), None))
    server = link.topics["server"]
    hand = _Hand(link, name, camera)
    stills = [await hand.still() for _ in range(3)]
    full = await hand.turn(FULL_SIZE, seconds)
    adaptive = await hand.turn(AS_IT_IS, seconds)
    geometry = await fetch_geometry(link, name)
    return Result(
        version=__version__,
        paraview=server["paraview"],
        renderer=server["renderer"] or "unknown",
        what=file or EXAMPLE,
        cells=link.topics[f"info/{node}/0"]["cells"],
        width=SIZE[0],
        height=SIZE[1],
        start=first.at - started,
        still=sorted(stills, key=lambda one: one.motion_to_image)[1],
        full_size=full,
        adaptive=adaptive,
        geometry=geometry if isinstance(geometry, Geometry) else None,
        no_geometry=geometry if isinstance(geometry, str) else None,
    )


def _shows(header: dict[str, Any], camera: dict[str, Any]) -> bool:
    """Whether it is a full image from this camera, which looks at all of the data."""
    position = zip(header["camera"]["position"], camera["position"], strict=True)
    return _full(header) and all(math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9) for a, b in position)


def _full(header: dict[str, Any]) -> bool:
    return bool(header["still"]) and (header["width"], header["height"]) == SIZE


async def open_file(link: Link, file: str) -> str:
    """Opens a file of the first data folder with the reader that fits best; its node. Raises StartError."""
    (root, *_) = (await link.call("files.roots"))["roots"]
    try:
        opened = await link.call("files.open", root=root["root"], path=file)
        if opened["choose"]:
            reader = opened["choose"][0]["name"]
            opened = await link.call("files.open", root=root["root"], path=file, reader=reader)
    except PvwError as error:
        raise StartError(error.message, error.hint or "", ExitCode.DATA) from None
    return str(opened["node"])


async def make_example(link: Link) -> str:
    """857,192 triangles, from sources that every ParaView has; the node."""
    source = (await link.call("pipeline.create", group="sources", name="RTAnalyticSource"))["node"]
    await link.call("proxy.apply", changes=[{"id": source, "values": {"WholeExtent": [-60, 60, -60, 60, -60, 60]}}])
    inputs = [{"node": source, "port": 0}]
    node = (await link.call("pipeline.create", group="filters", name="Contour", inputs=inputs))["node"]
    values = {"ContourValues": [100, 130, 157, 180, 220]}
    await link.call("proxy.apply", changes=[{"id": node, "values": values}])
    return str(node)


class _Hand:
    """Turns the camera as a person does."""

    def __init__(self, link: Link, view: str, camera: dict[str, Any]):
        self._link = link
        self._view = view
        self._camera = camera
        self._motion = 0
        self._sent: dict[int, float] = {}

    async def turn(self, quality: dict[str, Any], seconds: float) -> Turning:
        """Turns for some seconds, then waits for the full image. Raises StartError where no image comes."""
        link = self._link
        await link.call("view.quality", view=self._view, quality=quality)
        link.images.clear()
        begin = time.perf_counter()
        while (elapsed := time.perf_counter() - begin) < seconds + SETTLE:
            await self._move(DEGREES_A_SECOND * elapsed, interactive=True)
            await asyncio.sleep(max(0.0, 1 / RATE - (time.perf_counter() - begin - elapsed)))
        end = time.perf_counter()
        await self.still()
        images = [image for image in link.images if begin + SETTLE <= image.at <= end and not image.header["still"]]
        if not images:
            raise StartError(f"not one image came within {seconds:.0f} s", "Try a smaller file")
        return turning(images, self._sent)

    async def still(self) -> Still:
        """Moves a little and asks for the full image of it."""
        motion = await self._move(1.0 + self._motion % 7, interactive=False)
        image = await self._link.wait(lambda: next(self._stills(motion), None))
        return still(image, self._sent[motion])

    def _stills(self, motion: int) -> Iterator[Any]:
        return (one for one in self._link.images if _full(one.header) and one.header["motion"] >= motion)

    async def _move(self, degrees: float, interactive: bool) -> int:
        self._motion += 1
        camera = turned(self._camera, degrees)
        self._sent[self._motion] = time.perf_counter()
        await self._link.notify(
            "view.camera.set", view=self._view, camera=camera, motion=self._motion, interactive=interactive
        )
        return self._motion


def turned(camera: dict[str, Any], degrees: float) -> dict[str, Any]:
    """The camera after a turn around its view-up axis through the focal point."""
    focal, up = camera["focal_point"], camera["view_up"]
    length = math.hypot(*up)
    x, y, z = (value / length for value in up)
    a, b, c = (p - f for p, f in zip(camera["position"], focal, strict=True))
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    along = (a * x + b * y + c * z) * (1 - cos)
    moved = (
        a * cos + (y * c - z * b) * sin + x * along,
        b * cos + (z * a - x * c) * sin + y * along,
        c * cos + (x * b - y * a) * sin + z * along,
    )
    return {**camera, "position": [f + m for f, m in zip(focal, moved, strict=True)]}


async def fetch_geometry(link: Link, view: str) -> Geometry | str:
    """Asks for the scene and fetches its arrays, as a page does that draws by itself; or why there is none."""
    begin = time.perf_counter()
    await link.notify("view.mode", view=view, mode="local", limit=MAX_LOCAL_BYTES)
    name = f"scene/{view}"
    try:
        scene = await link.topic(name, lambda value: value["parts"] or value["unsupported_reason"], GEOMETRY_SECONDS)
    except TimeoutError:
        return f"No geometry came within {GEOMETRY_SECONDS:.0f} s."
    finally:
        with contextlib.suppress(PvwError):
            await link.notify("view.mode", view=view, mode="remote", limit=0)
    if scene["unsupported_reason"]:
        return str(scene["unsupported_reason"])
    names = sorted(set(blobs(scene)))
    room = asyncio.Semaphore(AT_ONCE)

    async def fetched(name: str) -> int:
        async with room:
            return await link.fetch(f"blob/{name}")

    try:
        sizes = await asyncio.gather(*map(fetched, names))
    except PvwError as error:
        return error.message
    return Geometry(sum(sizes), scene["bytes"], time.perf_counter() - begin, len(names))


def blobs(value: Any) -> Iterator[str]:
    """The hashes of all arrays in a scene."""
    if isinstance(value, dict):
        if "hash" in value:
            yield value["hash"]
        else:
            for inner in value.values():
                yield from blobs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from blobs(inner)
