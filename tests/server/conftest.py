"""A real server for the tests of each file, emptied between tests."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.harness import PATIENCE, Server

Probe = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def probe(pvpython: str, x_server: str, tmp_path_factory: pytest.TempPathFactory) -> Probe:
    """Runs a script inside pvpython, with a folder of its own and what else it is given; what it wrote into
    `found.json` there."""

    def run(script: Path, *arguments: Path) -> dict[str, Any]:
        folder = tmp_path_factory.mktemp(script.stem)
        done = subprocess.run(
            [pvpython, "--force-offscreen-rendering", str(script), str(folder), *map(str, arguments)],
            env={**os.environ, "DISPLAY": x_server},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return dict(json.loads((folder / "found.json").read_text()))

    return run


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
