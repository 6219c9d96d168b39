"""What follows from each effect, and that every method of the server declares the one it has."""

from __future__ import annotations

import dataclasses

import pytest

import pvw_desktop.protocol.messages  # noqa: F401  fills the registry
from pvw_desktop.protocol.registry import EFFECTS, METHODS
from pvw_desktop.server.effects import FOLLOWS, follows_from, is_eager

OF_THE_SERVER = [method for method in METHODS.values() if method.answered_by == "server"]


def test_every_effect_has_its_consequences() -> None:
    assert set(FOLLOWS) == set(EFFECTS)


@pytest.mark.parametrize("method", OF_THE_SERVER, ids=lambda method: str(method.name))
def test_what_changes_the_work_is_saved_told_and_can_be_taken_back(method: object) -> None:
    follows = follows_from(method, lost=False)  # type: ignore[arg-type]
    if follows.save and follows.step:
        assert follows.publish and follows.undo
    if follows.redraw or follows.redraw_where_published:
        assert follows.publish


def test_what_only_reads_comes_to_nothing() -> None:
    for name in ("catalog.list", "color.presets", "files.readers"):
        assert follows_from(METHODS[name], lost=False) == FOLLOWS["none"]


def test_a_name_draws_nothing_and_a_lost_result_everything() -> None:
    rename = METHODS["pipeline.rename"]
    assert follows_from(rename, lost=False).save and not follows_from(rename, lost=False).redraw
    assert follows_from(rename, lost=True).redraw


def test_what_is_about_one_view_names_it_and_draws_no_other() -> None:
    alone = {method.name for method in OF_THE_SERVER if follows_from(method, lost=False).one_view}
    assert alone == {"view.camera.reset", "view.set", "view.size"}
    for name in alone:
        (view,) = [field for field in dataclasses.fields(METHODS[name].params) if field.name == "view"]
        assert view.default is dataclasses.MISSING
        assert not follows_from(METHODS[name], lost=True).one_view, "a lost result may have been shown anywhere"


def test_what_follows_a_hand_is_saved_later() -> None:
    assert is_eager(METHODS["proxy.apply"]) and is_eager(METHODS["display.color_by"])
    assert not is_eager(METHODS["display.set"]) and not is_eager(METHODS["view.camera.set"])


def test_what_is_about_one_node_names_it_by_a_parameter() -> None:
    for method in OF_THE_SERVER:
        names = [field.name for field in dataclasses.fields(method.params)]
        assert method.about is None or method.about in names, method.name
