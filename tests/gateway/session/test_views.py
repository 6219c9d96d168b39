"""What is forgotten and what is kept of what clients said of views; the wire is in rpc/handlers/test_view.py."""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol import channel as wire


async def test_a_process_that_starts_again_is_told_what_was_said_of_the_view_with_that_id(world: Any) -> None:
    """Whoever lags may never hear that it was gone meanwhile, and so says nothing anew."""
    client = await world.join()
    await client.notify("view.mode", view="7", mode="local", limit=1000)
    await client.call("session.ping")
    world.session.detach("It was restarted.")
    again = await world.start_server()
    await world.until(lambda: again.of(wire.Demand)[-1:] == [wire.Demand(True, {"7": wire.ViewDemand(False, 1000)})])


async def test_who_says_hello_again_starts_anew(world: Any) -> None:
    client = await world.join()
    await client.notify("view.mode", view="7", mode="local", limit=1000)
    await client.hello()
    await world.until(lambda: world.server.of(wire.Demand)[-1:] == [wire.Demand(True)])
    await world.render(1)
    await world.until(lambda: client.frames)


async def test_a_hidden_view_keeps_nobody_from_another(world: Any) -> None:
    client = await world.join()
    await world.server.send(wire.Topics({"view/8": {"view": "8"}}))
    await world.until(lambda: "view/8" in client.topics)
    await client.notify("view.visible", view="7", visible=False)
    await client.call("session.ping")
    await world.render(1, view="7")
    await world.render(2, slot=1, view="8")
    await world.until(lambda: client.frames)
    assert [header["view"] for header, _ in client.frames] == ["8"]


async def test_the_size_of_a_second_view_is_not_the_first_ones(world: Any) -> None:
    client = await world.join()
    await world.server.send(wire.Topics({"view/8": {"view": "8"}, "pipeline": {"nodes": [], "view": "7"}}))
    await world.until(lambda: "view/8" in client.topics)
    client.start("view.size", view="8", width=300, height=200)
    demand = await world.server.next(wire.Demand, lambda demand: "8" in demand.views)
    assert (demand.of("7").size, demand.of("8").size, demand.size) == (None, (300, 200, 1.0), None)
    again = await world.start_server()
    assert (await again.next(wire.Demand)).size is None
