"""Images from the channel to clients on real sockets."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import pytest
from PIL import Image

from pvw_desktop.gateway.frames.encoder import Quality
from pvw_desktop.gateway.frames.encoders.jpeg import _Array
from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.channel import MAX_HEIGHT, MAX_WIDTH


async def test_an_image_arrives_with_its_header_and_its_slot_goes_back(world: Any) -> None:
    client = await world.join()
    await world.render(1, width=40, height=30, color=bytes((200, 30, 40)), render_ms=12.345)
    await world.until(lambda: client.frames)
    header, payload = client.frames[0]
    assert (header["type"], header["view"], header["seq"], header["format"]) == ("frame", "7", 1, "jpeg")
    assert (header["width"], header["height"], header["still"], header["motion"]) == (40, 30, True, 0)
    assert header["camera"]["focal_point"] == [0.0, 0.0, 0.0]
    assert header["render_ms"] == 12.35 or header["render_ms"] == 12.34
    with Image.open(io.BytesIO(payload)) as image:
        pixel: Any = image.getpixel((20, 15))
        red, green, blue = pixel
        assert abs(red - 200) + abs(green - 30) + abs(blue - 40) < 12
    assert (await world.server.next(wire.Slot)).slot == 0


async def test_the_motion_number_is_told_to_the_client_whose_camera_it_is(world: Any) -> None:
    mover, other = await world.join(), await world.join()
    await world.render(1, still=False, client=mover.id, motion=41)
    await world.until(lambda: mover.frames and other.frames)
    assert mover.frames[0][0]["motion"] == 41
    assert other.frames[0][0]["motion"] == 0
    assert mover.frames[0][1] == other.frames[0][1]


async def test_an_image_is_encoded_once_for_all_clients(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Quality] = []
    encode = _Array.jpeg

    def counting(pixels: _Array, quality: Quality) -> bytes:
        calls.append(quality)
        return encode(pixels, quality)

    monkeypatch.setattr(_Array, "jpeg", counting)
    clients = [await world.join() for _ in range(10)]
    await world.render(1)
    await world.until(lambda: all(client.frames for client in clients))
    assert len(calls) == 1
    assert len({client.frames[0][1] for client in clients}) == 1


async def test_nobody_looks_nothing_is_wanted(world: Any) -> None:
    assert (await world.server.next(wire.Demand)).of("7").images is False
    client = await world.join()
    assert (await world.server.next(wire.Demand)).of("7").images is True
    await client.notify("view.visible", view="7", visible=False)
    assert (await world.server.next(wire.Demand)).of("7").images is False
    await client.notify("view.visible", view="7", visible=True)
    assert (await world.server.next(wire.Demand)).of("7").images is True
    await client.close()
    assert (await world.server.next(wire.Demand)).of("7").images is False


async def test_a_client_that_wants_no_images_gets_none(world: Any) -> None:
    silent, looking = await world.join(images=False), await world.join()
    await world.render(1)
    await world.until(lambda: looking.frames)
    assert (await silent.call("session.ping"))["state"] == "ready"
    assert silent.frames == []


async def test_a_client_that_never_acknowledges_gets_two_and_holds_the_process_back(world: Any) -> None:
    client = await world.join(acknowledge=False)
    for seq in (1, 2):
        await world.render(seq, slot=seq - 1)
        await world.until(lambda seq=seq: len(client.frames) == seq)
    await client.call("session.ping")
    assert world.server.of(wire.Slot) == []
    await client.notify("view.ack", view="7", seq=99)
    await client.call("session.ping")
    assert world.server.of(wire.Slot) == []
    await client.notify("view.ack", view="7", seq=1)
    slot = (await world.server.next(wire.Slot)).slot
    await world.render(3, slot=slot)
    await world.until(lambda: len(client.frames) == 3)
    assert world.server.of(wire.Slot) == []


async def test_a_slow_client_never_delays_another(world: Any) -> None:
    slow, fast = await world.join(acknowledge=False), await world.join()
    slot = 0
    for seq in range(1, 21):
        await world.render(seq, slot=slot)
        await world.until(lambda seq=seq: fast.frames and fast.frames[-1][0]["seq"] == seq)
        slot = (await world.server.next(wire.Slot)).slot
    assert [header["seq"] for header, _ in fast.frames] == list(range(1, 21))
    assert [header["seq"] for header, _ in slow.frames] == [1, 2]
    await slow.notify("view.ack", view="7", seq=2)
    await world.until(lambda: len(slow.frames) == 3)
    assert slow.frames[-1][0]["seq"] == 20


async def test_who_joins_late_gets_the_newest_image_at_once(world: Any) -> None:
    first = await world.join()
    await world.render(5)
    await world.until(lambda: first.frames)
    late = await world.join()
    await world.until(lambda: late.frames)
    assert late.frames[0][0]["seq"] == 5


async def test_the_size_reaches_a_process_that_is_busy_and_the_one_after_it(world: Any) -> None:
    client = await world.join()
    running = client.start("pipeline.clear")
    request = await world.server.next(wire.Request)
    waiting = client.start("view.size", view="7", width=972, height=728, ratio=2)
    demand = await world.server.next(wire.Demand, lambda demand: "7" in demand.views)
    assert (demand.of("7").images, demand.of("7").size) == (True, (972, 728, 2.0))
    assert world.server.of(wire.Request) == [], "the request itself waits for its turn"
    await world.server.send(wire.Reply(request.id, {}))
    await running
    size = await world.server.next(wire.Request)
    await world.server.send(wire.Reply(size.id, {}))
    await waiting
    again = await world.start_server()
    first = await again.next(wire.Demand)
    assert (first.size, first.views) == ((972, 728, 2.0), {}), "it is told with the first word"


async def test_the_size_of_another_view_is_no_size_of_the_first(world: Any) -> None:
    client = await world.join()
    await world.server.send(wire.Topics({"pipeline": {"nodes": [], "view": "7"}, "view/7": {}, "view/8": {}}))
    await world.until(lambda: "view/8" in client.topics)
    for view, width in (("8", 320), ("7", 640), ("8", 330)):
        waiting = client.start("view.size", view=view, width=width, height=200)
        request = await world.server.next(wire.Request)
        assert (request.params["view"], request.params["width"]) == (view, width)
        await world.server.send(wire.Reply(request.id, {}))
        client.result(await waiting)
    demand = world.server.of(wire.Demand)[-1]
    assert (demand.of("7").size, demand.of("8").size) == ((640, 200, 1.0), (330, 200, 1.0))
    again = await world.start_server()
    first = await again.next(wire.Demand)
    assert (first.size, first.views) == ((640, 200, 1.0), {})


async def test_the_size_of_a_view_that_went_meanwhile_is_the_firsts_for_the_next_process(world: Any) -> None:
    """A state file may have brought another view to its place."""
    client = await world.join()
    await world.server.send(wire.Topics({"pipeline": {"nodes": [], "view": "8"}, "view/7": None, "view/8": {}}))
    await world.until(lambda: "view/8" in client.topics)
    client.start("view.size", view="7", width=640, height=200)
    await world.server.next(wire.Request)
    assert world.server.of(wire.Demand)[-1].views == {}, "the request itself brings it to this one"
    again = await world.start_server()
    assert (await again.next(wire.Demand)).size == (640, 200, 1.0)


async def test_an_image_of_a_view_that_is_gone_is_shown_to_nobody(world: Any) -> None:
    client = await world.join()
    await world.server.send(wire.Topics({"view/7": {}, "view/8": {}}))
    await world.server.send(wire.Topics({"view/7": None}))
    await world.render(1, slot=0, view="7")
    await world.render(2, slot=1, view="8")
    await world.until(lambda: client.frames)
    assert [header["view"] for header, _ in client.frames] == ["8"]


async def test_the_header_says_the_size_of_the_view(world: Any) -> None:
    client = await world.join()
    await world.render(1, width=8, height=6, full=(16, 12), still=False)
    await world.until(lambda: client.frames)
    assert client.frames[0][0]["full"] == [16, 12]


async def test_numbers_keep_growing_over_a_restart(world: Any) -> None:
    client = await world.join()
    await world.render(7)
    await world.until(lambda: client.frames)
    world.session.detach("It was restarted.")
    await world.start_server()
    late = await world.join()
    await world.render(1)
    await world.until(lambda: len(client.frames) == 2 and late.frames)
    assert client.frames[-1][0]["seq"] == 8
    assert [header["seq"] for header, _ in late.frames] == [8]


async def test_an_image_that_cannot_be_encoded_gives_one_notice_and_its_slot_back(world: Any) -> None:
    client = await world.join()
    image: dict[str, Any] = {"view": "7", "still": True, "camera": {}, "client": "", "motion": 0, "render_ms": 1.0}
    for seq, (slot, width, height) in enumerate([(0, MAX_WIDTH, MAX_HEIGHT + 1), (0, 0, 5), (0, -4, -4)], 1):
        await world.server.send(wire.Image(slot=slot, seq=seq, width=width, height=height, **image))
        assert (await world.server.next(wire.Slot)).slot == 0
    await world.server.send(wire.Image(slot=99, seq=4, width=4, height=4, **image))
    await world.render(5, slot=1)
    await world.until(lambda: client.frames)
    assert [header["seq"] for header, _ in client.frames] == [5]
    assert len(client.notices) == 1
    assert "image" in client.notices[0]["message"]


async def test_the_loop_answers_while_a_large_image_is_encoded(world: Any) -> None:
    client = await world.join()
    await world.render(1, width=3840, height=2160, color=b"\x55\x10\x99")
    slowest = 0.0
    while not client.frames:
        begun = asyncio.get_running_loop().time()
        await client.call("session.ping")
        slowest = max(slowest, asyncio.get_running_loop().time() - begun)
    assert slowest < 0.25
