"""Natural order, readers by name."""

from __future__ import annotations

import pytest

from pvw_desktop.gateway.files.naming import may_be_empty, may_be_readable, natural_key

EXTENSIONS = frozenset({"vtu", "vtk", "foam", "e", "ex2", "exo", "case", "pvd", "nek5000", "cgns"})


def test_natural_order() -> None:
    names = ["t10", "T2", "t1", "t1b", "a", "t01", "t²"]
    assert sorted(names, key=natural_key) == ["a", "t01", "t1", "t1b", "T2", "t10", "t²"]


@pytest.mark.parametrize(
    "name",
    ["a.vtu", "A.VTU", "can.e.4.0", "can.e-s0002", "can.ex2.0001", "a.vtk.series", "state.pvsm", "d3plot", "POSCAR",
     "cube.nek5000", "a.b.vtu", "run.vtk0003"],
)  # fmt: skip
def test_may_have_a_reader(name: str) -> None:
    assert may_be_readable(name, EXTENSIONS)


@pytest.mark.parametrize("name", ["a.txt", "vtu.txt", "notes.pdf", ".bashrc", "e.md", "movie.mp4"])
def test_has_no_reader(name: str) -> None:
    assert not may_be_readable(name, EXTENSIONS)


def test_before_paraview_said_anything_all_may() -> None:
    assert may_be_readable("a.txt", frozenset())


def test_openfoam_marks_a_case_by_an_empty_file() -> None:
    assert may_be_empty("case.foam")
    assert may_be_empty("Case.OpenFOAM")
    assert not may_be_empty("a.vtu")
