"""The job list and its deadlines, over times that the test gives."""

from __future__ import annotations

import pytest

from pvw_desktop.gateway.session.jobs import (
    PUBLISH_EVERY,
    SHOW_AFTER,
    UNRESPONSIVE_AFTER_ABORT,
    UNRESPONSIVE_AFTER_ASKED,
    JobBoard,
)
from pvw_desktop.protocol.channel import Progress


def running(now: float = 0.0) -> JobBoard:
    board = JobBoard()
    board.add(1, "Applying", now, 1000.0 + now)
    board.start(1, now, 1000.0 + now)
    return board


def test_a_quick_job_is_never_shown() -> None:
    board = running()
    assert board.take(0.0) is None
    board.finish(1, SHOW_AFTER - 0.01)
    assert board.take(SHOW_AFTER + 1) is None
    assert board.next_change(SHOW_AFTER + 1) is None


def test_a_long_job_shows_and_goes() -> None:
    board = running()
    assert board.next_change(0.0) == SHOW_AFTER
    jobs = board.take(SHOW_AFTER)
    assert jobs is not None
    assert [(job.id, job.text, job.fraction, job.started, job.cancel) for job in jobs] == [
        ("1", "Applying", None, 1000.0, "possible")
    ]
    board.finish(1, 2.0)
    assert board.take(2.0) == []
    assert board.spent == pytest.approx(2.0)


def test_progress_is_said_at_most_ten_times_a_second_and_the_last_word_arrives() -> None:
    board = running()
    board.take(1.0)
    said = 0
    now = 1.0
    for step in range(1, 101):
        now = 1.0 + step * 0.01
        board.progress(Progress(1, "Contour1", step / 100, "12", False), now)
        said += board.take(now) is not None
    assert 9 <= said <= 11
    board.progress(Progress(1, "Contour1", 0.999, "12", False), now + 0.001)
    due = board.next_change(now + 0.001)
    assert due is not None
    jobs = board.take(due)
    assert jobs is not None
    assert (jobs[0].fraction, jobs[0].text, jobs[0].node) == (0.999, "Applying: Contour1", "12")


def test_a_job_that_never_answers_a_cancel_is_unresponsive_after_three_seconds() -> None:
    board = running()
    board.take(1.0)
    board.ask(1, 2.0)
    asked = board.take(2.0)
    assert asked is not None
    assert asked[0].cancel == "asked"
    assert board.next_change(2.0) == 2.0 + UNRESPONSIVE_AFTER_ASKED
    assert board.newly_unresponsive(2.0 + UNRESPONSIVE_AFTER_ASKED - 0.01) == []
    assert board.newly_unresponsive(2.0 + UNRESPONSIVE_AFTER_ASKED) == [1]
    assert board.newly_unresponsive(100.0) == []
    unresponsive = board.take(100.0)
    assert unresponsive is not None
    assert unresponsive[0].cancel == "ignored"


def test_a_job_that_heard_it_has_one_second_from_then() -> None:
    board = running()
    board.ask(1, 2.0)
    board.progress(Progress(1, "", 0.5, None, True), 2.9)
    board.progress(Progress(1, "", 0.6, None, True), 3.5)
    assert board.newly_unresponsive(2.9 + UNRESPONSIVE_AFTER_ABORT - 0.01) == []
    assert board.newly_unresponsive(2.9 + UNRESPONSIVE_AFTER_ABORT) == [1]


def test_asking_twice_does_not_move_the_deadline() -> None:
    board = running()
    board.ask(1, 2.0)
    board.ask(1, 4.0)
    assert board.newly_unresponsive(2.0 + UNRESPONSIVE_AFTER_ASKED) == [1]


def test_what_is_cancelled_in_time_is_not_unresponsive() -> None:
    board = running()
    board.ask(1, 2.0)
    board.finish(1, 2.5)
    assert board.newly_unresponsive(100.0) == []


def test_progress_of_an_unknown_job_is_nothing() -> None:
    board = running()
    board.progress(Progress(99, "?", 0.5, None, True), 1.0)
    board.ask(99, 1.0)
    assert board.text(99) is None


def test_waiting_jobs_show_as_waiting_and_do_not_count_as_work() -> None:
    board = running()
    board.add(2, "Opening a.vtu", 0.0, 1000.0)
    jobs = board.take(1.0)
    assert jobs is not None
    assert [job.text for job in jobs] == ["Applying", "Opening a.vtu (waiting)"]
    assert board.running_text() == "Applying"
    board.finish(2, 50.0)
    assert board.spent == 0.0


def test_changes_of_cancel_are_said_at_once() -> None:
    board = running()
    board.take(1.0)
    board.progress(Progress(1, "x", 0.1, None, False), 1.0 + PUBLISH_EVERY)
    assert board.take(1.0 + PUBLISH_EVERY) is not None
    board.ask(1, 1.0 + PUBLISH_EVERY + 0.001)
    assert board.take(1.0 + PUBLISH_EVERY + 0.001) is not None


def test_what_cannot_hear_says_so_at_once_and_nobody_is_ended_for_it() -> None:
    """The surface is being extracted: a Cancel is heard right after, and not before."""
    board = JobBoard()
    board.add(1, "Apply", 0.0, 0.0)
    board.start(1, 0.0, 0.0)
    board.progress(Progress(1, "Preparing the picture", 0.0, "12", False, heard=False), 1.0)
    board.ask(1, 2.0)
    jobs = board.take(2.0)
    assert jobs is not None and jobs[0].cancel == "ignored"
    assert "cannot be stopped; it stops right after" in jobs[0].text
    assert board.newly_unresponsive(1000.0) == []


def test_a_cancel_that_comes_before_the_unresponsive_step_is_told_with_it_and_goes_on_after_it() -> None:
    board = JobBoard()
    board.add(1, "Apply", 0.0, 0.0)
    board.start(1, 0.0, 0.0)
    board.ask(1, 1.0)
    board.progress(Progress(1, "Preparing the picture", 0.0, "12", True, heard=False), 1.5)
    jobs = board.take(1.5)
    assert jobs is not None and jobs[0].cancel == "ignored"
    assert board.newly_unresponsive(1000.0) == []
    board.progress(Progress(1, "Contour", 0.1, "12", True), 1001.0)
    jobs = board.take(1001.0)
    assert jobs is not None and jobs[0].cancel == "asked"
    assert board.newly_unresponsive(1001.0 + UNRESPONSIVE_AFTER_ABORT) == [1]
