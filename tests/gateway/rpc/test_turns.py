"""Each client's share of time, over clocks that the test turns."""

from __future__ import annotations

import pytest

from pvw_desktop.gateway.rpc.turns import BURST, LONGEST, MESSAGE, SHARE, STEP, Turn


class Clocks:
    now = 0.0
    used = 0.0


def worked(turn: Turn, clocks: Clocks, seconds: float) -> float | None:
    """What comes of a message that took so long."""
    turn.begin()
    clocks.now += seconds
    clocks.used += seconds
    return turn.end()


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def turn(clocks: Clocks) -> Turn:
    return Turn(lambda: clocks.now, lambda: clocks.used)


def test_little_work_goes_on_at_once_and_others_are_let_in_between(turn: Turn, clocks: Clocks) -> None:
    each = STEP / 4
    waits = [worked(turn, clocks, each) for _ in range(16)]
    assert waits[0] is None and set(waits) == {None, 0.0}
    assert waits.count(0.0) == 16 // (STEP // (each + MESSAGE) + 1)


def test_who_took_more_than_its_share_waits_until_it_has_not(turn: Turn, clocks: Clocks) -> None:
    wait = worked(turn, clocks, BURST + 0.05)
    # what it had was full: nothing is given back for the time that the work itself took
    assert wait == pytest.approx((0.05 + MESSAGE) / SHARE)
    assert wait is not None
    clocks.now += wait / 2
    assert (worked(turn, clocks, 0.0) or 0) == pytest.approx(wait / 2 + MESSAGE / SHARE)
    clocks.now += wait / 2 + 3 * MESSAGE / SHARE
    assert worked(turn, clocks, 0.0) is None


def test_nobody_waits_for_longer_than_is_bearable(turn: Turn, clocks: Clocks) -> None:
    assert worked(turn, clocks, 60.0) == LONGEST


def test_rest_gives_back_a_burst_and_no_more(turn: Turn, clocks: Clocks) -> None:
    clocks.now += 3600
    assert worked(turn, clocks, BURST / 2) == 0.0
    assert (worked(turn, clocks, BURST * 2) or 0) > 0.1
