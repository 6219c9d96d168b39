"""Files dropped on the page: what opens is what was dropped."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Screen, Start

pytestmark = [pytest.mark.paraview, pytest.mark.browser]

DROP = """files => {
  const data = new DataTransfer();
  for (const [name, content] of files)
    data.items.add(new File([Uint8Array.from(atob(content), letter => letter.charCodeAt(0))], name));
  for (const kind of ["dragover", "drop"])
    window.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def drop(screen: Screen, *paths: Path) -> None:
    screen.page.evaluate(DROP, [[path.name, base64.b64encode(path.read_bytes()).decode()] for path in paths])


@pytest.fixture
def data(datasets: Path, tmp_path: Path) -> Path:
    """Two files of one name and size in two folders, a copy, a series, and other files."""
    folder = tmp_path / "data"
    for name in ("a", "b", "copies"):
        (folder / name).mkdir(parents=True)
    whole = (datasets / "surface.stl").read_bytes()
    (folder / "a" / "ball.stl").write_bytes(whole)
    (folder / "b" / "ball.stl").write_bytes(b"other" + whole[5:])
    shutil.copy(folder / "b" / "ball.stl", folder / "copies")
    shutil.copy(datasets / "mesh.vtu", folder / "a")
    shutil.copytree(datasets / "series", folder / "series")
    return folder


def test_all_that_is_dropped_opens_and_nothing_else(start: Start, screen: Screen, data: Path, tmp_path: Path) -> None:
    screen.go(start("--data", str(data)))
    drop(screen, data / "a" / "mesh.vtu", data / "a" / "ball.stl")
    screen.shows("mesh.vtu", "ball.stl")
    stranger = tmp_path / "ball.stl"
    content = bytearray((data / "a" / "ball.stl").read_bytes())
    content[-1] ^= 1
    stranger.write_bytes(content)
    drop(screen, stranger)
    expect(screen.at("notice").filter(has_text="ball.stl lies in none of the data folders")).to_be_visible()
    assert screen.names() == ["mesh.vtu", "ball.stl"]


def test_a_series_that_is_dropped_is_one(start: Start, screen: Screen, data: Path) -> None:
    screen.go(start("--data", str(data)))
    drop(screen, *sorted((data / "series").iterdir()))
    screen.shows("ball_*.vtp")
    expect(screen.at("time-slider")).to_be_visible()


def test_of_copies_the_person_says_which(start: Start, screen: Screen, data: Path) -> None:
    screen.go(start("--data", str(data)))
    drop(screen, data / "copies" / "ball.stl")
    expect(screen.at("place-chooser")).to_be_visible()
    paths = [place.get_attribute("data-path") for place in screen.at("place").all()]
    assert paths == ["b/ball.stl", "copies/ball.stl"]
    screen.at("place", path="copies/ball.stl").click()
    screen.shows("ball.stl")
