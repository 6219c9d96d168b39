"""One client says very much, or asks very much and reads nothing: the others hardly notice, and it is served too."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from pvw_desktop.gateway.session import clients
from pvw_desktop.protocol import channel as wire
from tests.gateway.conftest import CAMERA


def ping(number: int) -> str:
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": "session.ping"})


def camera(motion: int, view: str = "7") -> str:
    params = {"view": view, "camera": CAMERA, "motion": motion, "interactive": True}
    return json.dumps({"jsonrpc": "2.0", "method": "view.camera.set", "params": params})


async def pour(client: Any, texts: list[str]) -> None:
    """All of them, without letting the gateway read in between."""
    for text in texts:
        await client.socket.send_str(text)


def moves(world: Any) -> list[int]:
    return [item.params["motion"] for item in world.server.of(wire.Request) if item.method == "view.camera.set"]


async def test_a_quick_client_that_reads_is_answered_everything(world: Any) -> None:
    client = await world.join()
    await pour(client, [ping(number) for number in range(1000, 4000)])
    answers = [message["id"] for message in client.raw if "id" in message]
    await world.until(lambda: sum("id" in message for message in client.raw) >= 3001 or client.ended.is_set())
    answers = [message["id"] for message in client.raw if "id" in message and message["id"] >= 1000]
    assert answers == list(range(1000, 4000))
    assert not client.ended.is_set()


async def test_others_get_their_turn_between_the_messages_of_one(world: Any) -> None:
    flooding, other = await world.join(), await world.join()
    await pour(flooding, [ping(number) for number in range(1000, 9000)])
    assert (await other.call("session.ping"))["state"] == "ready"
    answered = sum("id" in message for message in flooding.raw)
    assert answered < 8000, "the other one waited until everything of the first was done"


async def test_who_asks_and_does_not_read_is_not_asked_further_and_fills_no_memory(world: Any) -> None:
    stuck = await world.join(acknowledge=False)
    (entry,) = world.session.audience.clients
    stuck._task.cancel()
    stuck.socket._response.connection.transport.pause_reading()
    discover = json.dumps({"jsonrpc": "2.0", "id": 5, "method": "rpc.discover"})
    pouring = asyncio.create_task(pour(stuck, [discover] * 2000))
    other = await world.join()
    most = 0
    for _ in range(200):
        assert (await other.call("session.ping"))["state"] == "ready"
        most = max(most, entry.outbox.size)
    largest = max(len(json.dumps(message)) for message in [await other.call("rpc.discover")])
    assert most <= clients.ENOUGH_WAITING + largest + 1000
    assert entry in world.session.audience.clients, "it is only not read from, until it reads"
    pouring.cancel()
    stuck.socket._response.connection.transport.abort()


async def test_of_many_cameras_the_newest_goes_and_the_others_cost_nothing(world: Any) -> None:
    client = await world.join()
    loop = asyncio.get_running_loop()
    begin = loop.time()
    await pour(client, [camera(motion) for motion in range(2000)])
    await world.until(lambda: 1999 in moves(world))
    # bounded by the time that went by, not by how many came
    assert len(moves(world)) <= (loop.time() - begin) / 0.004 + 2
    assert moves(world) == sorted(moves(world))


async def test_a_camera_goes_before_what_was_said_after_it(world: Any) -> None:
    client = await world.join()
    await pour(client, [camera(motion) for motion in range(50)])
    asked = client.start("view.camera.reset", view="7")
    request = await world.server.next(wire.Request, lambda item: item.method == "view.camera.reset")
    assert moves(world)[-1] == 49
    await world.server.send(wire.Reply(request.id, {}))
    assert (await asked)["result"] == {}


async def test_cameras_of_two_views_are_both_handed_over(world: Any) -> None:
    client = await world.join()
    await pour(client, [camera(motion, view) for motion in range(100) for view in ("7", "8")])
    await world.until(lambda: moves(world).count(99) == 2)


async def test_many_sockets_that_send_cameras_do_not_flood_paraview(world: Any) -> None:
    flood = [await world.join() for _ in range(8)]
    for motion in range(100):
        for client in flood:
            await client.socket.send_str(camera(motion))
    await world.until(lambda: 99 in moves(world))
    loop = asyncio.get_running_loop()
    before, begin = len(moves(world)), loop.time()
    for motion in range(100, 300):
        for client in flood:
            await client.socket.send_str(camera(motion))
        await asyncio.sleep(0)
    await world.until(lambda: 299 in moves(world))
    assert len(moves(world)) - before <= (loop.time() - begin) / 0.004 + 2


async def test_a_camera_that_cannot_be_one_is_passed_over(world: Any) -> None:
    client = await world.join()
    for params in ({"view": ["x"], "camera": CAMERA}, {"view": "7"}, {"view": "7", "camera": {}, "port": {}}):
        await client.socket.send_str(json.dumps({"jsonrpc": "2.0", "method": "view.camera.set", "params": params}))
    await client.socket.send_str(camera(5))
    await world.until(lambda: moves(world) == [5])


async def test_requests_of_one_client_do_not_keep_those_of_another_waiting(world: Any) -> None:
    greedy, other = await world.join(), await world.join()
    for number in range(40):
        greedy.start("color.rescale", node=str(number), mode="data")
    request = await world.server.next(wire.Request)
    asked = other.start("catalog.list")
    await other.call("session.ping")
    await world.server.send(wire.Reply(request.id, {}))
    request = await world.server.next(wire.Request)
    assert request.method == "catalog.list", "forty of another wait, and one of theirs just ran"
    await world.server.send(wire.Reply(request.id, {"sources": []}))
    assert (await asked)["result"] == {"sources": []}


async def test_one_client_fills_its_own_queue_and_not_the_others(world: Any) -> None:
    greedy, other = await world.join(), await world.join()
    answers = [greedy.start("color.rescale", node=str(number), mode="data") for number in range(400)]
    refused = await asyncio.wait_for(answers[-1], 60)
    assert refused["error"]["data"]["kind"] == "unavailable"
    asked = other.start("catalog.list")
    await other.call("session.ping")
    assert not asked.done()


async def test_what_waits_for_paraview_is_bounded_in_bytes(world: Any) -> None:
    client = await world.join()
    answers = [client.start("proxy.set", id=str(number), values={"Text": "x" * 900_000}) for number in range(12)]
    refused = await asyncio.wait_for(answers[-1], 60)
    assert "Too much" in refused["error"]["message"]
    assert sum(not answer.done() for answer in answers) < 8
