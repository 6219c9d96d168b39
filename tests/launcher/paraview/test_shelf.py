"""The folder of kept work: what may go from it, and what stays whatever happens."""

from __future__ import annotations

import os
from pathlib import Path

from pvw_desktop.launcher.paraview.shelf import ENDED, KEEP_NUMBER, UNFINISHED, Shelf


def fill(shelf: Shelf, folder: Path, count: int, why: str, time: float) -> None:
    for number in range(count):
        work = folder / "work.pvsm"
        work.write_text(f"{why} {number}")
        os.utime(work, (time, time))
        assert shelf.put(work, why)


def test_only_what_the_person_ended_goes_and_only_old_and_many(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "kept")
    fill(shelf, tmp_path, KEEP_NUMBER + 5, UNFINISHED, 1000)
    fill(shelf, tmp_path, KEEP_NUMBER + 5, ENDED, 2000)
    shelf.tidy()
    names = [path.name for path in shelf.all()]
    assert sum("unfinished" in name for name in names) == KEEP_NUMBER + 5
    assert sum("ended" in name for name in names) == KEEP_NUMBER


def test_many_new_ones_stay(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "kept")
    work = tmp_path / "work.pvsm"
    for number in range(KEEP_NUMBER + 3):
        work.write_text(str(number))
        shelf.put(work, ENDED)
    shelf.tidy()
    assert len(shelf.all()) == KEEP_NUMBER + 3


def test_nothing_there(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "kept")
    shelf.tidy()
    assert shelf.all() == []
