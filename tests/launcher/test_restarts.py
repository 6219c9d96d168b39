"""When ParaView comes back by itself, and with what."""

from __future__ import annotations

from pvw_desktop.launcher.restarts import Attempt, RestartPolicy, Saved

ALL = Saved(work=True, previous=True)
NONE = Saved(work=False, previous=False)


def test_ready_before_it_crashed_comes_back_with_the_work() -> None:
    assert RestartPolicy().after_crash(0, Attempt("nothing"), True, ALL) == Attempt("all")


def test_without_saved_work_it_comes_back_empty() -> None:
    assert RestartPolicy().after_crash(0, Attempt("nothing"), True, NONE) == Attempt("nothing")


def test_software_rendering_and_the_chosen_pvpython_stay() -> None:
    attempt = Attempt("nothing", software=True, pvpython="/x")
    assert RestartPolicy().after_crash(0, attempt, True, ALL) == Attempt("all", True, "/x")


def test_work_that_crashes_it_is_not_tried_again() -> None:
    policy = RestartPolicy()
    assert policy.after_crash(0, Attempt("all"), False, ALL) == Attempt("previous")
    assert policy.after_crash(1, Attempt("previous"), False, ALL) == Attempt("nothing")


def test_without_a_previous_save_nothing_is_next() -> None:
    assert RestartPolicy().after_crash(0, Attempt("all"), False, Saved(True, False)) == Attempt("nothing")


def test_crash_before_ready_tries_once_without_the_driver() -> None:
    policy = RestartPolicy()
    following = policy.after_crash(0, Attempt(), False, NONE)
    assert following == Attempt(software=True)
    assert policy.after_crash(1, following, False, NONE) is None


def test_three_within_a_minute_then_the_person() -> None:
    policy = RestartPolicy()
    for now in (0, 10, 20):
        assert policy.after_crash(now, Attempt("all"), True, ALL)
    assert policy.after_crash(59, Attempt("all"), True, ALL) is None


def test_after_a_minute_it_may_again() -> None:
    policy = RestartPolicy()
    for now in (0, 10, 20):
        policy.after_crash(now, Attempt("all"), True, ALL)
    assert policy.after_crash(61, Attempt("all"), True, ALL)
    assert policy.after_crash(62, Attempt("all"), True, ALL) is None


def test_a_restart_by_the_person_counts_anew() -> None:
    policy = RestartPolicy()
    for now in (0, 1, 2):
        policy.after_crash(now, Attempt("all"), True, ALL)
    policy.forget()
    assert policy.after_crash(3, Attempt("all"), True, ALL)
