"""The inbox, the frame scheduler and the autosave: pure decisions, no ParaView."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.protocol import messages as _messages  # noqa: F401  fills the registry
from pvw_desktop.protocol.channel import Cancel, Request, Slot
from pvw_desktop.server.frames import SCALES, STILL_AFTER, FrameScheduler, Plan
from pvw_desktop.server.inbox import Inbox
from pvw_desktop.server.work import LATEST, QUIET, Autosave


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def camera(motion: int, view: str = "1", client: str = "a") -> Request:
    return Request(None, "view.camera.set", {"view": view, "camera": {}, "motion": motion}, client)


def test_order_is_kept_and_the_newest_camera_wins() -> None:
    inbox = Inbox()
    assert inbox.put(camera(1)) is None
    inbox.put(Request(5, "time.step", {"to": "next"}))
    assert inbox.put(camera(2)) == camera(1)
    assert [inbox.get(0).method for _ in range(2)] == ["time.step", "view.camera.set"]
    assert inbox.get(0) is None


def test_cameras_of_other_views_and_clients_stay() -> None:
    inbox = Inbox()
    for request in (camera(1), camera(2, view="2"), camera(3, client="b")):
        assert inbox.put(request) is None


def test_a_value_does_not_replace_another_one() -> None:
    inbox = Inbox()
    inbox.put(Request(1, "proxy.set", {"id": "7", "values": {"Opacity": 1}}))
    assert inbox.put(Request(2, "proxy.set", {"id": "7", "values": {"LineWidth": 2}})) is None
    replaced = inbox.put(Request(3, "proxy.set", {"id": "7", "values": {"Opacity": 0.5}}))
    assert replaced is not None and replaced.id == 1


def test_cancel_drops_what_waits_and_marks_what_runs() -> None:
    inbox = Inbox()
    inbox.put(Request(1, "time.step", {"to": "next"}))
    inbox.put(Request(2, "time.step", {"to": "next"}))
    inbox.begin(inbox.get(0).id)
    dropped = inbox.put(Cancel(2))
    assert dropped is not None and dropped.id == 2 and not inbox.is_cancelled()
    inbox.put(Cancel(1))
    assert inbox.is_cancelled()
    inbox.end()
    assert not inbox.is_cancelled()


def scheduler(clock: Clock) -> FrameScheduler:
    frames = FrameScheduler(2, clock)
    frames.demand(True)
    return frames


def test_nothing_is_rendered_without_a_reason_or_a_viewer() -> None:
    clock = Clock()
    frames = scheduler(clock)
    assert frames.plan() is None and frames.wait() is None
    frames.changed()
    frames.demand(False)
    assert frames.plan() is None


def test_after_motion_comes_one_still_image() -> None:
    clock = Clock()
    frames = scheduler(clock)
    frames.camera_moved(moving=True)
    first = frames.plan()
    assert first is not None and not first.still
    assert frames.plan() is None and frames.wait() == STILL_AFTER
    clock.now += STILL_AFTER
    second = frames.plan()
    assert second is not None and second.still and second.scale == 1.0
    clock.now += 10
    frames.slot_free(first.slot)
    frames.slot_free(second.slot)
    assert frames.plan() is None


def test_the_end_of_a_motion_gives_the_still_image_at_once() -> None:
    frames = scheduler(Clock())
    frames.camera_moved(moving=True)
    frames.camera_moved(moving=False)
    plan = frames.plan()
    assert plan is not None and plan.still


def test_slow_renders_shrink_the_image_and_quick_ones_let_it_grow() -> None:
    clock = Clock()
    frames = scheduler(clock)

    def drag(cost_of_full: float, images: int) -> list[float]:
        scales = []
        for _ in range(images):
            frames.camera_moved(moving=True)
            plan = frames.plan()
            assert plan is not None
            scales.append(plan.scale)
            frames.rendered(plan, cost_of_full * (plan.scale**2 * 0.8 + 0.2))
            frames.slot_free(plan.slot)
        return scales

    slow = drag(0.060, 20)
    assert slow[-1] < 0.75 and len(set(slow[5:])) == 1, "the size pumps up and down"
    assert drag(0.010, 20)[-1] == 1.0
    assert drag(1.0, 20)[-1] == SCALES[-1]


@given(st.lists(st.sampled_from(["move", "settle", "change", "free0", "free1", "tick", "blind", "look"]), max_size=80))
def test_no_slot_is_given_twice(events: list[str]) -> None:
    clock = Clock()
    frames = scheduler(clock)
    taken: set[int] = set()
    for event in events:
        if event == "move":
            frames.camera_moved(moving=True)
        elif event == "settle":
            frames.camera_moved(moving=False)
        elif event == "change":
            frames.changed()
        elif event.startswith("free"):
            slot = int(event[-1])
            frames.slot_free(slot)
            taken.discard(slot)
        elif event == "tick":
            clock.now += 0.1
        else:
            frames.demand(event == "look")
        plan = frames.plan()
        if plan is not None:
            assert plan.slot not in taken
            taken.add(plan.slot)


def test_a_failed_render_gives_its_slot_back() -> None:
    frames = scheduler(Clock())
    frames.changed()
    plan = frames.plan()
    assert isinstance(plan, Plan)
    frames.failed(plan)
    assert sorted(frames._free) == [0, 1]


def test_work_is_saved_when_it_is_quiet_or_late() -> None:
    clock = Clock()
    saved: list[tuple[str, bool]] = []
    autosave = Autosave("x", lambda path, step: saved.append((path, step)), clock)
    assert autosave.wait() is None and not autosave.now()
    autosave.touch()
    assert autosave.wait() == QUIET
    begin = clock.now
    while not autosave.due():
        clock.now += 0.1
        autosave.touch()
    assert abs(clock.now - begin - LATEST) < 0.2
    assert autosave.now() and saved == [("x", True)] and autosave.wait() is None
    autosave.touch(step=False)
    assert autosave.now() and saved[-1] == ("x", False)


def test_a_failing_save_is_told_once() -> None:
    def fail(_path: str, _step: bool) -> None:
        raise OSError(28, "No space left on device")

    autosave = Autosave("x", fail, Clock())
    autosave.touch()
    assert not autosave.now() and autosave.problem is not None and "No space left" in autosave.take_problem()
    autosave.touch()
    assert not autosave.now() and autosave.problem is None


def test_other_messages_pass_through() -> None:
    inbox = Inbox()
    inbox.put(Slot(1))
    assert inbox.get(0) == Slot(1)
