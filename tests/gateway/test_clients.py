"""What waits to be sent to one client."""

from __future__ import annotations

from typing import Any

from pvw_desktop.gateway.clients import MAX_WAITING, Client, Outbox


def drain(outbox: Outbox) -> list[str]:
    texts = []
    while (text := outbox.pop(lambda names: "+".join(names))) is not None:
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
