"""The folder of a session's work: what is restored, what is set aside, what a sweep takes and keeps."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pvw_desktop.launcher.restarts import Saved
from pvw_desktop.launcher.work import WorkFolder, sweep


@pytest.fixture
def folder(tmp_path: Path) -> WorkFolder:
    made = WorkFolder.create(tmp_path / "sessions", "one")
    assert made
    return made


def test_restore_all(folder: WorkFolder) -> None:
    assert folder.prepare("all") is None
    folder.work.write_text("last")
    assert folder.prepare("all") == folder.work and folder.work.read_text() == "last"


def test_restore_previous_sets_the_last_aside(folder: WorkFolder) -> None:
    folder.work.write_text("last")
    folder.previous.write_text("before")
    assert folder.saved == Saved(True, True)
    assert folder.prepare("previous") == folder.work
    assert folder.work.read_text() == "before"
    assert folder.saved == Saved(True, False, untouched=True)
    assert (folder.folder / "work.pvsm.aside").read_text() == "last"


def test_restore_nothing_keeps_what_was(folder: WorkFolder) -> None:
    folder.work.write_text("last")
    assert folder.prepare("nothing") is None
    assert not folder.work.exists()
    assert (folder.folder / "work.pvsm.aside").read_text() == "last"


def test_an_empty_file_is_no_work(folder: WorkFolder) -> None:
    folder.work.touch()
    assert folder.saved == Saved(False, False)


def test_work_is_untouched_until_it_is_saved_again(tmp_path: Path) -> None:
    folder = WorkFolder.create(tmp_path, "one")
    assert folder
    folder.work.write_text("now")
    assert not folder.saved.untouched, "nothing was brought back"
    assert folder.prepare("all") == folder.work
    assert folder.saved.untouched
    folder.work.with_suffix(".new").write_text("changed")
    os.utime(folder.work.with_suffix(".new"), ns=(1, 1))
    os.replace(folder.work.with_suffix(".new"), folder.work)
    assert not folder.saved.untouched
    folder.remove()


def test_no_folder_where_none_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert WorkFolder.create(tmp_path / "file" / "sessions", "one") is None


def test_sweep_leaves_what_is_in_use(tmp_path: Path, folder: WorkFolder) -> None:
    assert sweep(tmp_path / "sessions", tmp_path / "recovered") is None
    assert folder.folder.is_dir()
    folder.remove()
    assert not folder.folder.exists()


def test_sweep_keeps_the_newest_work(tmp_path: Path) -> None:
    sessions, recovered = tmp_path / "sessions", tmp_path / "recovered.pvsm"
    for age, name in enumerate(("new", "old")):
        (sessions / name).mkdir(parents=True)
        (sessions / name / "work.pvsm").write_text(name)
        os.utime(sessions / name / "work.pvsm", (1000 - age, 1000 - age))
    (sessions / "empty").mkdir()
    assert sweep(sessions, recovered) == recovered
    assert recovered.read_text() == "new"
    assert [path.name for path in sessions.iterdir()] == [".guard"]


def test_sweep_of_nothing(tmp_path: Path) -> None:
    assert sweep(tmp_path / "missing", tmp_path / "recovered") is None
