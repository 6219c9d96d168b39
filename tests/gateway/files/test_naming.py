"""Natural order, numbered series, readers by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.gateway.files.naming import group_series, may_be_empty, may_be_readable, natural_key, series_of

EXTENSIONS = frozenset({"vtu", "vtk", "foam", "e", "ex2", "exo", "case", "pvd", "nek5000", "cgns"})


def grouped(*names: str) -> dict[str, tuple[str, ...]]:
    series, _ = group_series(names)
    return {item.label: item.names for item in series}


def test_natural_order() -> None:
    names = ["t10", "T2", "t1", "t1b", "a", "t01", "t²"]
    assert sorted(names, key=natural_key) == ["a", "t01", "t1", "t1b", "T2", "t10", "t²"]


@given(st.lists(st.text()))
def test_any_names_can_be_sorted_and_grouped_without_loss(names: list[str]) -> None:
    names = list(dict.fromkeys(names))
    sorted(names, key=natural_key)
    series, alone = group_series(names)
    assert sorted([name for item in series for name in item.names] + alone) == sorted(names)
    assert all(len(item.names) > 1 for item in series)
    for item in series:
        for name in item.names:
            assert name.startswith(item.prefix)
            assert name.endswith(item.suffix)
            assert name[len(item.prefix) : len(name) - len(item.suffix)].isdecimal()


def test_numbered_files_are_one_series_in_the_order_of_their_numbers() -> None:
    assert grouped("a_10.vtu", "a_9.vtu", "a_100.vtu", "b.vtu") == {"a_...vtu": ("a_9.vtu", "a_10.vtu", "a_100.vtu")}
    assert grouped("t.0001", "t.0002") == {"t...": ("t.0001", "t.0002")}
    assert grouped("1.vtk", "2.vtk") == {"...vtk": ("1.vtk", "2.vtk")}


def test_one_file_is_no_series() -> None:
    assert group_series(["a_1.vtu", "b_2.vtu", "c.vtu"]) == ([], ["a_1.vtu", "b_2.vtu", "c.vtu"])


def test_the_last_number_counts_first() -> None:
    assert grouped("run1_t01.vtu", "run1_t02.vtu", "run2_t01.vtu", "run2_t02.vtu") == {
        "run1_t...vtu": ("run1_t01.vtu", "run1_t02.vtu"),
        "run2_t...vtu": ("run2_t01.vtu", "run2_t02.vtu"),
    }


def test_a_number_before_the_last_counts_where_the_last_is_alike() -> None:
    assert grouped("t01_v3.vtu", "t02_v3.vtu") == {"t.._v3.vtu": ("t01_v3.vtu", "t02_v3.vtu")}


def test_digits_of_a_format_number_nothing() -> None:
    assert grouped("mesh.ex2", "mesh.ex3", "mesh.h5", "mesh.h6") == {}
    assert grouped("a1.ex2", "a2.ex2") == {"a...ex2": ("a1.ex2", "a2.ex2")}
    assert grouped("can.e.4.0", "can.e.4.1", "can.e.4.2") == {"can.e.4...": ("can.e.4.0", "can.e.4.1", "can.e.4.2")}
    assert grouped("box.e-s0002", "box.e-s0003") == {}


def test_different_endings_are_different_series() -> None:
    assert set(grouped("a1.vtu", "a2.vtu", "a1.vtk", "a2.vtk")) == {"a...vtu", "a...vtk"}


def test_enormous_numbers_and_other_scripts_do_no_harm() -> None:
    group_series(["9" * 5000, "8" * 5000, "a٣.vtu", "a٤.vtu", "a²", "a³"])
    assert natural_key("9" * 4000)


def test_the_series_of_one_name() -> None:
    names = ["a_2.vtu", "a_1.vtu", "b.vtu", "a_10.vtu"]
    assert series_of("a_10.vtu", names) == ("a_1.vtu", "a_2.vtu", "a_10.vtu")
    assert series_of("b.vtu", names) == ("b.vtu",)
    assert series_of("gone.vtu", names) == ("gone.vtu",)


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
