"""Both pages as a person uses them in the browser: signed in, and a file opened with the mouse."""

from __future__ import annotations

import time

from .browser import SECONDS, Watched
from .world import Server

STOCK_FILES = (70, 62)
"""Where the stock page has its button of files, in pixels from the upper left."""
CHOOSE_LOCAL = """localStorage.setItem("pvw.picture", '"local"')"""
"""What the page remembers of a person who chose in the settings that it draws itself, however slow this browser is."""
CHOOSE_AUTOMATIC = """localStorage.setItem("pvw.picture", '"automatic"')"""


class StockPage:
    """The stock server's page, which draws the geometry itself (`?renderer=local`)."""

    def __init__(self, watched: Watched, server: Server):
        self.watched = watched
        self._server = server

    async def ready(self) -> None:
        """Loads it and waits until it is at rest."""
        await self.watched.page.goto(self._server.url + "?renderer=local")
        await self.watched.quiet()

    async def open(self, file: str) -> float:
        """Chooses a file; Unix time of that click."""
        await self.watched.page.mouse.click(*STOCK_FILES)
        row = self.watched.page.get_by_text(file)
        await row.wait_for(timeout=SECONDS * 1e3)
        await self.watched.quiet()
        self.watched.traffic.clear()
        asked = time.time()
        await row.click()
        return asked


class OurPage:
    """Our page, told to draw itself, as the stock page is, or something else."""

    def __init__(self, watched: Watched, server: Server, choice: str = CHOOSE_LOCAL):
        self.watched = watched
        self._server = server
        self._choice = choice

    async def ready(self) -> None:
        """Signs in and waits for ParaView."""
        page = self.watched.page
        await page.add_init_script(self._choice)
        await page.goto(self._server.sign_in_url)
        await page.locator('[data-testid="connection"][data-state="ready"]').wait_for(timeout=SECONDS * 1e3)
        await self.watched.quiet()

    async def open(self, file: str) -> float:
        """Chooses a file; Unix time of that double click."""
        page = self.watched.page
        await page.keyboard.press("Control+o")
        row = page.locator(f'[data-testid="file-row"][data-path="{file}"]')
        await row.wait_for(timeout=SECONDS * 1e3)
        await self.watched.quiet()
        self.watched.traffic.clear()
        asked = time.time()
        await row.dblclick()
        return asked
