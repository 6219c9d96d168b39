"""Clients that do not keep to the rules of images: refused or absorbed, and the others do not notice."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import BadRequest

CAMERA = {"position": [0, 0, 1], "focal_point": [0, 0, 0], "view_up": [0, 1, 0]}


async def stream(world: Any, watcher: Any, count: int, first: int = 1) -> None:
    """Renders images one after the other, each once there is a slot for it; the watcher must get every one."""
    slot = (first - 1) % wire.SLOTS
    for seq in range(first, first + count):
        await world.render(seq, slot=slot, still=False, width=64, height=48)
        await world.until(lambda seq=seq: watcher.frames and watcher.frames[-1][0]["seq"] == seq)
        slot = (await world.server.next(wire.Slot)).slot


async def test_clients_that_leave_in_the_middle_of_an_image(world: Any) -> None:
    watcher = await world.join()
    for number in range(10):
        leaver = await world.join(acknowledge=False)
        streaming = asyncio.create_task(stream(world, watcher, 2, first=1 + 2 * number))
        leaver.socket._response.connection.transport.abort()
        await streaming
    await world.until(lambda: len(world.session.audience.clients) == 1)
    assert [header["seq"] for header, _ in watcher.frames] == list(range(1, 21))
    assert world.session.images._streams.keys() == {*world.session.audience.clients}


async def test_acknowledgements_of_anything_but_what_was_sent(world: Any) -> None:
    watcher, liar = await world.join(), await world.join(acknowledge=False)
    for view, seq in (("7", 2**52), ("7", 0), ("8", 1), ("", 1), ("7", 1), ("7", 1)):
        await liar.notify("view.ack", view=view, seq=seq)
    await liar.call("session.ping")
    await stream(world, watcher, 5)
    assert [header["seq"] for header, _ in liar.frames] == [1, 2]


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("view.ack", {"view": "7", "seq": -1}),
        ("view.ack", {"view": "7", "seq": 1.5}),
        ("view.ack", {"view": "7" * 33, "seq": 1}),
        ("view.ack", {}),
        ("view.mode", {"view": "7", "mode": "telepathic"}),
        ("view.mode", {"view": "7", "mode": "local", "limit": -1}),
        ("view.mode", {"view": "7", "mode": "local", "limit": 2**40}),
        ("view.visible", {"view": "7", "visible": "perhaps"}),
        ("view.camera.set", {"view": "7", "camera": {**CAMERA, "position": [1, 2]}}),
        ("view.camera.set", {"view": "7", "camera": {**CAMERA, "view_angle": 0}}),
    ],
)
async def test_notifications_that_make_no_sense_change_nothing(world: Any, method: str, params: dict[str, Any]) -> None:
    watcher, other = await world.join(), await world.join()
    await other.notify(method, **params)
    await other.call("session.ping")
    await stream(world, watcher, 3)
    assert [header["seq"] for header, _ in other.frames] == [1, 2, 3]
    assert world.server.of(wire.Request) == []


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (0, 10), (10, 1e9), ("10", 10)])
async def test_a_view_larger_than_any_screen_is_refused_at_the_door(world: Any, width: Any, height: Any) -> None:
    client = await world.join()
    with pytest.raises(BadRequest):
        await client.call("view.size", view="7", width=width, height=height)
    assert world.server.of(wire.Request) == []


async def test_hiding_and_showing_all_the_time(world: Any) -> None:
    watcher, nervous = await world.join(), await world.join(acknowledge=False)
    for number in range(10):
        await nervous.notify("view.visible", view="7", visible=number % 2 == 1)
        await stream(world, watcher, 1, first=number + 1)
    assert [header["seq"] for header, _ in watcher.frames] == list(range(1, 11))
    assert len(nervous.frames) <= 12
