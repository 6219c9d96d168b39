"""Where the window saves what the page gives it, and what it says of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.launcher.shell.downloads_gtk import Download, download_folder, free_name
from tests.launcher.driver import Application, wait_until

pytestmark = pytest.mark.filterwarnings("ignore::ImportWarning")


class FakeDownload:
    """What WebKit hands out."""

    def __init__(self) -> None:
        self.handlers: dict[str, Callable[..., Any]] = {}
        self.destination: str | None = None
        self.cancelled = False

    def connect(self, name: str, handler: Callable[..., Any]) -> None:
        self.handlers[name] = handler

    def set_destination(self, uri: str) -> None:
        self.destination = uri

    def cancel(self) -> None:
        self.cancelled = True
        self.handlers["failed"](self, "cancelled")
        self.handlers["finished"](self)

    def emit(self, name: str, *more: Any) -> Any:
        return self.handlers[name](self, *more)


Said = list[tuple[str, str, "str | None"]]


def test_a_folder_that_is_not_there_is_made_and_told(tmp_path: Path) -> None:
    said: Said = []
    given = FakeDownload()
    Download(given, lambda *line: said.append(line), lambda: tmp_path / "Downloads")
    assert given.emit("decide-destination", "view 1.png") is True
    assert given.destination == (tmp_path / "Downloads" / "view 1.png").as_uri()
    given.emit("finished")
    assert said == [("info", f"Saved view 1.png in {tmp_path / 'Downloads'}.", None)]


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said: Said = []
    given = FakeDownload()
    Download(given, lambda *line: said.append(line), lambda: tmp_path / "file" / "Downloads")
    given.emit("decide-destination", "view.png")
    assert given.cancelled and given.destination is None
    assert len(said) == 1 and said[0][0] == "error" and "could not be saved" in said[0][1]


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    said: Said = []
    given = FakeDownload()
    Download(given, lambda *line: said.append(line), lambda: tmp_path)
    given.emit("decide-destination", "view.png")
    given.emit("failed", OSError("No space left on device"))
    given.emit("finished")
    assert [level for level, *_ in said] == ["error"]
    assert "No space left" in said[0][1] and str(tmp_path) in said[0][1]


@pytest.mark.parametrize(
    ("suggested", "expected"),
    [("view.png", "view (3).png"), ("../../x.png", "x.png"), (".bashrc", "bashrc"), ("", "download"), ("a\0b", "ab")],
)
def test_nothing_is_overwritten_and_nothing_leaves_the_folder(tmp_path: Path, suggested: str, expected: str) -> None:
    (tmp_path / "view.png").touch()
    os.symlink("/nowhere", tmp_path / "view (2).png")
    assert free_name(tmp_path, suggested) == tmp_path / expected


def test_without_a_folder_of_the_desktop_it_is_downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gi.repository import GLib

    monkeypatch.setenv("HOME", str(tmp_path))
    for named in (None, str(tmp_path)):
        monkeypatch.setattr(GLib, "get_user_special_dir", lambda _, named=named: named)
        assert download_folder() == tmp_path / "Downloads"
    monkeypatch.setattr(GLib, "get_user_special_dir", lambda _: "/data/things")
    assert download_folder() == Path("/data/things")


@pytest.mark.window
def test_the_real_window_saves_into_downloads(
    application: Callable[..., Application], x_server: str, page: Path, tmp_path: Path
) -> None:
    """A desktop that names no folder for downloads, as a fresh account has it."""
    home = tmp_path / "home of mine"
    home.mkdir()
    script = """const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob(["the picture"], { type: "image/png" }));
        link.download = "wave.png"; link.click();"""
    (page / "assets").mkdir()
    (page / "assets" / "save.js").write_text(script, "utf-8")  # the page may run no script of its text
    (page / "index.html").write_text('<!doctype html><script src="/assets/save.js"></script>', "utf-8")
    one = application("--log-level", "info", DISPLAY=x_server, HOME=str(home))
    saved = home / "Downloads" / "wave.png"
    wait_until(lambda: saved.exists() and saved.read_text() == "the picture", f"the file; it said {one.err}")
    assert not (home / "wave.png").exists()
    assert not one.said("Traceback")
