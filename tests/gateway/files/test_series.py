"""Which names are one series, and in which order."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.gateway.files.series import group_series, series_of

CASES = Path(__file__).resolve().parents[2] / "cases"


def grouped(*names: str) -> dict[str, tuple[str, ...]]:
    """Series by label, whatever the order in which a disk gives the names."""
    mixed = list(names)
    random.Random(len(names)).shuffle(mixed)
    series, _ = group_series(mixed)
    return {item.label: item.names for item in series}


def files(form: str, *values: object) -> tuple[str, ...]:
    return tuple(form.format(*value) if isinstance(value, tuple) else form.format(value) for value in values)


ONE_SERIES = {
    # what a program wrote, in the order of time
    "integers": ("a_...vtu", files("a_{}.vtu", 9, 10, 100)),
    "padded": ("t...", files("t.{:04}", 1, 2, 10)),
    "padding that grew": ("t...vtk", ("t098.vtk", "t099.vtk", "t100.vtk", "t1000.vtk")),
    "only a number": ("...vtk", ("1.vtk", "2.vtk", "10.vtk")),
    "fractions": ("Result-...vtu", files("Result-{}.vtu", 0.0005, 0.001, 0.0015, 0.002, 0.01, 0.1, 1.5, 10.25)),
    "fractions and integers": ("p...vtk", ("p0.vtk", "p0.5.vtk", "p1.vtk", "p10.vtk", "p10.5.vtk")),
    "fractions of one width": ("t_...vtu", files("t_{:.2f}.vtu", 0, 0.25, 0.5, 0.75, 1, 1.25, 10)),
    "exponents": ("t...vtu", ("t1e-05.vtu", "t5e-05.vtu", "t0.0001.vtu", "t0.00015.vtu", "t1.5e+02.vtu")),
    "repr of floats": ("t_...vtu", files("t_{}.vtu", 0.1, 0.2, 0.30000000000000004, 1.0)),
    "minus": ("z_...vtu", files("z_{}.vtu", -10, -5, 0, 5)),
    "only negative": ("z_...vtu", files("z_{}.vtu", -10, -9, -1)),
    "negative fractions": ("x=...vtk", files("x={}.vtk", -1.5, -0.25, 0, 0.25)),
    "minus behind a letter": ("z...vtu", files("z{}.vtu", -10, -5, 0, 5)),
    "two minus": ("Result-...vtu", files("Result-{}.vtu", -2, -1, 0, 1)),
    "plus": ("z_...vtu", ("z_-1.vtu", "z_+0.vtu", "z_+1.vtu")),
    "step and time": ("a_.._t...vtu", files("a_{:06}_t{}.vtu", (10, 0.05), (20, 0.1), (30, 0.15), (100, 0.5))),
    "step and time, two of them": ("a_.._t...vtu", files("a_{:06}_t{}.vtu", (10, 0.05), (20, 0.1))),
    "step and rounded time": ("a_.._t...vtu", files("a_{:06}_t{:.1f}.vtu", (10, 0), (11, 0), (12, 0.1), (13, 0.1))),
    "time and step": ("f_t.._...vtu", files("f_t{}_{}.vtu", (0.5, 9), (1.5, 10), (2.5, 11))),
    "step and milliseconds": ("s_.._...vtu", files("s_{}_{}.vtu", (1, 100), (2, 200), (3, 300))),
    "a number that stays": ("run3_t...vtu", files("run3_t{}.vtu", 1, 2, 10)),
    "a number behind that stays": ("t.._v3.vtu", ("t01_v3.vtu", "t02_v3.vtu")),
    "dates": ("d_..-..-...nc", files("d_{}.nc", "2019-12-31", "2020-01-01", "2020-01-02", "2020-02-01")),
    "dates with dots": (".........nc", ("2019.12.31.nc", "2020.01.01.nc", "2020.02.01.nc")),
    "dates without marks": ("d_...nc", ("d_20191231.nc", "d_20200101.nc")),
    "months": ("m..-...nc", ("m2019-11.nc", "m2019-12.nc", "m2020-01.nc")),
    "dates with time": (
        "wrfout_d01_..-..-.._..:..:..",
        files("wrfout_d01_{}", "2020-01-01_18:00:00", "2020-01-02_00:00:00", "2020-01-02_06:00:00"),
    ),
    "ISO with T": ("x..T..Z.vtu", ("x20200101T180000Z.vtu", "x20200102T000000Z.vtu", "x20200102T060000Z.vtu")),
    "Exodus in parts": ("can.e.4...", files("can.e.4.{}", 0, 1, 2)),
    "Exodus in many parts": ("can.e.16...", files("can.e.16.{}", *range(16))),
    "versions": ("v4....vtk", ("v4.9.vtk", "v4.10.vtk")),
    "the format's digits": ("a...ex2", ("a1.ex2", "a2.ex2")),
    "not ASCII": ("größe_...vtu", files("größe_{}.vtu", 2, 10)),
}  # fmt: skip


@pytest.mark.parametrize("label,names", ONE_SERIES.values(), ids=ONE_SERIES)
def test_is_one_series_in_the_order_of_its_numbers(label: str, names: tuple[str, ...]) -> None:
    assert grouped(*names) == {label: names}


SEVERAL = {
    "the last number counts": [files("run1_t{:02}.vtu", 1, 2, 10), files("run2_t{:02}.vtu", 1, 2, 10)],
    "counters behind a dot": [files("run1.{:04}.vtk", 1, 2, 3), files("run2.{:04}.vtk", 1, 2, 3)],
    "parts of two runs": [files("can.e.4.{}", 0, 1, 2, 3), files("can.e.8.{}", *range(8))],
    "steps and times of two cases": [
        files("c1_{:03}_t{}.vtu", (1, 0.5), (2, 1.0), (3, 1.5)),
        files("c2_{:03}_t{}.vtu", (1, 0.5), (2, 1.0), (3, 1.5)),
    ],
    "versions": [("v4.9.vtk", "v4.10.vtk"), ("v5.9.vtk", "v5.10.vtk")],
    "endings": [("a1.vtu", "a2.vtu"), ("a1.vtk", "a2.vtk")],
    "a dash that parts": [("wing-1.vtu", "wing-2.vtu", "wing-10.vtu")],
}  # fmt: skip


@pytest.mark.parametrize("series", SEVERAL.values(), ids=SEVERAL)
def test_are_series_of_their_own(series: list[tuple[str, ...]]) -> None:
    found = grouped(*(name for names in series for name in names))
    assert sorted(found.values()) == sorted(series)


@pytest.mark.parametrize(
    "names",
    [
        ("a_1.vtu", "b_2.vtu", "c.vtu"),
        ("mesh.ex2", "mesh.ex3", "mesh.h5", "mesh.h6"),
        ("box.e-s0002", "box.e-s0003"),
        ("case1_mesh10.vtu", "case2_mesh20.vtu"),
        ("wing-1.vtu", "wing2.vtu"),
        ("x.vtu",),
        (),
    ],
)  # fmt: skip
def test_is_no_series(names: tuple[str, ...]) -> None:
    assert group_series(names) == ([], list(names))


def test_a_case_with_the_time_in_its_names() -> None:
    names = [path.name for path in (CASES / "01-fraction-names" / "data").iterdir()]
    times = "0.0005 0.001 0.0015 0.002 0.01 0.1 1.5 10.25".split()
    assert grouped(*names) == {"Result-...vtu": tuple(f"Result-{time}.vtu" for time in times)}


_pieces = st.sampled_from([*"at_-.eE+019é ", "10", "007", "2020", "01", "31", ".vtu", ".e", "\udcff"])


@given(st.lists(st.one_of(st.text(), st.lists(_pieces, max_size=9).map("".join)), max_size=40))
def test_any_names_are_grouped_without_loss_whatever_their_order(names: list[str]) -> None:
    names = list(dict.fromkeys(names))
    series, alone = group_series(names)
    assert sorted([name for item in series for name in item.names] + alone) == sorted(names)
    assert all(len(item.names) > 1 for item in series)
    again, _ = group_series(reversed(names))
    assert {item.names for item in again} == {item.names for item in series}
    for item in series:
        assert series_of(item.names[0], names) == item.names


@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, unique=True), st.integers(0, 7))
def test_integers_are_in_the_order_of_their_values(values: list[int], width: int) -> None:
    names = tuple(f"t_{value:0{width}}.vtu" for value in sorted(values))
    assert list(grouped(*names).values()) == [names]


@given(st.lists(st.floats(0, 1e6).filter(lambda value: value == 0 or value > 1e-9), min_size=2, unique=True))
def test_fractions_are_in_the_order_of_their_values(values: list[float]) -> None:
    names = tuple(f"t_{value!r}.vtu" for value in sorted(values))
    assert list(grouped(*names).values()) == [names]


def test_enormous_numbers_and_other_scripts_do_no_harm() -> None:
    group_series(["9" * 5000, "8" * 5000, "a٣.vtu", "a٤.vtu", "a²", "a³", "1e999", "2e999", "t-0", "t0", "t-1"])


def test_the_series_of_one_name() -> None:
    names = ["a_2.vtu", "a_1.vtu", "b.vtu", "a_10.vtu"]
    assert series_of("a_10.vtu", names) == ("a_1.vtu", "a_2.vtu", "a_10.vtu")
    assert series_of("b.vtu", names) == ("b.vtu",)
    assert series_of("gone.vtu", names) == ("gone.vtu",)
