"""A short walk with every fault that needs no file system of its own: the program that walks for as long as you like
stays true to the application."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .run import walk
from .session import Session

pytestmark = pytest.mark.paraview

STEPS = 5


@pytest.mark.timeout(900)
async def test_nothing_that_was_applied_is_lost(tmp_path: Path, pvpython: str, datasets: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    data = Path(shutil.copytree(datasets, tmp_path / "data"))  # it is taken away for a while
    session = Session(state, data, pvpython)
    assert await walk(session, 7, None, lambda steps: steps < STEPS) == 0
