"""Interactive images over a narrow connection, decoded by a real browser."""

from __future__ import annotations

import json
import math
import struct
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Screen, Start

pytestmark = [pytest.mark.paraview, pytest.mark.browser]

BYTES_A_SECOND = 30_000
MOVES = 4000
"""At most: how many it takes until the connection is known to be narrow is a matter of how busy the machine is."""


@pytest.fixture
def headers(page: Page) -> list[dict[str, Any]]:
    """Headers of the images that came."""
    found: list[dict[str, Any]] = []

    def came(payload: Any) -> None:
        if isinstance(payload, bytes):
            (length,) = struct.unpack_from("<I", payload)
            found.append(json.loads(payload[4 : 4 + length]))

    page.on("websocket", lambda socket: socket.on("framereceived", came))
    return found


@pytest.fixture
def keys_wanted(page: Page) -> list[str]:
    """How often the page said that it lost the thread."""
    found: list[str] = []

    def sent(payload: Any) -> None:
        if json.loads(payload).get("method") == "view.keyframe":
            found.append(payload)

    page.on("websocket", lambda socket: socket.on("framesent", sent))
    return found


def test_a_narrow_connection_moves_as_video_and_rests_as_a_whole_image(
    start: Start, screen: Screen, headers: list[dict[str, Any]], keys_wanted: list[str]
) -> None:
    screen.page.add_init_script("localStorage.setItem('pvw.picture', JSON.stringify('remote'))")
    screen.go(start())
    screen.at("example").first.click()
    screen.shows_something()
    network = screen.page.context.new_cdp_session(screen.page)
    network.send("Network.enable")
    limits = {"offline": False, "latency": 10, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": 1e6}
    network.send("Network.emulateNetworkConditions", limits)
    headers.clear()
    before = screen.seq
    box = screen.at("viewport").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    for step in range(MOVES):
        screen.page.mouse.move(x + 150 * math.cos(step / 20), y + 100 * math.sin(step / 20))
        screen.page.wait_for_timeout(20)
        if sum(header["format"] == "h264" for header in headers) > 20:
            break
    screen.page.mouse.up()
    video = [header for header in headers if header["format"] == "h264"]
    assert len(video) > 20
    assert video[0]["keyframe"] and not all(header["keyframe"] for header in video)
    screen.still_image()
    assert headers[-1]["format"] == "jpeg" and headers[-1]["still"]
    assert screen.seq > before
    assert keys_wanted == []
