"""A topic that somebody adds is published like any; what is not declared, or not one's own, is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.server.conftest import Probe

pytestmark = pytest.mark.paraview

PROBE = Path(__file__).with_name("topics_probe.py")


@pytest.fixture(scope="module")
def found(probe: Probe) -> dict[str, Any]:
    return probe(PROBE)


def test_a_topic_comes_changes_and_goes_with_what_it_is_about(found: dict[str, Any]) -> None:
    assert found["before"] == []
    assert found["added"] == {"nodes": 1}
    assert found["gone"]


def test_one_that_nobody_gives_is_missed(found: dict[str, Any]) -> None:
    assert found["missing"] == ["count/*"]


def test_what_cannot_be_registered(found: dict[str, Any]) -> None:
    assert found["refused"] == [
        "count/* is given twice",
        "nothing is no topic that the server publishes",
        "jobs is no topic that the server publishes",
        "scene/* is no topic that the server publishes",
        "time is given twice",
    ]


def test_nobody_gives_what_is_somebody_elses(found: dict[str, Any]) -> None:
    assert found["foreign"] == "view/7 is not <lambda>'s to give"
