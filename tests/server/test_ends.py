"""However the process is told to end, or is left alone: what was changed a moment before is saved first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pvw_desktop.protocol import channel as wire
from tests.launcher.driver import wait_gone, wait_until
from tests.server.harness import Server

pytestmark = pytest.mark.paraview

ENDS: dict[str, Callable[[Server], object]] = {
    "quit": lambda server: server.send(wire.Quit()),
    "end of the channel": lambda server: server.hang_up(),
    "end of stdin": lambda server: server.process.stdin and server.process.stdin.close(),
    "SIGTERM": lambda server: os.kill(server.process.pid, signal.SIGTERM),
}


@pytest.mark.parametrize("how", ENDS)
def test_each_end_saves_what_was_changed_just_before(pvpython: str, x_server: str, tmp_path: Path, how: str) -> None:
    work = tmp_path / "work.pvsm"
    server = Server(pvpython, x_server, work=work)
    node = server.call("files.example", name="motion")["node"]
    server.call("pipeline.rename", node=node, name="changed a moment ago")
    ENDS[how](server)
    assert server.process.wait(120) == 0
    server.close()
    assert "changed a moment ago" in work.read_text()
    assert not list(tmp_path.glob("*.new"))


def test_a_change_that_waits_behind_another_request_is_saved_too(pvpython: str, x_server: str, tmp_path: Path) -> None:
    work = tmp_path / "work.pvsm"
    server = Server(pvpython, x_server, work=work)
    node = server.call("files.example", name="motion")["node"]
    server.begin("color.rescale", node=node, mode="data")
    server.begin("pipeline.rename", node=node, name="sent and left")
    server.hang_up()
    assert server.process.wait(120) == 0
    server.close()
    assert "sent and left" in work.read_text()


PARENT = """
import sys, subprocess
child = subprocess.Popen(sys.argv[1:])
child.wait()
"""
"""Stands between the tests and pvpython, to be killed: pvpython has its stdin from here and its parent there."""


def test_a_killed_parent_saves_too(
    pvpython: str, x_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel tells the process of its parent's death; that must not be quicker than saving."""
    work = tmp_path / "work.pvsm"
    server = _orphan_to_be(pvpython, x_server, work, monkeypatch)
    pid = server.hello.pid if server.hello else 0
    node = server.call("files.example", name="motion")["node"]
    server.call("pipeline.rename", node=node, name="changed a moment ago")
    server.process.kill()
    server.process.wait()
    wait_gone([pid], 30)
    server.close()
    assert "changed a moment ago" in work.read_text()


def test_a_killed_parent_ends_a_filter_that_never_lets_python_run(
    pvpython: str, x_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = _orphan_to_be(pvpython, x_server, tmp_path / "work.pvsm", monkeypatch)
    pid = server.hello.pid if server.hello else 0
    source = server.call("pipeline.create", group="sources", name="ProgrammableSource", inputs=[])["node"]
    # PyDLL keeps the interpreter locked while it sleeps, as a filter of ParaView 5.11 does
    begun = tmp_path / "stuck"
    script = f"import ctypes\nopen({str(begun)!r}, 'w').close()\nctypes.PyDLL(None).sleep(600)"
    server.begin("proxy.apply", node=source, changes=[{"id": source, "values": {"Script": script}}])
    wait_until(begun.exists, "the filter to run")
    server.process.kill()
    server.process.wait()
    wait_gone([pid], 60)
    server.close()


def _orphan_to_be(pvpython: str, x_server: str, work: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server whose parent is a process that the test can kill. Its stdin stays open when that one is gone."""
    real = subprocess.Popen

    def popen(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        return real([sys.executable, "-c", PARENT, *command], stdout=subprocess.DEVNULL, **options)  # type: ignore

    with monkeypatch.context() as patch:
        patch.setattr("tests.server.harness.subprocess.Popen", popen)
        return Server(pvpython, x_server, work=work)
