"""A real server for the tests of each file, emptied between tests, and real datasets that ParaView wrote."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.harness import Server


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


@pytest.fixture(scope="session")
def datasets(pvpython: str, x_server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("datasets")
    script = Path(__file__).with_name("datasets.py")
    done = subprocess.run(
        [pvpython, "--force-offscreen-rendering", str(script), str(folder)],
        capture_output=True,
        text=True,
        timeout=110,
        env={**os.environ, "DISPLAY": x_server},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return folder
