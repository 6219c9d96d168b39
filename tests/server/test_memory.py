"""What was deleted leaves memory: objects are counted, and bytes over many rounds."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from tests.server.conftest import Probe
from tests.server.harness import Server

pytestmark = pytest.mark.paraview

PROBE = Path(__file__).with_name("memory_probe.py")
IMAGE = [0, 79, 0, 79, 0, 79]
MOST = 40
"""MB."""


def test_nothing_is_left_of_what_was_deleted(probe: Probe) -> None:
    found = probe(PROBE)
    assert found["watched"] == 60
    assert found["left"] == []
    assert found["arrays"] == 0


def test_memory_after_many_rounds_is_that_after_a_few(server: Server) -> None:
    """What six rounds of half a million points leave, where everything stays, is 90 MB."""

    def round_of_work() -> None:
        image = server.call("pipeline.create", group="sources", name="RTAnalyticSource", inputs=[])["node"]
        server.call("proxy.apply", changes=[{"id": image, "values": {"WholeExtent": IMAGE}}])
        part = server.call("pipeline.create", group="filters", name="Threshold", inputs=[{"node": image, "port": 0}])[
            "node"
        ]
        server.call("proxy.apply", changes=[{"id": part, "values": {"LowerThreshold": 200}}])
        server.call("display.color_by", node=image, port=0, array="RTData", association="POINTS", component=-1)
        server.call("pipeline.delete", node=part)
        server.call("pipeline.delete", node=image)

    process = psutil.Process(server.process.pid)
    sizes = []
    for _ in range(2):
        for _ in range(6):
            round_of_work()
        sizes.append(process.memory_info().rss / 2**20)
    assert sizes[1] - sizes[0] < MOST, sizes
