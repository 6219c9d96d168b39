"""The picture drawn by the page itself, in Chromium with software WebGL on both sides.

Opening: from the click that opens the file to the first draw call of more than 100,000 vertices or indices, and what
came over the network until that picture was complete. Turning: images a second while the hand drags, counted as
animation frames with such a draw call, and what goes over the WebSocket meanwhile (nothing should).
"""

from __future__ import annotations

from typing import Any

from ..browser import NothingDrawn, Watched, chromium, watched_page
from ..figures import Aim, Row, at_most
from ..motion import hand
from ..pages import OurPage, StockPage
from ..world import CONTOUR, SPHERE, Server, World

NOTE = (
    "the page of the stock server knows an older name of a class than this ParaView tells it; with the name put right"
    " on its server, as here, it draws (tests/bench/inside/stock_local.py)"
)


async def measure_opening(world: World) -> list[Row]:
    """contour857k, with a fresh server and a fresh browser profile each time."""
    seconds: dict[str, list[float]] = {"ours": [], "stock": []}
    megabytes: dict[str, list[float]] = {"ours": [], "stock": []}
    problem = None
    async with chromium() as browser:
        for _ in range(world.rounds):
            for name in ("stock", "ours"):
                try:
                    found = await _opened(world, browser, name)
                except NothingDrawn as error:
                    problem = f"{name}: {error}"
                    continue
                if found is not None:
                    seconds[name].append(found[0])
                    megabytes[name].append(found[1])
            if problem:
                break
    return [
        Row("contour857k: bytes", "MB", *_both(megabytes), aim=at_most(0.4), note=NOTE, problem=problem),
        Row("contour857k: click → first picture", "s", *_both(seconds), aim=at_most(0.3), problem=problem),
    ]


def _both(found: dict[str, list[float]]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return tuple(found["ours"]), tuple(found["stock"])


async def _opened(world: World, browser: Any, name: str) -> tuple[float, float] | None:
    """Seconds to the first heavy draw, and megabytes in all."""
    async with world.ours() if name == "ours" else world.beside(local=True) as server:
        if server is None:
            return None
        async with watched_page(browser) as watched:
            page = _page(name, watched, server)
            await page.ready()
            asked = await page.open(CONTOUR)
            seconds = await watched.first_draw() - asked
            await watched.quiet()
            return seconds, watched.traffic.bytes / 1e6


def _page(name: str, watched: Watched, server: Server) -> OurPage | StockPage:
    return OurPage(watched, server) if name == "ours" else StockPage(watched, server)


async def measure_turning(world: World) -> list[Row]:
    """sphere79k."""
    rates: dict[str, list[float]] = {"ours": [], "stock": []}
    frames: dict[str, list[float]] = {"ours": [], "stock": []}
    seconds = world.long(4.0)
    async with world.beside(local=True) as other, world.ours() as server, chromium() as browser:
        for name, one in (("stock", other), ("ours", server)):
            if one is None:
                continue
            async with watched_page(browser) as watched:
                page = _page(name, watched, one)
                await page.ready()
                await page.open(SPHERE)
                await watched.first_draw()
                await watched.quiet()
                for _ in range(world.rounds):
                    rate, count = await _turned(watched, seconds)
                    rates[name].append(rate)
                    frames[name].append(count)
    return [
        Row("sphere79k: images a second", "fps", *_both(rates)),
        Row("WebSocket frames meanwhile, both ways", "", *_both(frames), aim=Aim(0.0, of="value")),
    ]


async def _turned(watched: Watched, seconds: float) -> tuple[float, float]:
    """Images a second, and WebSocket frames, of one drag."""
    await watched.forget_draws()
    watched.traffic.clear()
    await watched.drag(seconds, hand)
    count = watched.traffic.frames_sent + watched.traffic.frames_received
    draws = await watched.draws()
    await watched.quiet()
    first_of_frame = {frame: at for at, frame, _ in reversed(draws)}
    times = sorted(first_of_frame.values())
    return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0, float(count)
