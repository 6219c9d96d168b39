"""Chromium with software WebGL, watched: when heavy geometry is drawn, and what comes over the network."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import dataclasses
import json
import shutil
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

from playwright.async_api import Page, async_playwright
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.conftest import BROWSERS
from tests.e2e.conftest import CHROMIUM_FLAGS

from .world import SIZE

TEXT = 1
"""Opcode of a WebSocket frame with text."""
KEEP_ALIVE = "session.ping"
HEAVY = 100_000
"""Vertices or indices of one draw call from which on it counts as the data and not as axes or frames."""
SECONDS = 60.0

_WATCH = """limit => {
  window.benchDraws = []; let frame = 0;
  const count = () => { frame++; requestAnimationFrame(count) }; requestAnimationFrame(count);
  const at = {drawArrays: 2, drawElements: 1, drawArraysInstanced: 2, drawElementsInstanced: 1, drawRangeElements: 3};
  for (const kind of [window.WebGLRenderingContext, window.WebGL2RenderingContext]) {
    for (const [name, place] of Object.entries(at)) {
      const draw = kind?.prototype?.[name]; if (!draw) continue;
      kind.prototype[name] = function (...args) {
        if (args[place] > limit) window.benchDraws.push([Date.now() / 1000, frame, args[place]]);
        return draw.apply(this, args);
      };
    }
  }
}"""


@dataclasses.dataclass
class Traffic:
    """What came since `clear`."""

    frames_sent: int = 0
    """But for the page's pings, one every ten seconds, which say that the connection is alive."""
    frames_received: int = 0
    socket_bytes: int = 0
    """Payload of WebSocket frames from the server."""
    http_bytes: int = 0
    """Bodies of HTTP answers as they came over the network, compressed where they were."""

    def clear(self) -> None:
        """Counts from zero."""
        self.frames_sent = self.frames_received = self.socket_bytes = self.http_bytes = 0

    @property
    def bytes(self) -> int:
        """All bytes received."""
        return self.socket_bytes + self.http_bytes


class NothingDrawn(Exception):
    """The page did not draw by itself what it was to draw."""


class Watched:
    """A page with what is seen of it."""

    def __init__(self, page: Page):
        self.page = page
        self.traffic = Traffic()

    async def watch(self) -> None:
        """Begins; before the page loads."""
        await self.page.add_init_script(f"({_WATCH})({HEAVY})")
        session = await self.page.context.new_cdp_session(self.page)
        traffic = self.traffic

        pings: set[Any] = set()

        def sent(event: dict[str, Any]) -> None:
            message = spoken(event["response"])
            if message.get("method") == KEEP_ALIVE:
                pings.add(message.get("id"))
            else:
                traffic.frames_sent += 1

        def received(event: dict[str, Any]) -> None:
            ident = spoken(event["response"]).get("id")
            if ident in pings:
                pings.remove(ident)
            else:
                traffic.frames_received += 1
            traffic.socket_bytes += payload_bytes(event["response"])

        def data(event: dict[str, Any]) -> None:
            traffic.http_bytes += event["encodedDataLength"]

        session.on("Network.webSocketFrameSent", sent)
        session.on("Network.webSocketFrameReceived", received)
        session.on("Network.dataReceived", data)
        await session.send("Network.enable")

    async def draws(self) -> list[tuple[float, int, int]]:
        """Heavy draws so far: Unix time in s, number of the animation frame, vertices or indices."""
        return [(at, frame, count) for at, frame, count in await self.page.evaluate("window.benchDraws")]

    async def forget_draws(self) -> None:
        """Counts from zero."""
        await self.page.evaluate("window.benchDraws.length = 0")

    async def first_draw(self) -> float:
        """Unix time of the first heavy draw, once there is one. Raises NothingDrawn."""
        try:
            await self.page.wait_for_function("() => window.benchDraws.length > 0", timeout=SECONDS * 1e3)
        except PlaywrightTimeout:
            raise NothingDrawn(f"the page drew no geometry itself within {SECONDS:.0f} s") from None
        return (await self.draws())[0][0]

    async def quiet(self, seconds: float = 1.0) -> None:
        """Waits until nothing came over the network for a while."""
        await until_same(lambda: self.traffic.bytes, seconds)

    async def drag(self, seconds: float, place: Callable[[float], tuple[float, float]]) -> None:
        """Drags over the middle of the page, `place` in fractions of it, as fast as the browser takes the moves but at
        most 60 times a second."""
        mouse, (width, height) = self.page.mouse, SIZE
        await mouse.move(width / 2, height / 2)
        await mouse.down()
        begin = time.perf_counter()
        while (elapsed := time.perf_counter() - begin) < seconds:
            x, y = place(elapsed)
            await mouse.move(x * width, y * height)
            await asyncio.sleep(max(0.0, 1 / 60 - (time.perf_counter() - begin - elapsed)))
        await mouse.up()


async def until_same(value: Callable[[], Any], seconds: float) -> None:
    """Waits until a value did not change for so long."""
    last, since, deadline = value(), time.perf_counter(), time.perf_counter() + SECONDS
    while time.perf_counter() - since < seconds:
        if time.perf_counter() > deadline:
            raise RuntimeError("the page does not come to rest")
        await asyncio.sleep(0.05)
        if value() != last:
            last, since = value(), time.perf_counter()


def spoken(response: dict[str, Any]) -> dict[str, Any]:
    """The JSON object of a text frame as CDP tells it; empty for anything else."""
    if response["opcode"] != TEXT:
        return {}
    try:
        message = json.loads(response["payloadData"])
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def payload_bytes(response: dict[str, Any]) -> int:
    """Length of a WebSocket frame's payload as CDP tells it: text as it is, anything else in base64."""
    data = response["payloadData"]
    return len(data.encode()) if response["opcode"] == TEXT else len(base64.b64decode(data))


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Any]:
    """The browser."""
    async with async_playwright() as playwright:
        path = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = await playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@contextlib.asynccontextmanager
async def watched_page(browser: Any, cookies: list[dict[str, str]] | None = None) -> AsyncIterator[Watched]:
    """A page of the bench's size in a profile of its own."""
    context = await browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]})
    try:
        if cookies:
            await context.add_cookies(cookies)
        watched = Watched(await context.new_page())
        await watched.watch()
        yield watched
    finally:
        await context.close()
