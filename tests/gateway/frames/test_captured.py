"""One image on its way, and how each client's next one is to be encoded."""

from __future__ import annotations

from typing import Any

from pvw_desktop.gateway.frames.captured import CapturedFrame, ClientStream, header
from pvw_desktop.gateway.frames.encoder import Encoded, Pixels
from pvw_desktop.gateway.frames.encoders.h264 import VideoStream
from pvw_desktop.gateway.frames.rate_control import INTERACTIVE, STILL
from pvw_desktop.protocol import channel as wire
from tests.gateway.conftest import CAMERA

ENCODED = Encoded(format="jpeg", keyframe=True, quality=80, size=(320, 200), payload=b"jpeg", milliseconds=1.234)


def frame(**fields: Any) -> CapturedFrame:
    image = {"still": False, "client": "c1", "motion": 41, "render_ms": 12.346, "wait_ms": 3.456, **fields}
    pixels: Pixels = None  # type: ignore[assignment]  # nothing here looks at them
    return CapturedFrame(
        wire.Image(slot=0, view="7", seq=3, width=640, height=400, camera=CAMERA, **image), 103, pixels
    )


def test_the_header_says_the_motion_to_whose_camera_it_is_alone() -> None:
    mine, other = header(frame(), ENCODED, "c1"), header(frame(), ENCODED, "c2")
    assert (mine["motion"], other["motion"]) == (41, 0)
    assert {**mine, "motion": 0} == other
    assert (mine["seq"], mine["view"], mine["width"], mine["height"], mine["full"]) == (103, "7", 320, 200, [640, 400])
    assert (mine["wait_ms"], mine["render_ms"], mine["encode_ms"]) == (3.46, 12.35, 1.23)


def test_the_size_of_full_images_is_that_of_the_view() -> None:
    assert header(frame(full=(1280, 800)), ENCODED, "c1")["full"] == [1280, 800]


def test_a_connection_nothing_is_known_of_gets_the_best() -> None:
    stream = ClientStream()
    assert stream.coding("7", still=True, video=VideoStream) == STILL[0]
    assert stream.coding("7", still=False, video=VideoStream) == INTERACTIVE[0]


def narrow() -> ClientStream:
    """A connection that took ten seconds for an image of 100 kB."""
    stream = ClientStream()
    stream.control.sent("7", 1, INTERACTIVE[0], 100_000, now=0.0)
    stream.control.acknowledged("7", 1, now=10.0)
    return stream


def test_over_a_narrow_one_what_moves_is_one_video_which_goes_on_over_still_images() -> None:
    stream = narrow()
    video = stream.coding("7", still=False, video=VideoStream)
    assert isinstance(video, VideoStream)
    assert stream.coding("7", still=True, video=VideoStream) in STILL
    assert stream.coding("7", still=False, video=VideoStream) is video
    assert narrow().coding("7", still=False, video=None) in INTERACTIVE[1:]


def test_each_view_has_a_video_of_its_own() -> None:
    """An image is coded by its difference from the one before it, and a page decodes those of its view alone."""
    stream = narrow()
    one, other = (stream.coding(view, still=False, video=VideoStream) for view in ("7", "8"))
    assert one is not other
    assert stream.coding("7", still=False, video=VideoStream) is one
    assert stream.coding("8", still=False, video=VideoStream) is other
