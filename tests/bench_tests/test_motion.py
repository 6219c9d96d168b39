"""The path of the hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.bench.motion import hand, orbit, step, ticks
from tests.bench.our_client import example

CAMERA: dict[str, Any] = {"position": [1.0, 2.0, 13.0], "focal_point": [1.0, 2.0, 3.0], "view_up": [0.0, 1.0, 0.0]}


def distance(camera: dict[str, Any]) -> float:
    return math.dist(camera["position"], camera["focal_point"])


def test_no_drag_leaves_the_camera() -> None:
    assert orbit(CAMERA, (0.5, 0.5), example.turned)["position"] == pytest.approx(CAMERA["position"])


def test_a_drag_over_half_the_view_looks_from_behind() -> None:
    assert orbit(CAMERA, (1.0, 0.5), example.turned)["position"] == pytest.approx([1.0, 2.0, -7.0])


def test_a_drag_upwards_leaves_the_plane_and_keeps_the_distance() -> None:
    camera = orbit(CAMERA, (0.5, 0.6), example.turned)
    assert camera["position"][0] == pytest.approx(1.0) and abs(camera["position"][1] - 2.0) > 1
    assert distance(camera) == pytest.approx(10)
    assert camera["view_up"] == CAMERA["view_up"]


@pytest.mark.parametrize("place", [hand(0.0), hand(0.7), hand(5.0), step(1), step(6)])
def test_the_hand_stays_in_the_view(place: tuple[float, float]) -> None:
    assert all(0 < coordinate < 1 for coordinate in place)


async def test_ticks_rise_and_end() -> None:
    times = [at async for at in ticks(0.1)]
    assert times == sorted(times) and times[-1] < 0.1
    assert len(times) <= 7, "60 a second at most"
