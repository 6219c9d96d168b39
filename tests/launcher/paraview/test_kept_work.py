"""Work with the real ParaView and the real application: whatever ends it, what was changed a moment before is there."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.launcher.driver import Application, children, wait_gone, wait_until
from tests.launcher.shell.test_page_calls import Client

pytestmark = pytest.mark.paraview

NAME = "changed a moment ago"


class Page(Client):
    """One that does not look at its images."""

    async def _next(self) -> dict[str, Any]:
        while (message := await asyncio.wait_for(self._socket.receive(), 90)).type is aiohttp.WSMsgType.BINARY:
            pass
        return self._take(message.json())


@pytest.fixture
async def client(
    application: Callable[..., Application], pvpython: str, x_server: str
) -> AsyncIterator[tuple[Application, Client]]:
    one = application("serve", "--ready-json", PVW_PVPYTHON=pvpython, DISPLAY=x_server)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        page = await Page.join(session, one.ready())
        await page.until("ready")
        yield one, page


async def change(page: Client) -> None:
    """Half a second later it would be saved by itself: nobody waits for that here."""
    node = (await page.call("files.example", name="motion"))["node"]
    await page.call("pipeline.rename", node=node, name=NAME)


def kept(environ: dict[str, str]) -> list[Path]:
    return list(Path(environ["PVW_STATE_DIR"], "kept work").glob("*.pvsm"))


async def test_a_restart_with_my_work_brings_the_last_change(client: tuple[Application, Client]) -> None:
    _, page = client
    await change(page)
    await page.call("session.restart", restore="all")
    await page.until("starting")
    await page.until("ready")
    assert NAME in await names(page)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
async def test_the_end_of_the_application_keeps_the_last_change(
    client: tuple[Application, Client], environ: dict[str, str], application: Callable[..., Application], number: int
) -> None:
    one, page = client
    await change(page)
    pids = [process.pid for process in children(one.pid)]
    one.send(number)
    one.exit_code()
    wait_gone(pids, 30)
    if number == signal.SIGKILL:
        application("serve", "--ready-json").ready()
        wait_until(lambda: kept(environ), "the kept work")
    assert [NAME in path.read_text() for path in kept(environ)] == [True]


async def names(page: Client) -> list[str]:
    """Names in the pipeline, from a fresh snapshot."""
    topics = (await page.call("session.hello"))["topics"]
    pipeline = next(topic["value"] for topic in topics if topic["name"] == "pipeline")
    return [node["name"] for node in pipeline["nodes"]]
