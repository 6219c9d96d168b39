"""The settings file: remembered, validated, set aside where it is damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pvw_desktop.launcher.settings import Place, Settings


def test_remembered(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Settings(path).remember_pvpython("/opt/é/pvpython")
    Settings(path).remember_window(Place(800, 600, -10, 20, True))
    again = Settings(path)
    assert again.pvpython == "/opt/é/pvpython"
    assert again.window == Place(800, 600, -10, 20, True)


def test_two_runs_do_not_overwrite_each_other(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    first, second = Settings(path), Settings(path)
    first.remember_pvpython("/a")
    second.remember_window(Place(800, 600))
    assert Settings(path).pvpython == "/a"


@pytest.mark.parametrize("text", ["{", "[]", "null", '{"version": 1', "\x00\xff"])
def test_damaged_is_set_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, "latin-1")
    settings = Settings(path)
    assert settings.pvpython is None and settings.window is None
    assert (tmp_path / "settings.json.bad").read_text("latin-1") == text
    settings.remember_pvpython("/a")
    assert Settings(path).pvpython == "/a"


@pytest.mark.parametrize(
    ("window", "place"),
    [
        ({"width": 800, "height": 600}, Place(800, 600)),
        ({"width": 800, "height": 600, "x": 5}, Place(800, 600)),
        ({"width": 800, "height": 600, "x": 1e9, "y": 0}, Place(800, 600)),
        ({"width": 8, "height": 600}, None),
        ({"width": True, "height": 600}, None),
        ({"width": "800", "height": 600}, None),
        ({"width": 10**9, "height": 600}, None),
        ("large", None),
        (None, None),
    ],
)
def test_window_is_validated(tmp_path: Path, window: object, place: Place | None) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"window": window, "pvpython": 7}))
    assert Settings(path).window == place
    assert Settings(path).pvpython is None


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "missing" / "settings.json")
    settings.remember_pvpython("/a")
    assert settings.pvpython == "/a"
