"""Which image goes to whom when."""

from __future__ import annotations

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pvw_desktop.gateway.frames.fanout import WINDOW, FrameFanout, SlotBook
from pvw_desktop.protocol.channel import SLOTS


@dataclasses.dataclass(frozen=True)
class Picture:
    seq: int
    view: str = "7"


def fanout(*viewers: str) -> FrameFanout[str, Picture]:
    frames: FrameFanout[str, Picture] = FrameFanout()
    frames.show(frozenset("78"))
    for viewer in viewers:
        frames.add(viewer)
    return frames


def take(frames: FrameFanout[str, Picture], viewer: str) -> Picture | None:
    """What is chosen for a client, sent at once."""
    image = frames.choose(viewer)
    frames.sent(viewer)
    return image


def sent(frames: FrameFanout[str, Picture], viewer: str) -> list[int]:
    out = []
    while (image := take(frames, viewer)) is not None:
        out.append(image.seq)
    return out


def test_each_image_goes_to_each_client() -> None:
    frames = fanout("a", "b")
    assert frames.offer(Picture(1)) == ["a", "b"]
    assert sent(frames, "a") == [1]
    assert sent(frames, "b") == [1]
    assert sent(frames, "a") == []


def test_two_are_under_way_at_most_and_the_newest_waits() -> None:
    frames = fanout("a")
    for seq in range(1, 10):
        frames.offer(Picture(seq))
        take(frames, "a")
    assert frames.offer(Picture(10)) == []
    assert take(frames, "a") is None
    assert frames.acknowledge("a", "7", 1)
    assert sent(frames, "a") == [10]


def test_acknowledging_an_image_covers_those_before_it() -> None:
    frames = fanout("a")
    for seq in (1, 2, 3):
        frames.offer(Picture(seq))
        take(frames, "a")
    assert frames.acknowledge("a", "7", 2)
    assert frames.room() == 1
    assert sent(frames, "a") == [3]
    assert not frames.acknowledge("a", "7", 1)


def test_acknowledgements_from_the_past_the_future_and_other_views_change_nothing() -> None:
    frames = fanout("a")
    for seq in (1, 2, 3):
        frames.offer(Picture(seq))
        take(frames, "a")
    for view, seq in (("7", 3), ("7", 99), ("7", 0), ("8", 1), ("", 2)):
        assert not frames.acknowledge("a", view, seq)
    assert not frames.acknowledge("nobody", "7", 1)
    assert take(frames, "a") is None


def test_a_client_that_never_acknowledges_delays_nobody() -> None:
    frames = fanout("slow", "fast")
    got = []
    for seq in range(1, 51):
        frames.offer(Picture(seq))
        take(frames, "slow")
        image = take(frames, "fast")
        assert image is not None
        got.append(image.seq)
        assert frames.acknowledge("fast", "7", seq)
    assert got == list(range(1, 51))
    assert frames.room() == WINDOW
    frames.remove("fast")
    assert frames.room() == 0


def test_who_joins_gets_the_newest_image_at_once() -> None:
    frames = fanout("a")
    frames.offer(Picture(1))
    frames.offer(Picture(2))
    frames.add("late")
    assert sent(frames, "late") == [2]


def test_a_hidden_client_gets_nothing_and_the_newest_when_it_is_back() -> None:
    frames = fanout("a", "b")
    frames.offer(Picture(1))
    take(frames, "a")
    frames.set_shown("a", "7", False)
    assert frames.offer(Picture(2)) == ["b"]
    assert take(frames, "a") is None
    frames.set_shown("a", "7", True)
    assert sent(frames, "a") == [2]
    assert not frames.acknowledge("a", "7", 1)
    assert frames.room() == WINDOW - 1


def test_an_image_that_comes_while_nobody_looks_is_out_of_date_when_somebody_does() -> None:
    """It was on its way when the last client turned away; what changed from then on was never rendered."""
    frames = fanout("a")
    frames.offer(Picture(1))
    take(frames, "a")
    frames.set_shown("a", "7", False)
    assert not frames.watched("7")
    assert frames.offer(Picture(2)) == []
    frames.set_shown("a", "7", True)
    assert sent(frames, "a") == []
    frames.offer(Picture(3))
    assert sent(frames, "a") == [3]


def test_a_view_that_is_gone_waits_for_nobody() -> None:
    frames = fanout("a")
    frames.offer(Picture(1, "7"))
    frames.offer(Picture(2, "8"))
    frames.show(frozenset("8"))
    frames.add("late")
    assert sent(frames, "a") == [2] and sent(frames, "late") == [2]
    assert frames.newest("7") is None


def test_visible_again_without_having_been_hidden_sends_nothing_twice() -> None:
    frames = fanout("a")
    frames.offer(Picture(1))
    take(frames, "a")
    frames.set_shown("a", "7", True)
    assert take(frames, "a") is None


def test_an_older_image_never_follows_a_newer_one() -> None:
    frames = fanout("a")
    frames.offer(Picture(5))
    assert frames.offer(Picture(4)) == []
    assert frames.offer(Picture(5)) == []
    assert sent(frames, "a") == [5]


def test_each_view_has_its_own_newest() -> None:
    frames = fanout("a")
    frames.offer(Picture(1, "7"))
    frames.offer(Picture(2, "8"))
    frames.offer(Picture(3, "7"))
    assert sent(frames, "a") == [2, 3]


def test_images_of_a_process_that_is_gone_are_not_shown_any_more() -> None:
    frames = fanout("a")
    frames.offer(Picture(1))
    frames.offer(Picture(2))
    take(frames, "a")
    frames.forget_images()
    assert take(frames, "a") is None
    assert frames.room() == WINDOW
    frames.add("b")
    assert take(frames, "b") is None


class Traffic(RuleBasedStateMachine):
    """Random clients, images and acknowledgements: order, bounds and newest-wins hold at every step."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: FrameFanout[str, Picture] = FrameFanout()
        self.frames.show(frozenset("7"))
        self.under_way: dict[str, list[int]] = {}
        self.last: dict[str, int] = {}
        self.hidden: set[str] = set()
        self.seq = 0

    @rule(viewer=st.sampled_from("abc"))
    def join(self, viewer: str) -> None:
        if viewer not in self.under_way:
            self.frames.add(viewer)
            self.under_way[viewer], self.last[viewer] = [], 0

    @rule(viewer=st.sampled_from("abc"))
    def leave(self, viewer: str) -> None:
        self.frames.remove(viewer)
        self.under_way.pop(viewer, None)
        self.hidden.discard(viewer)

    @rule()
    def render(self) -> None:
        self.seq += 1
        for viewer in self.frames.offer(Picture(self.seq)):
            assert viewer not in self.hidden

    @precondition(lambda self: self.under_way)
    @rule(data=st.data())
    def send(self, data: st.DataObject) -> None:
        viewer = data.draw(st.sampled_from(sorted(self.under_way)))
        image = take(self.frames, viewer)
        if image is not None:
            assert viewer not in self.hidden
            assert image.seq == self.seq
            assert image.seq > self.last[viewer]
            self.last[viewer] = image.seq
            self.under_way[viewer].append(image.seq)

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), seq=st.integers(0, 60))
    def acknowledge(self, data: st.DataObject, seq: int) -> None:
        viewer = data.draw(st.sampled_from(sorted(self.under_way)))
        known = seq in self.under_way[viewer]
        assert self.frames.acknowledge(viewer, "7", seq) is known
        if known:
            self.under_way[viewer] = [item for item in self.under_way[viewer] if item > seq]

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), visible=st.booleans())
    def show(self, data: st.DataObject, visible: bool) -> None:
        viewer = data.draw(st.sampled_from(sorted(self.under_way)))
        if visible is (viewer in self.hidden):
            self.under_way[viewer] = []
            self.last[viewer] = 0
        self.frames.set_shown(viewer, "7", visible)
        (self.hidden.discard if visible else self.hidden.add)(viewer)

    @invariant()
    def bounded(self) -> None:
        assert all(len(items) <= WINDOW for items in self.under_way.values())
        assert 0 <= self.frames.room() <= WINDOW
        assert self.frames.watched("7") is bool(set(self.under_way) - self.hidden)


TestTraffic = Traffic.TestCase
TestTraffic.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_a_slot_goes_back_once_it_is_encoded_and_there_is_room() -> None:
    book = SlotBook()
    book.arrived(0)
    assert book.give_back(2) == []
    book.encoded(0)
    assert book.give_back(1) == []
    assert book.give_back(2) == [0]
    assert book.give_back(2) == []


def test_without_room_every_slot_stays_here_and_room_for_one_gives_one() -> None:
    book = SlotBook()
    for slot in range(SLOTS):
        book.arrived(slot)
        book.encoded(slot)
    assert book.give_back(0) == []
    assert book.give_back(1) == [0]
    assert book.give_back(1) == []
    assert book.give_back(2) == [1]


def test_a_slot_that_was_not_taken_cannot_be_encoded() -> None:
    book = SlotBook()
    book.encoded(1)
    assert book.give_back(2) == []


@given(st.lists(st.tuples(st.sampled_from(["render", "encode", "room"]), st.integers(0, 2)), max_size=80))
def test_no_slot_is_ever_lost_or_in_two_hands(steps: list[tuple[str, int]]) -> None:
    book, free, encoding, room = SlotBook(), set(range(SLOTS)), set[int](), 2
    for step, number in steps:
        if step == "render" and free:
            slot = min(free)
            free.remove(slot)
            encoding.add(slot)
            book.arrived(slot)
        elif step == "encode" and encoding:
            slot = encoding.pop()
            book.encoded(slot)
        elif step == "room":
            room = number
        given_back = book.give_back(room)
        assert not free & set(given_back)
        assert not encoding & set(given_back)
        if given_back:
            assert len(free) + len(given_back) + len(encoding) <= room
        free |= set(given_back)
    while encoding:
        book.encoded(encoding.pop())
    free |= set(book.give_back(SLOTS))
    assert free == set(range(SLOTS))
