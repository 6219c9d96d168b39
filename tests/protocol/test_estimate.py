"""Seconds as a line over an amount."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.protocol.estimate import FIXED_SHARE, Estimate


def test_nothing_measured_nothing_expected() -> None:
    estimate = Estimate()
    assert not estimate.known
    assert estimate.expect(1.0) is None


def test_one_amount_alone_splits_by_the_assumption() -> None:
    estimate = Estimate()
    for _ in range(10):
        estimate.learn(1.0, 0.05)
    assert abs((estimate.expect(1.0) or 0) - 0.05) < 1e-3
    assert abs((estimate.expect(0.0) or 0) - FIXED_SHARE * 0.05) < 2e-3


def test_several_amounts_give_the_line_itself() -> None:
    estimate, chance = Estimate(), random.Random(1)
    for _ in range(60):
        amount = chance.choice([0.1, 0.25, 0.5, 1.0])
        estimate.learn(amount, 0.01 + 0.03 * amount)
    fixed, each = estimate.line()
    assert abs(fixed - 0.01) < 1e-3 and abs(each - 0.03) < 2e-3


def test_what_is_new_outweighs_what_is_old() -> None:
    estimate = Estimate()
    for _ in range(50):
        estimate.learn(1.0, 0.2)
    for _ in range(25):
        estimate.learn(1.0, 0.01)
    assert (estimate.expect(1.0) or 1) < 0.03


def test_forgetting() -> None:
    estimate = Estimate()
    estimate.learn(1.0, 1.0)
    estimate.forget()
    assert not estimate.known


@given(st.lists(st.tuples(st.floats(0, 1e8), st.floats(0, 100)), min_size=1, max_size=40), st.floats(0, 1e8))
def test_never_negative(measured: list[tuple[float, float]], amount: float) -> None:
    estimate = Estimate()
    for x, seconds in measured:
        estimate.learn(x, seconds)
    fixed, each = estimate.line()
    assert fixed >= 0 and each >= 0
    assert (estimate.expect(amount) or 0) >= 0
