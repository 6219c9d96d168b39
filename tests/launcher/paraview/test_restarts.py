"""When ParaView comes back by itself, and with what."""

from __future__ import annotations

import pytest

from pvw_desktop.launcher.paraview.restarts import Attempt, End, RestartPolicy, Saved, way_back

ALL = Saved(work=True, previous=True)
NONE = Saved(work=False, previous=False)
UNTOUCHED = Saved(work=True, previous=True, untouched=True)
IN_STEP = End(ready=True, in_step=True)
AT_REST = End(ready=True, in_step=False)
EARLY = End(ready=False, in_step=False)


def test_a_step_that_crashed_comes_back_with_the_work_before_it() -> None:
    assert way_back(Attempt("nothing"), IN_STEP, ALL) == Attempt("all")
    assert way_back(Attempt("all"), IN_STEP, UNTOUCHED) == Attempt("all"), "the step is to blame, not the work"


def test_without_saved_work_it_comes_back_empty() -> None:
    assert way_back(Attempt("nothing"), AT_REST, NONE) == Attempt("nothing")


def test_software_rendering_and_the_chosen_pvpython_stay() -> None:
    attempt = Attempt("nothing", software=True, pvpython="/x")
    assert way_back(attempt, AT_REST, ALL) == Attempt("all", True, "/x")


def test_work_that_crashes_it_is_not_tried_again() -> None:
    assert way_back(Attempt("all"), EARLY, ALL) == Attempt("previous")
    assert way_back(Attempt("previous"), EARLY, ALL) == Attempt("nothing")


def test_work_that_crashes_it_once_it_is_drawn_is_not_tried_again() -> None:
    assert way_back(Attempt("all"), AT_REST, UNTOUCHED) == Attempt("previous")
    assert way_back(Attempt("previous"), AT_REST, UNTOUCHED) == Attempt("nothing")


@pytest.mark.parametrize("saved", [ALL, UNTOUCHED])
def test_what_was_ended_from_outside_loses_nothing(saved: Saved) -> None:
    assert way_back(Attempt("all"), End(True, False, from_outside=True), saved) == Attempt("all")


def test_work_that_was_changed_since_is_not_to_blame() -> None:
    assert way_back(Attempt("all"), AT_REST, ALL) == Attempt("all")


def test_without_a_previous_save_nothing_is_next() -> None:
    assert way_back(Attempt("all"), EARLY, Saved(True, False)) == Attempt("nothing")


def test_crash_before_ready_tries_once_without_the_driver() -> None:
    following = way_back(Attempt(), EARLY, NONE)
    assert following == Attempt(software=True)
    assert way_back(following, EARLY, NONE) is None


def test_three_within_a_minute_then_the_person() -> None:
    policy = RestartPolicy()
    assert [policy.by_itself(now) for now in (0, 10, 20, 59)] == [True, True, True, False]


def test_after_a_minute_it_may_again() -> None:
    policy = RestartPolicy()
    assert [policy.by_itself(now) for now in (0, 10, 20, 61, 62)] == [True, True, True, True, False]


def test_a_restart_by_the_person_counts_anew() -> None:
    policy = RestartPolicy()
    for now in (0, 1, 2):
        policy.by_itself(now)
    policy.forget()
    assert policy.by_itself(3)
