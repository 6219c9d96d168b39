"""Two sessions of one application, each with a pvpython of its own, behind one gateway."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
from PIL import Image

from pvw_desktop.bench.client import Link
from pvw_desktop.config import Config, bundle_folder, read_environment
from pvw_desktop.gateway.session.session import Session
from pvw_desktop.launcher.discovery.machine import this_machine
from pvw_desktop.launcher.runtime import Runtime
from pvw_desktop.launcher.settings import Settings
from pvw_desktop.paths import find_folders
from pvw_desktop.protocol.errors import Failed, NotFound
from pvw_desktop.protocol.framing import unpack_binary


class Page(Link):
    """A client that keeps the newest full image."""

    picture: tuple[dict[str, Any], bytes] | None = None

    async def _take_frame(self, data: bytes) -> None:
        header, payload = unpack_binary(data)
        if header["still"]:
            self.picture = header, bytes(payload)
        await super()._take_frame(data)

    async def show(self, source: str) -> str:
        """Makes a source and looks at it; the node."""
        node = (await self.call("pipeline.create", group="sources", name=source))["node"]
        await self.call("proxy.apply", changes=[{"id": node, "values": {}}])
        view = await self.topic("view/", lambda value: value["bounds"] is not None)
        await self.call("view.size", view=view["view"], width=320, height=240)
        await self.call("view.camera.reset", view=view["view"])
        version = await self.topic("view/", lambda value: value["camera_version"] > view["camera_version"])
        await self.wait(lambda: self._sees(version["camera"]))
        return str(node)

    def _sees(self, camera: dict[str, Any]) -> bool:
        header = self.picture[0] if self.picture else {}
        return header.get("camera") == camera and (header["width"], header["height"]) == (320, 240)

    def drawn(self) -> float:
        """How much of the image is no background."""
        assert self.picture is not None
        with Image.open(io.BytesIO(self.picture[1])) as image:
            data = image.convert("RGB").tobytes()
        pixels = list(zip(data[::3], data[1::3], data[2::3], strict=True))
        ground = pixels[0]
        other = [pixel for pixel in pixels if max(abs(a - b) for a, b in zip(pixel, ground, strict=True)) > 40]
        return len(other) / len(pixels)


@asynccontextmanager
async def page_of(runtime: Runtime, session: Session | None = None) -> AsyncIterator[Page]:
    """Somebody who signed in by the link."""
    base, _, code = runtime.new_sign_in_url(session).partition("#k=")
    origin = {"Origin": runtime.url.rstrip("/")}
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        async with http.post(base + "auth", json={"code": code}, headers=origin) as answer:
            assert answer.status == 200
        async with http.ws_connect(base + "ws", protocols=["pvw.v2"], headers=origin, max_msg_size=0) as socket:
            page = Page(http, socket, base)
            try:
                await page.join()
                yield page
            finally:
                await page.close()


@pytest.fixture
async def runtime(tmp_path: Path, page: Path, pvpython: str, display: str) -> AsyncIterator[Runtime]:
    """An application that serves, without a window; ParaView is being started."""
    environ = {**read_environment(), "PVW_STATE_DIR": str(tmp_path / "state")}
    config = Config("serve", environ, frontend="none", data=(tmp_path,), pvpython=Path(pvpython))
    folders = find_folders(environ)
    machine = this_machine(environ, bundle_folder())
    runtime = Runtime(config, folders, machine, Settings(folders.settings), page, None, "0123456789ab")
    runtime.start_paraview()
    try:
        await runtime.start_gateway()
        yield runtime
    finally:
        await runtime.stop()


def work_folders(tmp_path: Path) -> set[str]:
    return {folder.name for folder in (tmp_path / "state").glob("**/sessions/*") if folder.is_dir()}


async def test_two_clients_see_what_each_made_and_nothing_of_the_other(runtime: Runtime) -> None:
    added = await runtime.add_session()
    async with page_of(runtime) as one, page_of(runtime, added) as two:
        assert one.topics["server"]["pid"] != two.topics["server"]["pid"]
        sphere, plane = await asyncio.gather(one.show("SphereSource"), two.show("PlaneSource"))
        # as plain pvpython has them by default
        assert one.topics[f"info/{sphere}/0"]["cells"] == 96
        assert two.topics[f"info/{plane}/0"]["cells"] == 1
        assert [len(page.topics["pipeline"]["nodes"]) for page in (one, two)] == [1, 1]
        assert 0.1 < one.drawn() < two.drawn()

        seen, other = one.drawn(), two.drawn()
        await one.call("pipeline.delete", node=sphere)
        await one.wait(lambda: one.drawn() < seen / 2)  # the axes in the corner stay
        await two.call("session.ping")
        assert two.drawn() == pytest.approx(other, abs=0.01)
        assert [node["proxy"] for node in two.topics["pipeline"]["nodes"]] == ["PlaneSource"]
        with pytest.raises(NotFound):
            await one.call("pipeline.rename", node="999999", name="none of mine")


async def test_a_session_that_ends_takes_its_paraview_and_its_folder_along(runtime: Runtime, tmp_path: Path) -> None:
    added = await runtime.add_session()
    async with page_of(runtime) as one:
        async with page_of(runtime, added) as two:
            pid = two.topics["server"]["pid"]
            assert work_folders(tmp_path) == {"0123456789ab", added.id}
            await runtime.end_session(added)
            await two.wait(lambda: two._reading.done())
        assert not psutil.pid_exists(pid)
        assert work_folders(tmp_path) == {"0123456789ab"}
        await one.show("SphereSource")


async def test_a_session_that_cannot_be_made_leaves_nothing_behind(
    runtime: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(session: Session) -> None:
        raise Failed("The folder does not answer.")

    monkeypatch.setattr(runtime, "_open_folders", fail)
    with pytest.raises(Failed):
        await runtime.add_session()
    assert work_folders(tmp_path) == {"0123456789ab"}
    async with page_of(runtime) as one:
        await one.show("SphereSource")
    processes = psutil.Process().children(recursive=True)
    assert [process.pid for process in processes if "pvw_desktop" in " ".join(process.cmdline())] == [
        one.topics["server"]["pid"]
    ]
