"""The arithmetic behind the bench's table."""

from __future__ import annotations

import json

import pytest

from tests.bench.figures import Aim, Row, at_least, at_most, number, ratio, summary


def test_a_ratio_is_the_median_over_the_rounds() -> None:
    """A machine that was twice as slow in one round was so for both."""
    assert ratio([30.0, 15.0, 33.0], [10.0, 5.0, 10.0]) == 3.0


def test_a_ratio_of_different_counts_is_of_medians() -> None:
    assert ratio([30.0], [10.0, 20.0, 15.0]) == 2.0


@pytest.mark.parametrize(("ours", "other"), [([], [1.0]), ([1.0], []), ([1.0], [0.0]), ([1.0, 2.0], [1.0, 0.0])])
def test_no_ratio_to_nothing(ours: list[float], other: list[float]) -> None:
    assert ratio(ours, other) is None


def test_aims() -> None:
    assert at_least(2.2).met_by(2.2) and not at_least(2.2).met_by(2.1)
    assert at_most(0.5).met_by(0.5) and not at_most(0.5).met_by(0.6)
    assert at_least(1.35).text("fps") == "≥ 1.35 ×"
    assert Aim(1000, of="value").text("ms") == "≤ 1000 ms"
    assert Aim(1, of="value").text("") == "≤ 1"


def test_a_row_holds_its_ratio_to_the_aim() -> None:
    row = Row("fps", "fps", (40.0, 44.0), (20.0, 20.0), aim=at_least(2.2))
    assert row.ratio == pytest.approx(2.1) and row.met is False
    assert Row("fps", "fps", (40.0,), (10.0,), aim=at_least(2.2)).met is True


def test_a_row_holds_its_value_to_the_aim() -> None:
    row = Row("lag", "ms", (900.0, 1200.0, 950.0), (1.0, 1.0, 1.0), aim=Aim(1000.0, of="value"))
    assert row.median == 950.0 and row.met is True


def test_a_row_without_figures_meets_nothing() -> None:
    assert Row("fps", "fps", aim=at_least(2.2)).met is None
    assert Row("fps", "fps", (40.0,), aim=at_least(2.2)).met is None, "nothing to stand beside"
    assert Row("fps", "fps", (40.0,), (20.0,)).met is None, "no aim"


def test_a_row_as_json() -> None:
    told = json.loads(json.dumps(Row("fps", "fps", (40.0,), (20.0,), aim=at_least(2.2)).as_json()))
    assert (told["ours"], told["ratio"], told["met"], told["aim"]["bound"]) == ([40.0], 2.0, False, 2.2)


def test_a_summary_has_the_extremes() -> None:
    assert summary([14.42, 13.9, 14.81], "fps") == "14.4 (13.9–14.8) fps"
    assert summary([2.0], "") == "2"
    assert summary([14.41, 14.42], "fps") == "14.4 fps", "extremes that look the same say nothing"
    assert summary([], "fps") == ""


@pytest.mark.parametrize(
    ("value", "text"), [(1234.5, "1234"), (99.96, "100.0"), (12.34, "12.3"), (1.234, "1.23"), (0.0, "0"), (3.0, "3")]
)
def test_numbers_have_the_digits_that_matter(value: float, text: str) -> None:
    assert number(value) == text
