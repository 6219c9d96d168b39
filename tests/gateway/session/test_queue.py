"""The order in which calls reach the ParaView process."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.gateway.session.queue import MAX_WAITING, CallQueue, WaitingCall
from pvw_desktop.protocol.errors import Unavailable

_ids = itertools.count(1)


def request(method: str, **params: Any) -> WaitingCall:
    return WaitingCall(next(_ids), method, params, "c", "host")


def camera(motion: int, view: str = "7") -> WaitingCall:
    return WaitingCall(None, "view.camera.set", {"view": view, "camera": {}, "motion": motion}, "c", "host")


def rescale() -> WaitingCall:
    return request("color.rescale", node="12", mode="data")


def time(value: float) -> WaitingCall:
    return request("time.set", time=value)


def busy() -> tuple[CallQueue, WaitingCall]:
    queue = CallQueue()
    running = rescale()
    queue.add(running)
    assert queue.hand_over() == [running]
    return queue, running


def test_one_request_at_a_time() -> None:
    queue, running = busy()
    second, third = rescale(), rescale()
    queue.add(second)
    queue.add(third)
    assert queue.hand_over() == []
    assert running.id is not None
    assert queue.answered(running.id)
    assert queue.hand_over() == [second]
    assert queue.running is second


def test_an_answer_to_something_else_changes_nothing() -> None:
    queue, running = busy()
    assert not queue.answered(999_999)
    assert queue.running is running


def test_notifications_go_at_once_where_nothing_runs_and_wait_their_turn_where_something_does() -> None:
    queue = CallQueue()
    first = camera(1)
    queue.add(first)
    assert queue.hand_over() == [first]
    queue, running = busy()
    queue.add(camera(2))
    assert queue.hand_over() == []
    queue.answered(running.id or 0)
    assert [call.params["motion"] for call in queue.hand_over()] == [2]


def test_the_newest_camera_of_a_view_is_the_only_one_that_waits() -> None:
    queue, running = busy()
    for motion in range(100):
        queue.add(camera(motion))
        queue.add(camera(motion, "8"))
    queue.answered(running.id or 0)
    assert [(call.params["view"], call.params["motion"]) for call in queue.hand_over()] == [("7", 99), ("8", 99)]


def test_a_newer_slider_value_replaces_one_that_waits_and_names_it() -> None:
    queue, _ = busy()
    old, new = time(1), time(2)
    assert queue.add(old) == []
    assert queue.add(new) == [old]


def test_a_request_in_between_keeps_the_older_value() -> None:
    queue, running = busy()
    calls = [time(1), rescale(), time(2)]
    for call in calls:
        assert queue.add(call) == []
    handed = [running]
    while handed[-1] is not calls[-1]:
        queue.answered(handed[-1].id or 0)
        handed += queue.hand_over()
    assert handed[1:] == calls


def test_what_names_different_things_is_not_replaced() -> None:
    queue, _ = busy()
    queue.add(request("display.set", node="12", port=0, opacity=0.5))
    assert queue.add(request("display.set", node="12", port=1, opacity=0.5)) == []
    assert queue.add(request("display.set", node="12", port=0, line_width=2.0)) == []
    assert queue.add(request("display.set", node="13", port=0, opacity=0.5)) == []
    assert len(queue.add(request("display.set", node="12", port=0, opacity=0.6))) == 1


def test_the_queue_of_each_client_is_bounded_and_says_so() -> None:
    queue, _ = busy()
    for _ in range(MAX_WAITING):
        queue.add(rescale())
    with pytest.raises(Unavailable, match="busy"):
        queue.add(rescale())
    queue.add(of_client("another"))


def of_client(name: str) -> WaitingCall:
    return dataclasses.replace(rescale(), client=name)


def test_clients_take_turns_and_each_keeps_its_order() -> None:
    queue, running = busy()
    calls = [of_client(name) for name in "aaaabbc"]
    for call in calls:
        queue.add(call)
    handed = [running]
    for _ in calls:
        queue.answered(handed[-1].id or 0)
        handed += queue.hand_over()
    assert "".join(call.client for call in handed[1:]) == "abcabaa"
    for name in "abc":
        assert [call for call in handed[1:] if call.client == name] == [call for call in calls if call.client == name]


def test_who_comes_back_after_a_while_has_its_turn_before_who_never_stopped() -> None:
    queue, running = busy()
    for name in "aaa":
        queue.add(of_client(name))
    queue.answered(running.id or 0)
    (first,) = queue.hand_over()
    queue.add(of_client("b"))
    queue.answered(first.id or 0)
    assert [call.client for call in queue.hand_over()] == ["b"]


def test_a_full_queue_still_takes_what_replaces() -> None:
    queue, _ = busy()
    queue.add(camera(1))
    for _ in range(MAX_WAITING - 1):
        queue.add(rescale())
    assert len(queue.add(camera(2))) == 1


def test_withdraw_and_clear() -> None:
    queue, running = busy()
    waits = rescale()
    queue.add(waits)
    queue.add(camera(1))
    assert not queue.withdraw(running.id or 0)
    assert queue.withdraw(waits.id or 0)
    last = rescale()
    queue.add(last)
    assert queue.clear() == [running, last]
    assert queue.running is None
    assert queue.hand_over() == []


@given(st.lists(st.sampled_from(["camera", "time", "rescale", "answer"]), max_size=200))
def test_every_request_is_handed_over_or_replaced_exactly_once_and_the_last_values_arrive(steps: list[str]) -> None:
    queue = CallQueue()
    added: list[WaitingCall] = []
    handed: list[WaitingCall] = []
    replaced: list[WaitingCall] = []
    make = {"camera": lambda n: camera(n), "time": lambda n: time(n), "rescale": lambda n: rescale()}
    for number, step in enumerate(steps):
        if step == "answer":
            if queue.running is not None:
                queue.answered(queue.running.id or 0)
        else:
            call = make[step](number)
            added.append(call)
            replaced += queue.add(call)
        handed += queue.hand_over()
    while queue.running is not None:
        queue.answered(queue.running.id or 0)
        handed += queue.hand_over()
    assert sorted(map(id, handed + replaced)) == sorted(map(id, added))
    for method in ("view.camera.set", "time.set"):
        mine = [call for call in added if call.method == method]
        if mine:
            assert [call for call in handed if call.method == method][-1] is mine[-1]
    order = [call.id for call in handed if call.method == "color.rescale"]
    assert order == sorted(order, key=lambda item: item or 0)
