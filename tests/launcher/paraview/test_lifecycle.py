"""The table of transitions, all of it."""

from __future__ import annotations

import itertools
import typing

import pytest

from pvw_desktop.launcher.paraview.lifecycle import Event, IllegalTransition, State, advance
from pvw_desktop.protocol.messages.session import LifecycleState

LEGAL = {
    (State.GONE, Event.START): State.STARTING,
    (State.GONE, Event.STOP): State.GONE,
    (State.MISSING, Event.START): State.STARTING,
    (State.MISSING, Event.STOP): State.GONE,
    (State.CRASHED, Event.START): State.STARTING,
    (State.CRASHED, Event.STOP): State.GONE,
    (State.STARTING, Event.READY): State.READY,
    (State.STARTING, Event.MISS): State.MISSING,
    (State.STARTING, Event.EXIT): State.CRASHED,
    (State.STARTING, Event.STOP): State.STOPPING,
    (State.READY, Event.EXIT): State.CRASHED,
    (State.READY, Event.STOP): State.STOPPING,
    (State.STOPPING, Event.EXIT): State.GONE,
    (State.STOPPING, Event.STOP): State.STOPPING,
    (State.STOPPING, Event.MISS): State.GONE,
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(State, Event)))
def test_transitions(state: State, event: Event) -> None:
    if (state, event) in LEGAL:
        assert advance(state, event) is LEGAL[state, event]
    else:
        with pytest.raises(IllegalTransition, match=state.value):
            advance(state, event)


def test_the_words_are_those_of_the_wire() -> None:
    assert {state.value for state in State} | {"busy"} == set(typing.get_args(LifecycleState))


def test_each_change_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        advance(State.GONE, Event.START)
        advance(State.STOPPING, Event.STOP)
    assert [record.getMessage() for record in caplog.records] == ["ParaView is starting (was gone)"]
