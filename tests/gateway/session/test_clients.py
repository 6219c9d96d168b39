"""What waits to be sent to one client."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pvw_desktop.gateway.rpc.dispatch import Dispatcher
from pvw_desktop.gateway.session.clients import MAX_WAITING, Client, Outbox
from pvw_desktop.protocol.messages.session import ServerStatus


def drain(outbox: Outbox, changes_text: Callable[[list[str]], str] = "+".join) -> list[str]:
    texts = []
    while (text := outbox.pop(changes_text)) is not None:
        texts.append(text)
    return texts


def test_texts_keep_their_order() -> None:
    outbox = Outbox()
    outbox.text("a")
    outbox.text("b")
    assert drain(outbox) == ["a", "b"]


def test_a_topic_that_changes_again_before_it_was_sent_goes_out_once() -> None:
    outbox = Outbox()
    for name in ("time", "pipeline", "time"):
        outbox.topic(name)
    assert drain(outbox) == ["time+pipeline"]
    outbox.topic("time")
    assert drain(outbox) == ["time"]


def test_a_reply_never_overtakes_the_topics_that_changed_before_it() -> None:
    outbox = Outbox()
    outbox.text("snapshot")
    outbox.topic("time")
    outbox.text("reply")
    outbox.topic("pipeline")
    assert drain(outbox) == ["snapshot", "time+pipeline", "reply"]


def test_topics_never_fill_the_box_and_texts_do() -> None:
    overflows: list[bool] = []
    client = Client("c1", "host", "s1", lambda: overflows.append(True))
    for number in range(5000):
        client.topic_changed(f"proxy/{number % 10}")
    assert len(client.outbox) == 1
    for _ in range(16):
        client.send("x" * (MAX_WAITING // 16))
    assert not overflows
    client.send("one too many")
    assert overflows


async def test_everybody_knows_how_many_look(world: Any) -> None:
    first = await world.join()
    assert first.topics["audience"] == {"clients": 1}
    second = await world.join()
    await world.until(lambda: first.topics["audience"] == {"clients": 2})
    assert second.topics["audience"] == {"clients": 2}
    await second.close()
    await world.until(lambda: first.topics["audience"] == {"clients": 1})


async def test_cameras_that_wait_are_replaced_by_the_newest() -> None:
    outbox = Outbox()
    for number in range(5):
        outbox.camera(lambda number=number: f"camera {number}")  # type: ignore[misc]
    outbox.text("reply")
    assert outbox.pop(str) == "camera 4"
    assert outbox.pop(str) == "reply"
    assert outbox.pop(str) is None


async def test_nothing_that_changed_goes_before_the_snapshot_which_would_undo_it(world: Any) -> None:
    """What changes between the answer's making and its sending comes after it."""
    client = Client("c1", "host", "s1", lambda: None)
    world.session.audience.clients.add(client)
    hello = '{"jsonrpc":"2.0","id":1,"method":"session.hello","params":{"client":"test","images":false}}'
    Dispatcher().receive(world.session, client, hello)
    world.session.set_status(ServerStatus("ready", "changed meanwhile", 1.0))
    sent = [json.loads(text) for text in drain(client.outbox, world.session.audience.topics.changes_text)]
    world.session.leave(client)
    assert [message.get("id", message.get("method")) for message in sent] == [1, "state.changed"]
    counts = [topic["value"] for topic in sent[0]["result"]["topics"] if topic["name"] == "audience"]
    assert counts == [{"clients": 1}]
