"""The quality that a connection carries in time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.gateway.frames.encoder import Quality
from pvw_desktop.gateway.frames.encoders.h264 import VideoStream
from pvw_desktop.gateway.frames.rate_control import INTERACTIVE, REMEMBERED_SECONDS, STILL, STILL_SECONDS, RateControl

RATES = VideoStream.RATES


class Connection:
    """A connection of so many bytes a second and so many seconds there and back, and what an image comes to."""

    def __init__(self, throughput: float, delay: float, best: int):
        self.control, self.now = RateControl(), 0.0
        self._throughput, self._delay, self._best = throughput, delay, best
        self._seq = 0
        self._idle = 0.0

    def size(self, quality: Quality) -> int:
        levels = INTERACTIVE if quality in INTERACTIVE else STILL
        return max(400, int(self._best * (1 if levels is INTERACTIVE else 4) * 0.6 ** levels.index(quality)))

    def images(self, count: int, still: bool = False) -> list[tuple[Quality, float]]:
        """Quality of each image, and seconds until it was acknowledged; the next goes out then."""
        found = []
        for _ in range(count):
            self._seq += 1
            quality = self.control.choose(still)
            size = self.size(quality)
            self.control.sent("7", self._seq, quality, size, self.now)
            took = self._delay + size / self._throughput
            self.now += took
            self.control.acknowledged("7", self._seq, self.now)
            found.append((quality, took))
        return found


def test_a_wide_connection_gets_the_best() -> None:
    wide = Connection(1e8, 0.005, 60_000)
    assert {quality for quality, _ in wide.images(50)} == {INTERACTIVE[0]}
    assert {quality for quality, _ in wide.images(5, still=True)} == {STILL[0]}


def test_far_away_is_not_narrow() -> None:
    far = Connection(2e7, 0.15, 60_000)
    far.images(10, still=True)
    assert far.images(60)[-1][0] == INTERACTIVE[0]


def test_a_narrow_connection_gets_fewer_bytes_in_time() -> None:
    narrow = Connection(125_000, 0.01, 60_000)
    moving = narrow.images(60)
    assert moving[-1][0] != INTERACTIVE[0]
    assert max(took for _, took in moving[20:]) < 0.2
    still = narrow.images(10, still=True)
    assert still[-1][1] < STILL_SECONDS * 1.2


def test_a_connection_that_becomes_narrow_is_noticed_after_large_images_that_were_quick() -> None:
    connection = Connection(1e8, 0.005, 60_000)
    connection.images(20)
    connection.images(3, still=True)
    connection._throughput = 60_000
    moving = connection.images(40)
    assert max(took for _, took in moving[25:]) < 0.25


def test_quality_comes_back_step_by_step() -> None:
    connection = Connection(50_000, 0.01, 60_000)
    low = INTERACTIVE.index(connection.images(40)[-1][0])
    assert low > 1
    connection._throughput = 1e8
    begin = connection.now
    steps = []
    while connection.now < begin + 2 * REMEMBERED_SECONDS:
        steps += [INTERACTIVE.index(quality) for quality, _ in connection.images(1)]
    assert steps[-1] == 0
    assert all(after >= before - 1 for before, after in zip([low, *steps], steps, strict=False))


def test_a_steady_connection_does_not_pump() -> None:
    connection = Connection(400_000, 0.02, 40_000)
    connection.images(60)
    chosen = [quality for quality, _ in connection.images(60)]
    assert sum(before != after for before, after in zip(chosen, chosen[1:], strict=False)) <= 2


def test_two_under_way_at_once_are_not_counted_twice() -> None:
    pace, now = RateControl(), 0.0
    for seq in range(1, 40):  # one is always under way: each takes 10 ms of the connection, and 20 ms to come through
        pace.sent("7", seq, INTERACTIVE[0], 10_000, now)
        if seq > 1:
            pace.acknowledged("7", seq - 1, now + 0.01)
        now += 0.01
    assert 0 < pace._line[1] < 1 / 900_000


def test_video_only_where_the_best_jpeg_takes_too_long() -> None:
    wide, narrow = Connection(1e8, 0.005, 60_000), Connection(125_000, 0.01, 60_000)
    wide.images(20)
    narrow.images(20)
    assert wide.control.choose_video(RATES) is None
    assert narrow.control.choose_video(RATES) in RATES


def test_a_key_image_says_nothing_of_those_that_follow() -> None:
    narrow = Connection(125_000, 0.0, 60_000)
    narrow.images(20)
    rate = narrow.control.choose_video(RATES)
    assert rate is not None
    narrow.control.sent("7", 1000, rate, 50_000, narrow.now, key=True)
    assert rate not in narrow.control._sizes
    narrow.control.sent("7", 1001, rate, 5_000, narrow.now, key=False)
    assert narrow.control._sizes[rate] == 5_000


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=40))
def test_acknowledgements_of_anything_break_nothing(acknowledged: list[tuple[int, bool]]) -> None:
    pace = RateControl()
    for number, (seq, still) in enumerate(acknowledged):
        pace.sent("7", number, pace.choose(still), 1000, float(number))
        pace.acknowledged("7", seq, float(number))
        assert pace.choose(still) in (*INTERACTIVE, *STILL)
