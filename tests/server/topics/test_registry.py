"""A topic that somebody adds is published like any; what is not declared, or not one's own, is not."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.paraview

PROBE = Path(__file__).with_name("topics_probe.py")


@pytest.fixture(scope="module")
def found(pvpython: str, x_server: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("topics")
    subprocess.run(
        [pvpython, "--force-offscreen-rendering", str(PROBE), str(folder)],
        env={**os.environ, "DISPLAY": x_server},
        check=True,
        timeout=250,
    )
    return dict(json.loads((folder / "found.json").read_text()))


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
