"""What a client says about the images it gets, and what comes of it for ParaView and for others."""

from __future__ import annotations

from typing import Any

import pytest

from pvw_desktop.gateway.rpc.handlers import HANDLERS
from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import NotFound
from pvw_desktop.protocol.registry import METHODS
from pvw_desktop.protocol.schema import from_json

VIEW = {"view": "8"}


async def test_what_clients_want_is_told_to_the_process(world: Any) -> None:
    async def demand(views: dict[str, wire.ViewDemand]) -> None:
        await world.until(lambda: world.server.of(wire.Demand)[-1:] == [wire.Demand(True, views)])

    await world.server.send(wire.Topics({"view/8": VIEW}))
    first, second = await world.join(), await world.join()
    await demand({})
    await first.notify("view.mode", view="7", mode="local", limit=1000)
    await demand({"7": wire.ViewDemand(True, 1000)})
    await second.notify("view.mode", view="7", mode="local", limit=5000)
    await demand({"7": (seven := wire.ViewDemand(False, 5000))})
    await second.notify("view.mode", view="8", mode="hybrid", limit=2000)
    await demand({"7": seven, "8": (eight := wire.ViewDemand(True, 2000, lod=True))})
    await second.notify("view.visible", view="7", visible=False)
    await demand({"7": wire.ViewDemand(False, 1000), "8": eight})
    await second.notify("view.visible", view="8", visible=False)
    await first.notify("view.visible", view="8", visible=False)
    await demand({"7": wire.ViewDemand(False, 1000), "8": wire.ViewDemand(False)})
    await second.notify("view.visible", view="7", visible=True)
    await demand({"7": seven, "8": wire.ViewDemand(False)})
    await second.close()
    await demand({"7": wire.ViewDemand(False, 1000), "8": wire.ViewDemand(False)})
    await first.notify("view.mode", view="7", mode="remote", limit=0)
    await first.notify("view.visible", view="8", visible=True)
    await demand({})


async def test_what_was_said_of_a_view_goes_with_it(world: Any) -> None:
    client = await world.join()
    for method, params in (("view.mode", {"mode": "local", "limit": 1000}), ("view.visible", {"visible": False})):
        await client.notify(method, view="7", **params)
    await world.until(lambda: world.server.of(wire.Demand)[-1].views == {"7": wire.ViewDemand(False)})
    (member,) = world.session.audience.clients
    assert list(member.views) == ["7"]
    await world.server.send(wire.Topics({"view/7": None, "view/8": VIEW}))
    await world.until(lambda: member.views == {})
    await world.until(lambda: world.server.of(wire.Demand)[-1] == wire.Demand(True))
    await world.render(1, view="8")
    await world.until(lambda: client.frames)


@pytest.mark.parametrize(
    ("method", "params"),
    [("view.mode", {"mode": "local", "limit": 1000}), ("view.visible", {"visible": False}), ("view.keyframe", {})],
)
async def test_a_view_that_is_not_there_is_refused(world: Any, method: str, params: dict[str, Any]) -> None:
    client = await world.join()
    (member,) = world.session.audience.clients
    with pytest.raises(NotFound, match="That view is gone"):
        HANDLERS[method](world.session, member, from_json(METHODS[method].params, {"view": "8", **params}))
    await client.notify(method, view="8", **params)
    await client.call("session.ping")
    assert member.views == {} and world.server.of(wire.Demand)[-1] == wire.Demand(True)


async def test_a_client_that_draws_by_itself_gets_no_images_and_others_cameras(world: Any) -> None:
    mover, local, remote = await world.join(), await world.join(), await world.join()
    await local.notify("view.mode", view="7", mode="local", limit=1000)
    await local.call("session.ping")
    camera = {"position": [1, 2, 3], "focal_point": [0, 0, 0], "view_up": [0, 0, 1]}
    await mover.notify("view.camera.set", view="7", camera=camera, motion=1)
    await world.until(lambda: _cameras(local))
    (event,) = _cameras(local)
    assert event["client"] == mover.id and event["camera"]["position"] == [1, 2, 3]
    assert event["camera"]["view_angle"] == 30
    await world.render(1)
    await world.until(lambda: remote.frames and mover.frames)
    assert local.frames == []
    assert _cameras(mover) == _cameras(remote) == []


def _cameras(client: Any) -> list[dict[str, Any]]:
    return [message["params"] for message in client.raw if message.get("method") == "view.camera.moved"]


async def test_coming_back_to_images_shows_none_from_before(world: Any) -> None:
    client = await world.join()
    await world.render(1)
    await world.until(lambda: client.frames)
    await client.notify("view.mode", view="7", mode="local", limit=1000)
    await client.notify("view.mode", view="7", mode="remote", limit=1000)
    await client.call("session.ping")
    assert [header["seq"] for header, _ in client.frames] == [1]
    await world.render(2, slot=1)
    await world.until(lambda: len(client.frames) == 2)
