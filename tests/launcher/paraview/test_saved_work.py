"""The folder of a session's work: what is restored, what is set aside, what a sweep takes and keeps."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pvw_desktop.launcher.paraview.restarts import Saved
from pvw_desktop.launcher.paraview.saved_work import WorkFolder, sweep
from pvw_desktop.launcher.paraview.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "kept")


@pytest.fixture
def folder(tmp_path: Path, shelf: Shelf) -> WorkFolder:
    made = WorkFolder.create(tmp_path / "sessions", "one", shelf)
    assert made
    return made


def test_restore_all(folder: WorkFolder) -> None:
    assert folder.prepare("all") is None
    folder.work.write_text("last")
    assert folder.prepare("all") == folder.work and folder.work.read_text() == "last"


def test_restore_previous_sets_the_last_aside(folder: WorkFolder, shelf: Shelf) -> None:
    folder.work.write_text("last")
    folder.previous.write_text("before")
    assert folder.saved == Saved(True, True)
    assert folder.prepare("previous") == folder.work
    assert folder.work.read_text() == "before"
    assert folder.saved == Saved(True, False, untouched=True)
    assert [path.read_text() for path in shelf.all()] == ["last"]


def test_restore_nothing_keeps_what_was(folder: WorkFolder, shelf: Shelf) -> None:
    for text in ("last", "another"):
        folder.work.write_text(text)
        assert folder.prepare("nothing") is None
        assert not folder.work.exists()
    assert sorted(path.read_text() for path in shelf.all()) == ["another", "last"]


def test_work_is_untouched_until_a_step_is_saved(folder: WorkFolder) -> None:
    folder.work.write_text("last")
    assert not folder.saved.untouched, "it was not brought back"
    folder.prepare("all")
    assert folder.saved.untouched
    folder.work.write_text("a camera moved")
    assert folder.saved.untouched
    folder.previous.write_text("last")
    assert not folder.saved.untouched


def test_an_empty_file_is_no_work(folder: WorkFolder) -> None:
    folder.work.touch()
    assert folder.saved == Saved(False, False)


def test_no_folder_where_none_can_be_made(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / "file").touch()
    assert WorkFolder.create(tmp_path / "file" / "sessions", "one", shelf) is None


def test_a_session_that_ends_as_it_should_keeps_its_work(folder: WorkFolder, shelf: Shelf) -> None:
    folder.work.write_text("work")
    folder.remove()
    assert not folder.folder.exists()
    assert [path.read_text() for path in shelf.all()] == ["work"] and shelf.all()[0].name.endswith(" ended.pvsm")


def test_sweep_leaves_what_is_in_use(tmp_path: Path, folder: WorkFolder, shelf: Shelf) -> None:
    assert sweep(tmp_path / "sessions", shelf) == []
    assert folder.folder.is_dir()
    folder.remove()
    assert not folder.folder.exists()


def test_sweep_keeps_all_work_and_names_the_newest_first(tmp_path: Path, shelf: Shelf) -> None:
    sessions = tmp_path / "sessions"
    for age, name in enumerate(("new", "old", "older")):
        (sessions / name).mkdir(parents=True)
        (sessions / name / "work.pvsm").write_text(name)
        (sessions / name / "work.pvsm.previous").write_text("a step before")
        os.utime(sessions / name / "work.pvsm", (1000 - age, 1000 - age))
    (sessions / "empty").mkdir()
    found = sweep(sessions, shelf)
    assert [path.read_text() for path in found] == ["new", "old", "older"]
    assert shelf.all() == found
    assert [path.name for path in sessions.iterdir()] == [".guard"]


def test_killed_twice_nothing_is_written_over(tmp_path: Path, shelf: Shelf) -> None:
    for name in ("first", "second"):
        work = tmp_path / "sessions" / name / "work.pvsm"
        work.parent.mkdir(parents=True)
        work.write_text(name)
        os.utime(work, (1000, 1000))  # in the same second
        sweep(tmp_path / "sessions", shelf)
    assert sorted(path.read_text() for path in shelf.all()) == ["first", "second"]


def test_work_that_cannot_be_kept_stays_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    work = tmp_path / "sessions" / "gone" / "work.pvsm"
    work.parent.mkdir(parents=True)
    work.write_text("work")
    assert sweep(tmp_path / "sessions", Shelf(tmp_path / "file" / "kept")) == []
    assert work.read_text() == "work"


def test_an_empty_pipeline_is_not_worth_keeping(tmp_path: Path, shelf: Shelf) -> None:
    work = tmp_path / "sessions" / "gone" / "work.pvsm"
    work.parent.mkdir(parents=True)
    work.write_text("<GenericParaViewApplication><ServerManagerState/></GenericParaViewApplication>")
    assert sweep(tmp_path / "sessions", shelf) == [] and shelf.all() == []
    assert not work.parent.exists()


def test_sweep_of_nothing(tmp_path: Path, shelf: Shelf) -> None:
    assert sweep(tmp_path / "missing", shelf) == []
