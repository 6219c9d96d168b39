"""A mesh of a million cells in the page, beside a bare pvpython: from opening it to its first image, from applying a
filter to the image of the result, and how long the page stood still meanwhile.

Chromium draws with software WebGL, and the page itself chooses who draws (Automatic): what is measured is what a person
without a graphics card sees. Each image is the first one that shows the data: the picture's number grew, and the
pipeline has the item with its result. The bare script (inside/million.py) reads, shows and renders; then it applies the
same filter and renders again.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from ..browser import SECONDS, Watched, chromium, watched_page
from ..figures import Aim, Row, at_most
from ..pages import CHOOSE_AUTOMATIC, OurPage
from ..world import HERE, MILLION, SIZE, World

FILTER = "Gradient"
NEAR_BARE = 1.15
SMOOTH_MS = 200.0

_WATCH = """() => {
  window.benchStops = [];
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.benchStops.push(entry.duration);
  }).observe({entryTypes: ["longtask"]});
}"""
# Looks itself, often: asking from outside costs the processor that is measured, and so does every animation frame.
_SHOWN = """([name, seq]) => new Promise(done => {
  const look = () => {
    const view = document.querySelector('[data-testid="viewport"]')?.dataset;
    const item = document.querySelector(`[data-testid="pipeline-item"][data-name^="${name}"][data-state="ok"]`);
    if (!item || !view || !(Number(view.seq) > seq) || view.still !== "true") return;
    clearInterval(timer);
    done(Date.now() / 1000);
  };
  const timer = setInterval(look, 10);
})"""


async def measure(world: World) -> list[Row]:
    """Bare and ours in turn, with a fresh server and a fresh browser profile each time."""
    bare: dict[str, list[float]] = {"open": [], "apply": []}
    ours: dict[str, list[float]] = {"open": [], "apply": [], "stop": []}
    shown = set()
    async with chromium() as browser:
        for _ in range(world.rounds):
            for name, seconds in (await _bare(world)).items():
                bare[name].append(seconds)
            found, by = await _in_page(world, browser)
            shown.add(by)
            for name, value in found.items():
                ours[name].append(value)
    note = f"shown as {' and '.join(sorted(shown))} picture; the bare script reads, shows and renders"
    against = "bare script"
    return [
        Row("open → first image", "s", tuple(ours["open"]), tuple(bare["open"]), against, at_most(NEAR_BARE), note),
        Row(f"apply ({FILTER}) → image", "s", tuple(ours["apply"]), tuple(bare["apply"]), against, at_most(NEAR_BARE)),
        Row("longest stop of the page meanwhile", "ms", tuple(ours["stop"]), aim=Aim(SMOOTH_MS, of="value")),
    ]


async def _bare(world: World) -> dict[str, float]:
    """Seconds inside a pvpython that is up already, as ours is."""
    command = [world.pvpython, "--force-offscreen-rendering", str(HERE / "inside" / "million.py")]
    process = await asyncio.create_subprocess_exec(
        *command,
        str(world.data / MILLION),
        *map(str, SIZE),
        env=world.environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    output, _ = await process.communicate()
    found: dict[str, float] = json.loads(output.splitlines()[-1])
    return found


async def _in_page(world: World, browser: Any) -> tuple[dict[str, float], str]:
    """Seconds and the longest stop in ms; and whose picture it was in the end."""
    async with world.ours() as server, watched_page(browser) as watched:
        await watched.page.add_init_script(f"({_WATCH})()")
        page = OurPage(watched, server, CHOOSE_AUTOMATIC)
        await page.ready()
        seq = await _seq(watched)
        await watched.page.evaluate("window.benchStops.length = 0")
        asked = await page.open(MILLION)
        opened = await watched.page.evaluate(_SHOWN, [MILLION, seq]) - asked
        await watched.quiet(2.0)
        asked, seq = await _apply(watched), await _seq(watched)
        applied = await watched.page.evaluate(_SHOWN, [FILTER, seq]) - asked
        await watched.quiet(2.0)
        stops = await watched.page.evaluate("window.benchStops")
        by = await watched.page.locator('[data-testid="viewport"]').get_attribute("data-shown")
    return {"open": opened, "apply": applied, "stop": max(stops, default=0.0)}, str(by)


async def _apply(watched: Watched) -> float:
    """Adds the filter and applies it; Unix time of that click."""
    page = watched.page
    await page.keyboard.press("Control+Space")
    await page.locator('[data-testid="palette-input"]').fill(FILTER)
    item = page.locator('[data-testid="palette-item"]').first
    await item.wait_for(timeout=SECONDS * 1e3)
    await item.click()
    apply = page.locator('[data-testid="apply"]:not([disabled])')
    await apply.wait_for(timeout=SECONDS * 1e3)
    await watched.quiet()
    asked = time.time()
    await apply.click()
    return asked


async def _seq(watched: Watched) -> int:
    viewport = watched.page.locator('[data-testid="viewport"]')
    return int(await viewport.get_attribute("data-seq") or 0) if await viewport.count() else 0
