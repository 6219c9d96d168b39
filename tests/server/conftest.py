"""A real server for the tests of each file, emptied between tests."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from tests.server.harness import Server


@pytest.fixture(scope="session")
def coarse(pvpython: str) -> bool:
    """Whether there is coarse geometry: not where ParaView would make it by Viskores, whose own checks end it."""
    script = (
        "import vtkmodules.vtkAcceleratorsVTKmFilters; from paraview import servermanager as sm;"
        "assert sm.vtkSMProxyManager.GetVersionMajor() >= 6"
    )
    return subprocess.run([pvpython, "-c", script], capture_output=True, timeout=100).returncode != 0


@pytest.fixture(scope="module")
def running(pvpython: str, x_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(pvpython, x_server, work=tmp_path_factory.mktemp("work") / "work.pvsm")
    yield server
    assert server.close() == 0


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    running.role = "host"
    yield running
    assert not running.lost, "the server did not survive the test"
    running.role = "host"
    running.call("pipeline.clear")
    running.notes.clear()
    running.progress.clear()
    running.works.clear()
