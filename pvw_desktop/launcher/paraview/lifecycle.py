"""The life of the ParaView process as one enum and one transition function. Pure; does no I/O and starts nothing.

    gone ──start──> starting ──ready──> ready        missing, crashed ──start──> starting
     ^                │  │ └──exit──> crashed <──exit──┘
     │                │  └──miss──> missing
     └──exit── stopping <──stop── ready

`busy` is `ready` with a job running. Jobs are the session's, which says busy in place of ready; here nothing changes.
"""

from __future__ import annotations

import enum
import logging

logger = logging.getLogger(__name__)


class State(enum.Enum):
    """The words of messages.session.LifecycleState, but for `busy`."""

    MISSING = "missing"
    STARTING = "starting"
    READY = "ready"
    STOPPING = "stopping"
    GONE = "gone"
    CRASHED = "crashed"


class Event(enum.Enum):
    """What happens to it."""

    START = "start"
    MISS = "miss"
    """There is no ParaView to start."""
    READY = "ready"
    STOP = "stop"
    EXIT = "exit"


class IllegalTransition(Exception):
    """A mistake in the program: this cannot happen in this state."""


_TABLE: dict[State, dict[Event, State]] = {
    State.GONE: {Event.START: State.STARTING, Event.STOP: State.GONE},
    State.MISSING: {Event.START: State.STARTING, Event.STOP: State.GONE},
    State.CRASHED: {Event.START: State.STARTING, Event.STOP: State.GONE},
    State.STARTING: {
        Event.READY: State.READY,
        Event.MISS: State.MISSING,
        Event.EXIT: State.CRASHED,
        Event.STOP: State.STOPPING,
    },
    State.READY: {Event.EXIT: State.CRASHED, Event.STOP: State.STOPPING},
    State.STOPPING: {Event.EXIT: State.GONE, Event.STOP: State.STOPPING, Event.MISS: State.GONE},
}


def advance(state: State, event: Event) -> State:
    """The state after an event; raises IllegalTransition. Each change is logged once."""
    try:
        after = _TABLE[state][event]
    except KeyError:
        raise IllegalTransition(f"{event.value} cannot happen to a ParaView that is {state.value}") from None
    if after is not state:
        logger.info("ParaView is %s (was %s)", after.value, state.value)
    return after
