"""The measurements against a server made up here."""

from __future__ import annotations

import itertools
import math
import time
from typing import Any

import pytest

from pvw_desktop.bench import measure as measuring
from pvw_desktop.bench.client import Arrived
from pvw_desktop.bench.figures import Geometry
from pvw_desktop.bench.measure import blobs, fetch_geometry, make_example, measure, open_file, turned
from pvw_desktop.errors import ExitCode, StartError
from pvw_desktop.protocol.errors import Failed

CAMERA = {"position": [0.0, 0.0, 10.0], "focal_point": [0.0, 0.0, 0.0], "view_up": [0.0, 2.0, 0.0]}
SCENE = {
    "bytes": 5000,
    "unsupported_reason": None,
    "parts": [{"mesh": {"points": {"hash": "aa"}, "normals": None}}, {"mesh": {"points": {"hash": "bb"}}}],
    "annotations": {"hash": "aa"},
}


class FakeLink:
    """Answers as our server does, at once: each camera makes one image."""

    def __init__(self, scene: dict[str, Any] | None = None):
        self.topics: dict[str, Any] = {
            "server": {"state": "ready", "paraview": "5.11.0", "renderer": None},
            "view/7": {"view": "7", "bounds": [0, 1, 0, 1, 0, 1], "camera": CAMERA},
            "info/9/0": {"cells": 80},
        }
        self.scene = scene
        self.images: list[Arrived] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.choose: list[dict[str, str]] = []
        self.problem: Exception | None = None
        self.full_size = False
        self.ids = itertools.count(8)

    async def join(self) -> None:
        self.calls.append(("join", {}))

    async def call(self, method: str, **params: Any) -> Any:
        self.calls.append((method, params))
        if method == "files.roots":
            return {"roots": [{"root": "r", "label": "data"}]}
        if method == "files.open":
            if self.problem:
                raise self.problem
            choose = [] if "reader" in params else self.choose
            return {"node": None if choose else "9", "choose": choose}
        if method == "pipeline.create":
            return {"node": str(next(self.ids))}
        if method == "view.camera.reset":
            self.render(0, CAMERA, still=True)
        if method == "view.quality":
            self.full_size = bool(params["quality"].get("full_size"))
        return {}

    async def notify(self, method: str, **params: Any) -> None:
        self.calls.append((method, params))
        if method == "view.camera.set":
            self.render(params["motion"], params["camera"], still=not params["interactive"])

    def render(self, motion: int, camera: dict[str, Any], still: bool) -> None:
        width, height = (1280, 800) if still or self.full_size else (640, 400)
        header = {"width": width, "height": height, "still": still, "motion": motion, "camera": camera}
        times = {"wait_ms": 0.0, "render_ms": 0.0, "encode_ms": 0.0, "lod": not still}
        self.images.append(Arrived(time.perf_counter(), {**header, **times}, 1000))

    async def wait(self, good: Any, seconds: float = 1.0) -> Any:
        if value := good():
            return value
        raise TimeoutError

    async def topic(self, prefix: str, good: Any, seconds: float = 1.0) -> Any:
        value = self.scene if prefix.startswith("scene/") else self.topics[f"{prefix}7"]
        if value is None:
            raise TimeoutError
        assert good(value)
        return value

    async def fetch(self, path: str) -> int:
        self.calls.append(("fetch", {"path": path}))
        return 100

    def named(self, method: str) -> list[dict[str, Any]]:
        return [params for name, params in self.calls if name == method]


async def test_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "SETTLE", 0.05)
    link: Any = FakeLink(SCENE)
    result = await measure(link, time.perf_counter(), "wing.vtu", 0.2)
    assert (result.what, result.cells, result.paraview, result.renderer) == ("wing.vtu", 80, "5.11.0", "unknown")
    assert (result.full_size.width, result.adaptive.width) == (1280, 640)
    assert (result.still.width, result.adaptive.lod) == (1280, 1.0)
    assert result.geometry and result.no_geometry is None
    motions = [params["motion"] for params in link.named("view.camera.set")]
    assert motions == list(range(1, len(motions) + 1))


async def test_no_image_while_turning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "SETTLE", 0.05)
    link: Any = FakeLink()
    render = link.render
    link.render = lambda motion, camera, still: render(motion, camera, still) if still else None
    with pytest.raises(StartError, match="not one image"):
        await measure(link, time.perf_counter(), "wing.vtu", 0.1)


async def test_the_first_reader_of_several() -> None:
    link: Any = FakeLink()
    link.choose = [{"name": "XMLReader"}, {"name": "Other"}]
    assert await open_file(link, "wing.vtu") == "9"
    assert link.named("files.open")[-1] == {"root": "r", "path": "wing.vtu", "reader": "XMLReader"}


async def test_a_file_that_paraview_cannot_read() -> None:
    link: Any = FakeLink()
    link.problem = Failed("It does not look like a dataset.", "Choose the reader.")
    with pytest.raises(StartError) as caught:
        await open_file(link, "bad.vtu")
    assert (caught.value.message, caught.value.hint) == ("It does not look like a dataset.", "Choose the reader.")
    assert caught.value.exit_code is ExitCode.DATA


async def test_the_example_contours_its_source() -> None:
    link: Any = FakeLink()
    assert await make_example(link) == "9"
    assert [params.get("inputs") for params in link.named("pipeline.create")] == [None, [{"node": "8", "port": 0}]]


async def test_each_array_is_fetched_once_and_the_mode_goes_back() -> None:
    link: Any = FakeLink(SCENE)
    found = await fetch_geometry(link, "7")
    assert isinstance(found, Geometry)
    assert (found.bytes, found.unpacked, found.arrays) == (200, 5000, 2)
    assert sorted(params["path"] for params in link.named("fetch")) == ["blob/aa", "blob/bb"]
    assert [params["mode"] for params in link.named("view.mode")] == ["local", "remote"]


async def test_a_scene_that_a_page_cannot_draw() -> None:
    link: Any = FakeLink({**SCENE, "unsupported_reason": "There is a volume."})
    assert await fetch_geometry(link, "7") == "There is a volume."
    assert not link.named("fetch")


async def test_a_server_without_geometry() -> None:
    link: Any = FakeLink()
    assert "No geometry came" in str(await fetch_geometry(link, "7"))
    assert link.named("view.mode")[-1]["mode"] == "remote"


async def test_an_array_that_does_not_come() -> None:
    link: Any = FakeLink(SCENE)

    async def fail(path: str) -> int:
        raise Failed("An array could not be fetched.")

    link.fetch = fail
    assert await fetch_geometry(link, "7") == "An array could not be fetched."


def test_blobs_are_found_wherever_they_are() -> None:
    assert sorted(blobs(SCENE)) == ["aa", "aa", "bb"]


def test_a_quarter_turn() -> None:
    position = turned(CAMERA, 90)["position"]
    assert all(math.isclose(a, b, abs_tol=1e-9) for a, b in zip(position, [10.0, 0.0, 0.0], strict=True))
