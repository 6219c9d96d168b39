"""Interactive images as H.264: what comes out can be decoded, and is smaller at equal looks."""

from __future__ import annotations

from typing import Any

import av
import numpy
import pytest

from pvw_desktop.gateway.frames.encoder import Encoder, Pixels, Quality, Rate
from pvw_desktop.gateway.frames.encoders import find_encoder, find_video
from pvw_desktop.gateway.frames.encoders.h264 import VideoStream
from pvw_desktop.gateway.frames.rate_control import RateControl
from pvw_desktop.protocol import channel as wire

RATES = VideoStream.RATES


@pytest.fixture(scope="module")
def library() -> Encoder:
    return find_encoder()


def turning(library: Encoder, count: int, width: int = 320, height: int = 200) -> list[Pixels]:
    """A patterned disc that moves a little from image to image, as a model does under the hand."""
    y, x = numpy.mgrid[0:height, 0:width]
    found = []
    for step in range(count):
        inside = (x - width / 2 - 2 * step) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2
        shade = 128 + 100 * numpy.sin((x - 2 * step) / 6.0) * numpy.cos(y / 9.0)
        rows: Any = numpy.full((height, width, 3), 82, numpy.uint8)
        rows[inside] = numpy.stack([shade, 255 - shade, shade / 2], axis=-1)[inside].astype(numpy.uint8)
        found.append(library.take(memoryview(rows[::-1].tobytes()), width, height))
    return found


class Decoder:
    """The other end."""

    def __init__(self) -> None:
        self._codec: Any = av.CodecContext.create("h264", "r")
        self._codec.thread_count = 1
        self._codec.flags |= 0x80000  # low delay: each image comes out at once

    def __call__(self, data: bytes) -> Any:
        (frame,) = self._codec.decode(av.Packet(data))
        return frame.to_ndarray(format="rgb24")


def rows_of(pixels: Pixels) -> Any:
    return numpy.frombuffer(pixels.rgb(), numpy.uint8).reshape(pixels.height, pixels.width, 3)


def error(one: Any, other: Any) -> float:
    return float(numpy.abs(one.astype(int) - other.astype(int)).mean())


def test_it_is_there_where_its_package_is() -> None:
    found: object = find_video()
    assert found is VideoStream


def test_each_image_comes_out_at_once_and_looks_right(library: Encoder) -> None:
    stream, decode = VideoStream(RATES[0]), Decoder()
    for number, pixels in enumerate(turning(library, 12)):
        encoded = stream.encode(pixels)
        assert encoded.format == "h264" and encoded.size == (320, 200)
        assert encoded.keyframe == (number == 0)
        assert error(decode(encoded.payload), rows_of(pixels)) < 6


def test_half_the_bytes_of_jpeg_at_most(library: Encoder) -> None:
    stream = VideoStream(RATES[0])
    images = turning(library, 30)
    video_bytes = sum(len(stream.encode(pixels).payload) for pixels in images)
    assert video_bytes < sum(len(Quality(80).encode(pixels).payload) for pixels in images) / 2


def test_lower_rates_are_smaller(library: Encoder) -> None:
    images = turning(library, 10)

    def size(rate: Rate) -> int:
        stream = VideoStream(rate)
        return sum(len(stream.encode(pixels).payload) for pixels in images)

    sizes = [size(rate) for rate in RATES]
    assert sizes == sorted(sizes, reverse=True)


def test_a_key_image_can_be_asked_for_and_decoded_alone(library: Encoder) -> None:
    stream = VideoStream(RATES[0])
    images = turning(library, 6)
    assert [stream.encode(pixels).keyframe for pixels in images[:4]] == [True, False, False, False]
    stream.want_keyframe()
    encoded = stream.encode(images[4])
    assert encoded.keyframe
    assert error(Decoder()(encoded.payload), rows_of(images[4])) < 6
    assert not stream.encode(images[5]).keyframe


def test_another_size_begins_anew_and_odd_edges_are_left_away(library: Encoder) -> None:
    stream = VideoStream(RATES[0])
    assert stream.encode(turning(library, 1)[0]).keyframe
    (odd,) = turning(library, 1, width=161, height=99)
    encoded = stream.encode(odd)
    assert encoded.keyframe and encoded.size == (160, 98)
    assert Decoder()(encoded.payload).shape == (98, 160, 3)


# through the gateway


async def test_a_narrow_connection_gets_video_and_still_images_as_jpeg(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RateControl, "choose_video", lambda control, rates: rates[0])
    able, unable = await world.join(video=True), await world.join()
    for seq in range(1, 7):
        await world.render(seq, slot=seq % 2, width=64, height=48, still=seq == 4)
        await world.until(lambda seq=seq: len(able.frames) == seq and len(unable.frames) == seq)
    formats = [(header["format"], header["keyframe"]) for header, _ in able.frames]
    moving = [("h264", True), ("h264", False), ("h264", False), ("jpeg", True), ("h264", False), ("h264", False)]
    assert formats == moving
    assert {header["format"] for header, _ in unable.frames} == {"jpeg"}
    decode = Decoder()
    for header, payload in able.frames:
        if header["format"] == "h264":
            assert decode(payload).shape == (48, 64, 3)


async def test_a_client_that_lost_the_thread_gets_a_key_image(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RateControl, "choose_video", lambda control, rates: rates[0])
    lost, other = await world.join(video=True), await world.join(video=True)
    keys: list[tuple[bool, bool]] = []
    for seq in range(1, 6):
        await world.render(seq, slot=seq % 2, width=64, height=48, still=False)
        await world.until(lambda seq=seq: len(lost.frames) == seq and len(other.frames) == seq)
        keys.append((lost.frames[-1][0]["keyframe"], other.frames[-1][0]["keyframe"]))
        if seq == 3:
            await lost.notify("view.keyframe", view="7")
            await lost.call("session.ping")
    assert keys == [(True, True), (False, False), (False, False), (True, False), (False, False)]


async def test_each_view_has_a_video_of_its_own(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RateControl, "choose_video", lambda control, rates: rates[0])
    client = await world.join(video=True)
    await world.server.send(wire.Topics({"view/8": {"view": "8"}}))
    decoders = {"7": Decoder(), "8": Decoder()}
    for seq in range(1, 7):
        color = bytes((40 * seq, 90, 20))
        await world.render(seq, slot=seq % 2, view="78"[seq % 2], width=64, height=48, still=False, color=color)
        await world.until(lambda seq=seq: len(client.frames) == seq)
        header, payload = client.frames[-1]
        assert header["keyframe"] is (seq <= 2)
        assert decoders[header["view"]](payload)[24, 32] == pytest.approx([40 * seq, 90, 20], abs=12)
    await client.notify("view.keyframe", view="8")
    await client.call("session.ping")
    for seq, view in ((7, "7"), (8, "8")):
        await world.render(seq, slot=seq % 2, view=view, width=64, height=48, still=False)
        await world.until(lambda seq=seq: len(client.frames) == seq)
    assert [header["keyframe"] for header, _ in client.frames[6:]] == [False, True]
    (stream,) = world.session.images._streams.values()
    await world.server.send(wire.Topics({"view/8": None}))
    await world.until(lambda: list(stream.videos) == list(stream.last) == ["7"])


async def test_without_the_package_everybody_gets_jpeg(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RateControl, "choose_video", lambda control, rates: rates[0])
    world.session.images._video = None
    client = await world.join(video=True)
    await world.render(1, width=64, height=48, still=False)
    await world.until(lambda: client.frames)
    assert client.frames[0][0]["format"] == "jpeg"
