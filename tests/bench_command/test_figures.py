"""What is said of images, from images made up."""

from __future__ import annotations

from typing import Any

import pytest

from pvw_desktop.bench.client import Arrived
from pvw_desktop.bench.figures import percentile, rate, still, turning


def image(at: float, motion: int, **header: Any) -> Arrived:
    usual = {"width": 640, "height": 400, "lod": False, "wait_ms": 1.0, "render_ms": 20.0, "encode_ms": 2.0}
    return Arrived(at, {**usual, "motion": motion, **header}, 30_000)


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [([3.0], 50, 3.0), ([1.0, 2.0], 50, 1.5), ([4.0, 1.0, 3.0, 2.0], 100, 4.0), ([1, 2, 3, 4, 5], 25, 2.0)],
)
def test_percentile(values: list[float], percent: float, expected: float) -> None:
    assert percentile(values, percent) == expected


def test_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_rate_counts_the_gaps() -> None:
    assert rate([10.0, 10.5, 11.0]) == 2.0
    assert rate([1.0]) == rate([]) == 0.0


def test_a_turn_tells_where_the_time_went() -> None:
    sent = {1: 10.0, 2: 10.1, 3: 10.2}
    found = turning([image(10.03, 1), image(10.13, 2), image(10.26, 3, lod=True)], sent)
    assert found.images == 3
    assert found.per_second == pytest.approx(2 / 0.23)
    assert found.motion_to_image == pytest.approx(30)
    assert found.motion_to_image_p95 == pytest.approx(57)
    assert (found.wait, found.render, found.encode) == (1.0, 20.0, 2.0)
    assert found.rest == pytest.approx(7)
    assert (found.width, found.height, found.kilobytes) == (640, 400, 30.0)
    assert found.lod == pytest.approx(1 / 3)


def test_images_of_somebody_elses_motion_do_not_count() -> None:
    assert turning([image(10.5, 0), image(11.0, 7)], {7: 10.9}).images == 1


def test_what_is_measured_by_two_clocks_never_falls_below_nothing() -> None:
    assert turning([image(10.01, 1)], {1: 10.0}).rest == 0.0


def test_a_still_image() -> None:
    found = still(image(5.08, 4, width=1280, height=800), 5.0)
    assert found.motion_to_image == pytest.approx(80)
    assert (found.width, found.height, found.render, found.kilobytes) == (1280, 800, 20.0, 30.0)
