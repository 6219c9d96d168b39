"""Why ParaView cannot be asked: a sentence for each state that it can be in."""

from __future__ import annotations

import typing

import pytest

from pvw_desktop.gateway.session.unavailable import why_unavailable
from pvw_desktop.protocol.messages.session import LifecycleState, ServerStatus


@pytest.mark.parametrize("state", typing.get_args(LifecycleState))
def test_every_state_has_a_sentence_and_what_to_do(state: typing.Any) -> None:
    error = why_unavailable(ServerStatus(state, "words", 0.0))
    assert error.kind == "unavailable"
    assert error.message.startswith("ParaView ") and error.message.endswith(".")
    assert error.hint and error.hint.endswith(".")


def test_one_that_is_there_but_not_ready_yet_is_between_two_starts() -> None:
    assert why_unavailable(ServerStatus("ready", "words", 0.0)).message == "ParaView is starting again."
