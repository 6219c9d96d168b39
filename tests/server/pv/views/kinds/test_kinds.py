"""A second kind of view, registered as a user's module would: it is made, drawn and taken away, and what only render
views can do is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.protocol.errors import BadRequest
from tests.server.conftest import Probe

pytestmark = pytest.mark.paraview

PROBE = Path(__file__).with_name("kinds_probe.py")


@pytest.fixture(scope="module")
def found(probe: Probe) -> dict[str, Any]:
    return probe(PROBE)


def test_a_kind_is_declared_and_registers_once(found: dict[str, Any]) -> None:
    assert found["refused"] == ["chart is no kind of view: render are", "chart has two classes"]
    assert found["kinds"] == ["chart", "render"]


def test_it_has_its_own_topic_and_images_and_no_camera_and_no_geometry(found: dict[str, Any]) -> None:
    assert found["topic"] == {"view": found["view"], "kind": "chart", "width": 1280, "height": 800}
    assert (found["size"], found["interactive"]) == ([300, 200], [150, 100])
    assert found["camera"] is None and found["scenes"] == [True]


def test_what_is_for_render_views_alone_says_so(found: dict[str, Any]) -> None:
    sentence = "That is for a render view, and this view is a line chart."
    expected = [BadRequest.code, sentence]
    assert found["answers"] == {name: expected for name in ("view.camera.set", "view.camera.reset", "view.set")}


def test_a_place_is_known_by_every_view_that_had_it_and_a_hand_goes_on_there(found: dict[str, Any]) -> None:
    assert found["place"] == [True, True, 5]


def test_a_session_with_it_alone_can_be_cleared(found: dict[str, Any]) -> None:
    assert found["cleared"] == [None, True, []]


def test_data_is_shown_in_it_and_it_goes_with_all_that_was_in_it(found: dict[str, Any]) -> None:
    assert found["shown"] == [None, True]
    assert found["kept"], "the render view is as before"
    assert found["failed"], "a request that failed took nothing of it away"
    assert found["left"] == [] and found["notes"] == []
