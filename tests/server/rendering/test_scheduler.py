"""When which view is rendered, and in what detail: pure decisions, no ParaView."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.protocol.channel import Demand, ViewDemand
from pvw_desktop.protocol.messages.view import InteractiveQuality
from pvw_desktop.server.rendering.quality import FULL, LADDER, WORSE_ALLOWS, Detail, InteractiveDetail
from pvw_desktop.server.rendering.scheduler import HAND_RUN, PREPARE_AFTER, STILL_AFTER, Plan, RenderScheduler


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def scheduler(clock: Clock, *views: str, slots: int = 2) -> RenderScheduler:
    """Views that were shown and rendered."""
    frames = RenderScheduler(slots, clock)
    frames.demand(Demand(True))
    frames.show(list(views or ["1"]))
    while (plan := frames.plan()) is not None:
        frames.slot_free(plan.slot)
    return frames


def test_a_new_view_is_rendered_once() -> None:
    frames = RenderScheduler(2, Clock())
    frames.demand(Demand(True))
    frames.show(["1"])
    assert frames.plan() == Plan("1", 0, FULL, still=True)
    assert frames.plan() is None and frames.wait() is None


def test_nothing_is_rendered_without_a_viewer() -> None:
    frames = scheduler(Clock())
    frames.changed()
    frames.demand(Demand(False))
    assert frames.plan() is None and frames.wait() is None and frames.to_prepare() is None


def test_after_motion_comes_one_still_image() -> None:
    clock = Clock()
    frames = scheduler(clock)
    frames.camera_moved("1", interactive=True)
    first = frames.plan()
    assert first is not None and not first.still
    assert frames.plan() is None and frames.wait() == STILL_AFTER
    clock.now += STILL_AFTER
    second = frames.plan()
    assert second is not None and second.still and second.detail == FULL
    clock.now += 10
    frames.slot_free(first.slot)
    frames.slot_free(second.slot)
    assert frames.plan() is None


def test_the_end_of_a_motion_gives_the_still_image_at_once() -> None:
    frames = scheduler(Clock())
    frames.camera_moved("1", interactive=True)
    frames.camera_moved("1", interactive=False)
    plan = frames.plan()
    assert plan is not None and plan.still


def test_the_rest_of_the_camera_counts_from_its_arrival_and_not_from_its_turn() -> None:
    """A render of half a second was in the way: a camera that came at its beginning has rested, one that came at its
    end has not."""
    clock = Clock()
    for arrived, still in ((0.0, True), (0.45, False)):
        clock.now = 0.5
        frames = scheduler(clock)
        frames.camera_moved("1", interactive=True, arrived=arrived)
        moving = frames.plan()
        assert moving is not None and not moving.still
        following = frames.plan()
        assert (following is not None and following.still) is still


def test_a_newer_camera_puts_the_still_image_off() -> None:
    clock = Clock()
    frames = scheduler(clock, slots=1)
    frames.camera_moved("1", interactive=True)
    plan = frames.plan()
    assert plan is not None
    clock.now += 1.0
    frames.camera_moved("1", interactive=True)
    frames.slot_free(plan.slot)
    following = frames.plan()
    assert following is not None and not following.still


def test_a_change_under_the_hand_is_shown_by_moving_images_until_it_rests() -> None:
    clock = Clock()
    frames = scheduler(clock, slots=4)
    frames.camera_moved("1", interactive=True)
    assert frames.plan() is not None
    clock.now += STILL_AFTER / 2
    frames.changed()
    shown = frames.plan()
    assert shown is not None and not shown.still
    assert frames.plan() is None
    clock.now += STILL_AFTER
    rested = frames.plan()
    assert rested is not None and rested.still


def drag(detail: InteractiveDetail, fixed: float, pixels: float, coarse: float = 0.2, images: int = 40) -> list[Detail]:
    """What is chosen while a full image costs `fixed` + `pixels` seconds and coarse geometry a share of `fixed`."""
    chosen = []
    for _ in range(images):
        now = detail.choose()
        chosen.append(now)
        detail.learn(now, fixed * (coarse if now.lod else 1) + pixels * now.scale**2)
    return chosen


def seconds(now: Detail, fixed: float, pixels: float, coarse: float = 0.2) -> float:
    return fixed * (coarse if now.lod else 1) + pixels * now.scale**2


def test_what_is_quick_is_shown_in_full() -> None:
    assert set(drag(InteractiveDetail(), 0.004, 0.02)) == {FULL}


def test_pixels_that_cost_too_much_are_left_away() -> None:
    settled = drag(InteractiveDetail(), 0.006, 0.05)[-1]
    assert settled.scale < 1 and not settled.lod
    assert seconds(settled, 0.006, 0.05) <= 1.15 / 30


def test_geometry_that_costs_too_much_becomes_coarse() -> None:
    settled = drag(InteractiveDetail(), 0.1, 0.03)[-1]
    assert settled.lod
    assert seconds(settled, 0.1, 0.03) <= 1.15 / 30


def test_the_worst_is_all_there_is() -> None:
    assert drag(InteractiveDetail(), 2.0, 1.0)[-1] == LADDER[-1]


def test_a_lower_rate_gives_a_better_look() -> None:
    slow = InteractiveDetail()
    slow.quality = InteractiveQuality(rate=5)
    assert drag(slow, 0.1, 0.03)[-1] == FULL


def test_options_are_kept_to() -> None:
    whole, fine = InteractiveDetail(), InteractiveDetail()
    whole.quality = InteractiveQuality(full_size=True)
    fine.quality = InteractiveQuality(lod=False)
    assert {detail.scale for detail in drag(whole, 0.2, 0.2)} == {1.0}
    assert not any(detail.lod for detail in drag(fine, 0.2, 0.2))


def test_one_slow_first_image_is_no_measure_and_many_are() -> None:
    detail = InteractiveDetail()
    drag(detail, 0.004, 0.02)
    assert detail.choose() == FULL
    detail.learn(FULL, 0.5, first=True)
    assert detail.choose() == FULL
    for _ in range(16):
        detail.learn(FULL, 0.5, first=True)
    assert detail.choose() != FULL


def test_a_single_image_that_was_held_up_changes_little() -> None:
    detail = InteractiveDetail()
    drag(detail, 0.004, 0.02)
    detail.learn(FULL, 3.0)
    assert detail.choose() == FULL


@given(st.floats(0.0005, 0.3), st.floats(0.0005, 0.3), st.floats(0.05, 0.9))
def test_it_settles_and_does_not_pump(fixed: float, pixels: float, coarse: float) -> None:
    chosen = drag(InteractiveDetail(), fixed, pixels, coarse, images=300)
    changes = sum(before != after for before, after in zip(chosen[30:], chosen[31:], strict=False))
    assert changes <= 6, "it pumps: ten seconds of dragging may show a better look tried three times, not more"


def test_the_first_guess_comes_from_the_still_image() -> None:
    detail = InteractiveDetail()
    detail.learn_still(0.5)
    assert detail.expects_coarse()
    assert detail.choose().lod
    quick = InteractiveDetail()
    quick.learn_still(0.01)
    assert not quick.expects_coarse()
    assert quick.choose() == FULL


def test_coarse_geometry_is_entered_at_no_more_pixels_than_before() -> None:
    """Full geometry got too slow at a quarter of the pixels: what coarse geometry takes is only guessed."""
    detail = InteractiveDetail()
    detail.learn_still(0.02)
    before = detail.choose()
    for _ in range(60):
        detail.learn(before, 0.045 + 0.004 * before.scale**2)
        now = detail.choose()
        if now.lod and not before.lod:
            assert now.scale <= before.scale
            return
        before = now
    raise AssertionError("it never became coarse")


@given(st.floats(0.0005, 0.3), st.floats(0.0005, 0.3), st.floats(0.05, 0.9), st.lists(st.floats(0.2, 5), max_size=5))
def test_it_never_jumps_up_to_what_was_not_foreseen(
    fixed: float, pixels: float, coarse: float, changes: list[float]
) -> None:
    """Whatever an image comes to cost in the middle of a motion: an image of more pixels or of finer geometry than the
    one before was expected to be in time."""
    detail, before = InteractiveDetail(), None
    detail.learn_still(fixed + pixels)
    for factor in (1.0, *changes):
        if factor != 1.0:
            detail.forget()
        for _ in range(12):
            now = detail.choose()
            if before is not None and now.scale > before.scale:
                measured = detail._costs[now.lod]
                if not measured.known and not now.lod:
                    measured = detail._still_guess
                expected = measured.expect(now.scale**2)
                assert expected is not None and expected * detail.quality.rate <= WORSE_ALLOWS
            detail.learn(now, factor * (fixed * (coarse if now.lod else 1) + pixels * now.scale**2))
            before = now


def test_coarse_geometry_is_prepared_once_at_rest() -> None:
    clock = Clock()
    frames = scheduler(clock)
    frames.changed()
    plan = frames.plan()
    assert plan is not None
    frames.rendered(plan, 0.5)
    assert frames.to_prepare() is None and frames.wait() == PREPARE_AFTER
    clock.now += PREPARE_AFTER
    assert frames.to_prepare() == "1"
    assert frames.to_prepare() is None and frames.wait() is None


def test_time_that_plays_is_shown_quickly_and_in_full_geometry() -> None:
    clock = Clock()
    frames = scheduler(clock)
    frames.set_quality("1", InteractiveQuality())
    scale = 1.0
    for _ in range(30):
        frames.played()
        plan = frames.plan()
        assert plan is not None and not plan.still and plan.playing and not plan.detail.lod
        scale = plan.detail.scale
        frames.rendered(plan, seconds(plan.detail, 0.005, 0.1))
        frames.slot_free(plan.slot)
    assert scale < 1
    clock.now += STILL_AFTER
    last = frames.plan()
    assert last is not None and last.still


def test_the_view_under_the_hand_comes_first_and_starves_nobody() -> None:
    clock = Clock()
    frames = scheduler(clock, "1", "2", "3")
    frames.changed()
    seen: Counter[str] = Counter()
    order = []
    for _ in range(12):
        frames.camera_moved("2", interactive=True)
        frames.changed("1")
        frames.changed("3")
        plan = frames.plan()
        assert plan is not None
        seen[plan.view] += 1
        order.append(plan.view)
        frames.slot_free(plan.slot)
    assert order[:HAND_RUN] == ["2"] * HAND_RUN
    assert seen == {"2": 8, "1": 2, "3": 2}


def test_views_without_a_hand_take_turns() -> None:
    frames = scheduler(Clock(), "1", "2")
    order = []
    for _ in range(6):
        frames.changed()
        plan = frames.plan()
        assert plan is not None
        order.append(plan.view)
        frames.slot_free(plan.slot)
    assert order == ["1", "2"] * 3


def test_a_view_that_nobody_looks_at_waits_until_somebody_does() -> None:
    frames = scheduler(Clock(), "1", "2")
    frames.changed()
    frames.demand(Demand(True, {"2": ViewDemand(False)}))
    frames.camera_moved("2", interactive=True)
    plan = frames.plan()
    assert plan is not None and plan.view == "1" and frames.wanted
    assert frames.plan() is None and frames.wait() is None
    frames.demand(Demand(False, {"2": ViewDemand(True)}))
    plan = frames.plan()
    assert plan is not None and plan.view == "2"
    frames.demand(Demand(True, {"1": ViewDemand(False), "2": ViewDemand(False)}))
    assert not frames.wanted, "whatever would hold for others"


def test_a_view_that_is_gone_is_not_rendered() -> None:
    frames = scheduler(Clock(), "1", "2")
    frames.changed()
    plan = frames.plan()
    assert plan is not None and plan.view == "1"
    frames.show(["2"])
    frames.rendered(plan, 0.1)
    frames.slot_free(plan.slot)
    following = frames.plan()
    assert following is not None and following.view == "2"


@given(st.lists(st.sampled_from(["move", "settle", "change", "play", "free0", "free1", "tick", "blind", "look"])))
def test_no_slot_is_given_twice(events: list[str]) -> None:
    clock = Clock()
    frames = scheduler(clock)
    taken: set[int] = set()
    for event in events:
        if event == "move":
            frames.camera_moved("1", interactive=True)
        elif event == "settle":
            frames.camera_moved("1", interactive=False)
        elif event == "change":
            frames.changed()
        elif event == "play":
            frames.played()
        elif event.startswith("free"):
            slot = int(event[-1])
            frames.slot_free(slot)
            taken.discard(slot)
        elif event == "tick":
            clock.now += 0.1
        else:
            frames.demand(Demand(event == "look"))
        plan = frames.plan()
        if plan is not None:
            assert plan.slot not in taken
            taken.add(plan.slot)


def test_a_failed_render_gives_its_slot_back() -> None:
    frames = scheduler(Clock(), slots=1)
    frames.changed()
    plan = frames.plan()
    assert plan is not None
    frames.failed(plan)
    frames.changed()
    assert frames.plan() is not None
