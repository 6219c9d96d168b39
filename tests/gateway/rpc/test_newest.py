"""Notifications of which only the newest counts."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from pvw_desktop.gateway.rpc import newest as module
from pvw_desktop.gateway.rpc.jsonrpc import Call
from pvw_desktop.gateway.rpc.newest import MAX_KEPT, Newest


def camera(view: Any, motion: int) -> Call:
    return Call(None, "view.camera.set", {"view": view, "camera": {}, "motion": motion})


async def test_the_first_goes_at_once_and_of_those_that_follow_the_newest_of_each_view(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "SECONDS", 3600.0)
    handled: list[tuple[str, int]] = []
    newest = Newest(lambda call: handled.append((call.params["view"], call.params["motion"])))
    assert newest.keep(camera("7", 1))
    assert handled == [("7", 1)]
    for motion in range(2, 50):
        assert newest.keep(camera("7", motion))
    assert newest.keep(camera("8", 50))
    assert handled == [("7", 1)]
    newest.let_through()
    assert handled == [("7", 1), ("7", 49), ("8", 50)]


async def test_what_is_kept_goes_by_itself() -> None:
    came = asyncio.Event()
    newest = Newest(lambda call: came.set() if call.params["motion"] == 2 else None)
    newest.keep(camera("7", 1))
    newest.keep(camera("7", 2))
    await asyncio.wait_for(came.wait(), 60)


async def test_what_was_kept_can_be_let_through_early() -> None:
    handled: list[int] = []
    newest = Newest(lambda call: handled.append(call.params["motion"]))
    newest.keep(camera("7", 1))
    newest.keep(camera("7", 2))
    newest.let_through()
    newest.let_through()
    assert handled == [1, 2]


async def test_no_more_than_a_few_are_kept() -> None:
    handled: list[Any] = []
    newest = Newest(lambda call: handled.append(call.params["view"]))
    for view in range(MAX_KEPT + 2):
        newest.keep(camera(str(view), 1))
    assert handled == [str(view) for view in range(MAX_KEPT + 2)]


async def test_any_other_call_is_handled_where_it_came() -> None:
    def never(call: Call) -> None:
        raise AssertionError(call)

    newest = Newest(never)
    assert not newest.keep(Call(1, "view.camera.set", {"view": "7"}))
    assert not newest.keep(Call(None, "no.such", {}))
    assert not newest.keep(Call(None, "view.ack", {"view": "7", "seq": 1}))
    assert not newest.keep(Call(None, "view.size", {"view": "7"}))  # a request: somebody waits for its answer
    assert not newest.keep(camera(["no name"], 1))
