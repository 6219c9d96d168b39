"""The inbox and the autosave: pure decisions, no ParaView."""

from __future__ import annotations

import pytest

from pvw_desktop.protocol import messages as _messages  # noqa: F401  fills the registry
from pvw_desktop.protocol.channel import Cancel, Demand, Quit, Request, Slot
from pvw_desktop.protocol.errors import Failed
from pvw_desktop.server.autosave import AGAIN, LATEST, QUIET, Autosave
from pvw_desktop.server.inbox import Inbox


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def camera(motion: int, view: str = "1", client: str = "a") -> Request:
    return Request(None, "view.camera.set", {"view": view, "camera": {}, "motion": motion}, client)


def test_order_is_kept_and_the_newest_camera_wins() -> None:
    inbox = Inbox()
    assert inbox.put(camera(1)) is None
    inbox.put(Request(5, "time.step", {"to": "next"}))
    assert inbox.put(camera(2)) == camera(1)
    assert [inbox.get(0).method for _ in range(2)] == ["time.step", "view.camera.set"]
    assert inbox.get(0) is None


def test_cameras_of_other_views_and_clients_stay() -> None:
    inbox = Inbox()
    for request in (camera(1), camera(2, view="2"), camera(3, client="b")):
        assert inbox.put(request) is None


def test_a_value_does_not_replace_another_one() -> None:
    inbox = Inbox()
    inbox.put(Request(1, "proxy.set", {"id": "7", "values": {"Opacity": 1}}))
    assert inbox.put(Request(2, "proxy.set", {"id": "7", "values": {"LineWidth": 2}})) is None
    replaced = inbox.put(Request(3, "proxy.set", {"id": "7", "values": {"Opacity": 0.5}}))
    assert replaced is not None and replaced.id == 1


def test_cancel_drops_what_waits_and_marks_what_runs() -> None:
    inbox = Inbox()
    inbox.put(Request(1, "time.step", {"to": "next"}))
    inbox.put(Request(2, "time.step", {"to": "next"}))
    inbox.begin(inbox.get(0).id)
    dropped = inbox.put(Cancel(2))
    assert dropped is not None and dropped.id == 2 and not inbox.is_cancelled()
    inbox.put(Cancel(1))
    assert inbox.is_cancelled()
    inbox.end()
    assert not inbox.is_cancelled()


def test_work_is_saved_when_it_is_quiet_or_late() -> None:
    clock = Clock()
    saved: list[tuple[str, bool]] = []
    autosave = Autosave("x", lambda path, step: saved.append((path, step)), clock)
    assert autosave.wait() is None and not autosave.now()
    autosave.touch()
    assert autosave.wait() == QUIET
    begin = clock.now
    while not autosave.due():
        clock.now += 0.1
        autosave.touch()
    assert abs(clock.now - begin - LATEST) < 0.2
    assert autosave.now() and saved == [("x", True)] and autosave.wait() is None
    autosave.touch(step=False)
    assert autosave.now() and saved[-1] == ("x", False)


def test_each_reason_of_a_failing_save_is_told_once() -> None:
    reasons = ["The disk is full.", "The disk is full.", "Its folder is gone."]

    def fail(_path: str, _step: bool) -> None:
        raise Failed(reasons.pop(0), "Do something.")

    autosave = Autosave("x", fail, Clock())
    told = []
    while reasons:
        autosave.touch()
        assert not autosave.now()
        problem = autosave.take_problem()
        told.append(problem and problem.message)
    assert told == ["The disk is full.", None, "Its folder is gone."]


def test_a_save_that_failed_is_tried_again_and_sooner_after_a_change() -> None:
    clock, room = Clock(), False

    def save(_path: str, _step: bool) -> None:
        if not room:
            raise Failed("The disk is full.", "Make room.")

    autosave = Autosave("x", save, clock)
    autosave.touch()
    assert not autosave.now() and autosave.wait() == AGAIN
    clock.now += AGAIN
    assert autosave.due() and not autosave.now()
    autosave.touch()
    assert autosave.wait() == QUIET
    room = True
    assert autosave.now() and autosave.wait() is None


def test_an_error_that_nobody_foresaw_is_told_as_any(capfd: pytest.CaptureFixture[str]) -> None:
    def save(_path: str, _step: bool) -> None:
        raise ValueError("no such proxy")

    autosave = Autosave("x", save, Clock())
    autosave.touch()
    assert not autosave.now()
    problem = autosave.take_problem()
    assert problem is not None and "no such proxy" in problem.message
    assert "ValueError" in capfd.readouterr().err


def test_what_took_long_is_saved_as_soon_as_it_was_drawn() -> None:
    saved: list[bool] = []
    autosave = Autosave("x", lambda _path, step: saved.append(step), Clock())
    autosave.touch(step=False)
    assert not autosave.eager
    autosave.touch(eager=True)
    assert autosave.eager and autosave.now() and not autosave.eager
    assert saved == [True]


def test_other_messages_pass_through() -> None:
    inbox = Inbox()
    inbox.put(Slot(1))
    assert inbox.get(0) == Slot(1)


def test_what_says_how_the_next_image_is_to_be_is_taken_before_it() -> None:
    inbox = Inbox()
    size = Request(3, "view.size", {"view": "1", "width": 10, "height": 10, "ratio": 1})
    apply = Request(4, "proxy.apply", {"changes": []})
    for message in (Slot(1), camera(1), Demand(True), size, apply, camera(2)):
        inbox.put(message)
    light = [inbox.get_light() for _ in range(4)]
    # The newer camera took the place of the older one, behind the step: the step comes first, and an image before it.
    assert light == [Slot(1), Demand(True), size, None]
    assert inbox.get(0) == apply and inbox.get_light() == camera(2) and inbox.get_light() is None
    inbox.put(Quit())
    assert inbox.get_light() is None and inbox.get(0) == Quit()
