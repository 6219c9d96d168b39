"""What a client says about the images it gets, and what comes of it for ParaView and for others."""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol import channel as wire


async def test_what_clients_want_is_told_to_the_process(world: Any) -> None:
    async def demand(**fields: Any) -> None:
        await world.until(lambda: world.server.of(wire.Demand)[-1:] == [wire.Demand(**fields)])

    first, second = await world.join(), await world.join()
    await demand(images=True)
    await first.notify("view.mode", mode="local", limit=1000)
    await demand(images=True, limit=1000)
    await second.notify("view.mode", mode="local", limit=5000)
    await demand(images=False, limit=5000)
    await second.notify("view.mode", mode="hybrid", limit=2000)
    await demand(images=True, limit=2000, lod=True)
    await second.notify("view.visible", visible=False)
    await demand(images=False, limit=1000)
    await second.notify("view.visible", visible=True)
    await demand(images=True, limit=2000, lod=True)
    await second.close()
    await demand(images=False, limit=1000)
    await first.notify("view.mode", mode="remote", limit=0)
    await demand(images=True)


async def test_a_client_that_draws_by_itself_gets_no_images_and_others_cameras(world: Any) -> None:
    mover, local, remote = await world.join(), await world.join(), await world.join()
    await local.notify("view.mode", mode="local", limit=1000)
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
    await client.notify("view.mode", mode="local", limit=1000)
    await client.notify("view.mode", mode="remote", limit=1000)
    await client.call("session.ping")
    assert [header["seq"] for header, _ in client.frames] == [1]
    await world.render(2, slot=1)
    await world.until(lambda: len(client.frames) == 2)
