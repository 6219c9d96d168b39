"""What is published of the ParaView process, and when."""

from __future__ import annotations

from pvw_desktop.launcher.paraview.lifecycle import State
from pvw_desktop.launcher.paraview.status import SLOW, StatusBoard
from pvw_desktop.protocol.messages.session import Crash, ServerStatus


def board() -> tuple[StatusBoard, list[ServerStatus]]:
    published: list[ServerStatus] = []
    made = StatusBoard()
    made.bind(published.append)
    return made, published


def test_whoever_is_bound_late_gets_the_present() -> None:
    made = StatusBoard()
    made.change(State.STARTING, "Starting")
    published: list[ServerStatus] = []
    made.bind(published.append)
    assert [status.text for status in published] == ["Starting"]


def test_facts_of_a_process_go_with_it() -> None:
    made, published = board()
    made.change(State.STARTING, "Starting")
    made.add(pid=7)
    made.change(State.READY, "Ready", paraview="5.11.0")
    assert (published[-1].pid, published[-1].paraview) == (7, "5.11.0")
    crash = Crash("gone", 1, None, None, [], False, None)
    made.change(State.CRASHED, "gone", crash=crash)
    assert (published[-1].pid, published[-1].paraview, published[-1].crash) == (None, None, crash)
    made.change(State.STARTING, "Again")
    assert published[-1].crash is None


async def test_a_slow_start_is_said_and_stays_said() -> None:
    made, published = board()
    made.change(State.STARTING, "Starting ParaView")
    await made.say_when_slow(0)
    made.tell("Loading readers")
    assert [status.text for status in published[-2:]] == [f"Starting ParaView {SLOW}", f"Loading readers {SLOW}"]


async def test_what_is_ready_is_not_slow() -> None:
    made, published = board()
    made.change(State.READY, "Ready")
    await made.say_when_slow(0)
    assert published[-1].text == "Ready"
