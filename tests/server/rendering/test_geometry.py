"""When scenes are read and what of them is sent, without ParaView."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.framing import MAX_CHANNEL_MESSAGE
from pvw_desktop.protocol.messages.scene import Appearance, Blob, Mesh, Scene, ScenePart
from pvw_desktop.server.rendering.geometry import PATIENCE, Scenes

WHITE = (1.0, 1.0, 1.0)
LOOK = Appearance("surface", WHITE, 1, False, WHITE, 1, 1, False, True, 0, 1, 0, 1, WHITE, WHITE, "none")


def blob(name: str, items: int = 10) -> Blob:
    return Blob(name * 32, "float32", 3, items, "points")


def scene(*blobs: Blob, **fields: Any) -> Scene:
    parts = [ScenePart(item.hash[:4], "1", 0, None, LOOK, None, None, Mesh(item)) for item in blobs]
    plain = Scene("7", 0, False, 0, None, parts, [], [WHITE], None, None, True, None)
    return dataclasses.replace(plain, **fields)


def wanted(limit: int, lod: bool = False) -> wire.Demand:
    """Of the view 7."""
    return wire.Demand(True, {"7": wire.ViewDemand(True, limit, lod)})


class Process:
    """What is read, and what was sent of it."""

    def __init__(self) -> None:
        self.now: dict[str, Scene] = {"7": scene(blob("a"))}
        self.asked: list[tuple[int, bool]] = []
        self.sent: list[Any] = []
        self.scenes = Scenes(self._read, lambda name: name.encode(), self.sent.append)

    def _read(self, demand: wire.Demand) -> dict[str, Scene]:
        seven = demand.of("7")
        self.asked.append((seven.limit, seven.lod))
        return self.now if seven.limit else {}

    def publish(self) -> list[Any]:
        """What a publish sends."""
        self.sent.clear()
        assert self.scenes.due
        self.scenes.publish()
        assert not self.scenes.due
        return list(self.sent)


@pytest.fixture
def process() -> Process:
    made = Process()
    made.scenes.demand(wanted(1000, False))
    return made


def topics(sent: list[Any]) -> dict[str, Any]:
    (message,) = [item for item in sent if isinstance(item, wire.Topics)]
    return message.changes


def blobs(sent: list[Any]) -> list[str]:
    return [item.hash[0] for item in sent if isinstance(item, wire.Blob)]


def test_nothing_is_read_while_nobody_draws() -> None:
    process = Process()
    process.scenes.changed()
    assert not process.scenes.due and not process.scenes.wanted
    process.scenes.demand(wanted(0, True))
    assert not process.scenes.due


def test_a_scene_is_read_for_the_view_that_is_drawn(process: Process) -> None:
    process.publish()
    other = wire.ViewDemand(True, 500)
    process.scenes.demand(wire.Demand(True, {"7": wire.ViewDemand(False), "8": other}))
    assert process.scenes.due and process.scenes.wanted
    assert topics(process.publish()) == {"scene/7": None}
    process.scenes.demand(wire.Demand(False, {"8": other}))
    assert not process.scenes.due, "who looks at images is no matter of geometry"


def test_arrays_come_before_the_topic_that_names_them(process: Process) -> None:
    sent = process.publish()
    assert [type(item) for item in sent] == [wire.Blob, wire.Topics]
    assert sent[0].payload == b"a" * 32
    assert process.asked == [(1000, False)]
    assert topics(sent)["scene/7"]["bytes"] == 10 * 3 * 4


def test_what_was_sent_is_not_sent_again(process: Process) -> None:
    first = topics(process.publish())["scene/7"]["version"]
    process.scenes.changed()
    assert process.publish() == [], "nothing came out different"
    process.now = {"7": scene(blob("a"), blob("b"))}
    process.scenes.changed()
    sent = process.publish()
    assert blobs(sent) == ["b"] and topics(sent)["scene/7"]["version"] > first
    process.now = {"7": scene(blob("a"), orientation_axes=False)}
    process.scenes.changed()
    assert blobs(process.publish()) == []


def test_an_array_in_two_scenes_is_sent_once(process: Process) -> None:
    process.now = {"7": scene(blob("a")), "7/lod": scene(blob("a"), lod=True)}
    process.scenes.demand(wanted(1000, True))
    sent = process.publish()
    assert blobs(sent) == ["a"] and set(topics(sent)) == {"scene/7", "scene/7/lod"}
    process.now = {"7": scene(blob("a"))}
    process.scenes.demand(wanted(1000, False))
    assert topics(process.publish()) == {"scene/7/lod": None}


def test_what_the_gateway_dropped_comes_again(process: Process) -> None:
    process.publish()
    process.scenes.dropped(["f" * 32])
    assert not process.scenes.due, "nobody needs that one now"
    process.scenes.dropped(["a" * 32])
    sent = process.publish()
    assert blobs(sent) == ["a"] and len(sent) == 1


def test_topics_go_when_nobody_draws_any_more(process: Process) -> None:
    process.publish()
    process.scenes.demand(wanted(0, False))
    assert topics(process.publish()) == {"scene/7": None}
    process.scenes.changed()
    assert not process.scenes.due


def test_a_new_limit_reads_again_and_the_same_one_does_not(process: Process) -> None:
    process.publish()
    process.scenes.demand(wanted(1000, False))
    assert not process.scenes.due
    process.scenes.demand(wanted(2000, False))
    process.publish()
    assert process.asked[-1] == (2000, False)


def test_another_view_takes_the_place_of_the_one_before(process: Process) -> None:
    process.publish()
    process.now = {"8": scene(blob("a"), view="8")}
    process.scenes.changed()
    changes = topics(process.publish())
    assert changes["scene/7"] is None and changes["scene/8"]["view"] == "8"


def test_a_scene_that_cannot_be_read_is_a_sentence(process: Process) -> None:
    process.publish()
    process.sent.clear()
    process.scenes.failed(["7"], "It went wrong.")
    assert topics(process.sent)["scene/7"]["unsupported_reason"] == "It went wrong."
    process.sent.clear()
    process.scenes.failed(["7"], "It went wrong.")
    assert process.sent == [], "said once"
    process.scenes.changed()
    assert topics(process.publish())["scene/7"]["unsupported_reason"] is None


def test_an_array_too_large_for_the_channel_is_not_sent(process: Process) -> None:
    process.now = {"7": scene(blob("a", MAX_CHANNEL_MESSAGE // 12 + 1))}
    sent = process.publish()
    value = topics(sent)["scene/7"]
    assert blobs(sent) == [] and value["parts"] == [] and "268 MB" in value["unsupported_reason"]


def test_an_array_that_cannot_be_made_is_asked_for_again(process: Process) -> None:
    def fail(name: str) -> Any:
        raise KeyError(name)

    broken = Process()
    broken.scenes = Scenes(lambda demand: broken.now, fail, broken.sent.append)
    broken.scenes.demand(wanted(1000, False))
    with pytest.raises(KeyError):
        broken.scenes.publish()
    assert broken.sent == [], "no topic names what is not there"


def test_a_scene_waits_for_images_but_not_for_ever(process: Process) -> None:
    assert [process.scenes.passed_over() for _ in range(PATIENCE + 1)] == [False] * PATIENCE + [True]
    process.publish()
    assert not process.scenes.passed_over()
