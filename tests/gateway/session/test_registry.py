"""Sessions by their ids."""

from __future__ import annotations

import re

import pytest

from pvw_desktop.gateway.session.registry import SessionRegistry
from pvw_desktop.gateway.session.session import Session


async def test_sessions_come_and_go() -> None:
    registry = SessionRegistry()
    assert (registry.only, registry.oldest, len(registry)) == (None, None, 0)
    one, two = Session(), Session(session_id="two")
    registry.add(one)
    assert [registry.only, registry.oldest] == [one, one]
    registry.add(two)
    assert [registry.only, registry.oldest, *registry] == [None, one, one, two]
    assert (registry.find("two"), registry.find("three"), registry.find("")) == (two, None, None)
    registry.remove(one)
    registry.remove(one)
    assert registry.find(one.id) is None
    assert (registry.only, registry.oldest) == (two, two)
    for session in (one, two):
        session.close()


async def test_an_id_is_there_once_and_cannot_be_guessed() -> None:
    sessions = [Session() for _ in range(20)]
    assert len({session.id for session in sessions}) == 20
    assert all(re.fullmatch("[0-9a-f]{12}", session.id) for session in sessions)
    with pytest.raises(ValueError, match="already"):
        SessionRegistry(sessions[0], Session(session_id=sessions[0].id))
    for session in sessions:
        session.close()
