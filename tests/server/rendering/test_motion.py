"""Whose hand moves a camera, without ParaView."""

from __future__ import annotations

from pvw_desktop.server.rendering.motion import CameraMotions, Motion
from pvw_desktop.server.rendering.scheduler import RenderScheduler


def cameras(*views: str) -> CameraMotions:
    renders = RenderScheduler(2, lambda: 0.0)
    renders.show([*views])
    return CameraMotions(renders, lambda: 3.5)


def test_an_image_shows_the_newest_movement_and_the_next_one_says_no_time() -> None:
    motions = cameras("1")
    motions.moved("1", "c1", 4, interactive=True)
    motions.moved("1", "c1", 5, interactive=True)
    assert motions.show("1") == Motion("c1", 5, 3.5)
    assert motions.show("1") == Motion("c1", 5, None)


def test_who_moved_a_view_is_forgotten_with_it() -> None:
    motions = cameras("1", "2")
    motions.moved("1", "c1", 4, interactive=True)
    motions.moved("2", "c1", 9, interactive=True)
    motions.follow_views(["2"], {})
    assert list(motions._motions) == ["2"]
    assert motions.show("2").number == 9


def test_a_hand_goes_on_in_the_view_that_took_the_place() -> None:
    motions = cameras("1", "2")
    motions.moved("1", "c1", 4, interactive=True)
    motions.follow_views(["3"], {"1": "3"})
    assert (motions.show("3").client, motions.show("3").number) == ("c1", 4)
