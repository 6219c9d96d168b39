"""The application's folders, and what stands in for them where they cannot be written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pvw_desktop.paths import APP, find_folders


def test_named_folder(tmp_path: Path) -> None:
    folders = find_folders({"PVW_STATE_DIR": str(tmp_path / "a b é")})
    assert folders.state == tmp_path / "a b é" and folders.problem is None
    for folder in (folders.state, folders.config, folders.cache, folders.log, folders.sessions):
        assert folder.is_dir() and folder.stat().st_mode & 0o077 == 0


def test_the_systems_own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    folders = find_folders({})
    assert (folders.state, folders.config, folders.cache) == (
        tmp_path / "STATE" / APP,
        tmp_path / "CONFIG" / APP,
        tmp_path / "CACHE" / APP,
    )
    assert folders.settings == tmp_path / "CONFIG" / APP / "settings.json"


@pytest.fixture
def in_the_way(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "file").touch()
    return {"PVW_STATE_DIR": str(tmp_path / "file" / "state")}


def test_a_folder_that_cannot_be_made(in_the_way: dict[str, str], tmp_path: Path) -> None:
    folders = find_folders(in_the_way, tmp_path)
    assert folders.state.parent == tmp_path and folders.state.name.startswith(APP)
    assert folders.problem and "cannot be written (not a directory)" in folders.problem
    assert "PVW_STATE_DIR" in folders.problem
    assert find_folders(in_the_way, tmp_path).state == folders.state, "or two instances would not find each other"


def test_a_folder_that_cannot_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a file system that is mounted read-only, where mode bits tell nothing."""
    import tempfile

    real = tempfile.mkstemp

    def refuse(*args: object, dir: Path, **more: object) -> tuple[int, str]:  # noqa: A002
        if "home" in str(dir):
            raise OSError(30, "Read-only file system", str(dir))
        return real(dir=dir)

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    folders = find_folders({"PVW_STATE_DIR": str(tmp_path / "home")}, tmp_path)
    assert folders.problem and "read-only file system" in folders.problem
    assert "home" not in str(folders.state)


@pytest.mark.parametrize("kind", ["link", "open", "file"])
def test_somebody_elses_folder_is_not_used(in_the_way: dict[str, str], tmp_path: Path, kind: str) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    name = temporary / f"{APP}-{os.getuid()}"
    if kind == "link":
        (tmp_path / "trap").mkdir()
        name.symlink_to(tmp_path / "trap")
    elif kind == "open":
        name.mkdir(mode=0o777)
        name.chmod(0o777)
    else:
        name.touch()
    folders = find_folders(in_the_way, temporary)
    assert folders.state != name and folders.state.parent == temporary
    assert folders.state.stat().st_mode & 0o077 == 0
    assert not (tmp_path / "trap").exists() or not list((tmp_path / "trap").iterdir())
