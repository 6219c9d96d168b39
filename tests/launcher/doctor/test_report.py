"""What doctor says of machines that are in order and of machines that are not."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.launcher.doctor.command import as_text
from pvw_desktop.launcher.doctor.probe import Probed, probe
from pvw_desktop.launcher.doctor.report import ParaViewFound, Problem, Report

Doctor = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def doctor(environ: dict[str, str]) -> Doctor:
    def run(*arguments: str, **extra: str) -> tuple[int, dict[str, Any]]:
        done = subprocess.run(
            [sys.executable, "-m", "pvw_desktop", "doctor", "--json", *arguments],
            env={**environ, **extra},
            capture_output=True,
            text=True,
            timeout=100,
        )
        assert not done.stderr, done.stderr
        return done.returncode, json.loads(done.stdout)

    return run


def of(report: dict[str, Any], command: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in report["paraview"] if item["command"] == command)
    return found


def test_the_real_one_draws(doctor: Doctor, pvpython: str) -> None:
    code, report = doctor("--pvpython", pvpython, PVW_PVPYTHON="")
    taken = of(report, pvpython)
    assert code == 0 and report["usable"]
    assert taken["taken"] and taken["usable"] and taken["reason"] is None
    assert taken["version"].count(".") == 2 and taken["python"].startswith("3.")
    assert taken["renderer"] and taken["opengl"]


def test_one_that_is_no_paraview(doctor: Doctor, pvpython: str) -> None:
    code, report = doctor("--pvpython", "/bin/true", PVW_PVPYTHON="")
    assert code == 5 and not report["usable"]
    refused = of(report, "/bin/true")
    assert not refused["usable"] and "it is no ParaView" in refused["reason"]
    assert of(report, pvpython)["usable"], "what could be used instead is shown too"
    problem = next(item for item in report["problems"] if "/bin/true" in item["what"])
    assert "--pvpython" in problem["fix"]


def test_one_whose_driver_crashes(doctor: Doctor, fake_pvpython: Path) -> None:
    """The fake cannot draw: it ends where it is asked to."""
    code, report = doctor(FAKE_PVPYTHON="signal=11", PVW_PVPYTHON=str(fake_pvpython))
    found = of(report, str(fake_pvpython))
    assert code == 5 and not found["usable"] and found["reason"]


def test_nothing_found(doctor: Doctor, tmp_path: Path) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    code, report = doctor(PVW_PVPYTHON=str(tmp_path / "missing"), PATH=str(bare))
    assert code == 5
    assert any("install" in problem["fix"].lower() for problem in report["problems"])
    assert report["xvfb"] is None


def test_probe_of_what_does_not_end(tmp_path: Path) -> None:
    program = tmp_path / "pvpython"
    program.write_text("#!/bin/sh\necho loading\nexec sleep 30\n")
    program.chmod(0o755)
    probed = probe([str(program)], os.environ, timeout=0.5)
    assert probed.problem == "it drew no image within 0 s" and probed.log == ("loading",)


def test_probe_of_what_prints_without_end(tmp_path: Path) -> None:
    program = tmp_path / "pvpython"
    program.write_text("#!/bin/sh\nexec yes loading\n")
    program.chmod(0o755)
    probed = probe([str(program)], os.environ, timeout=60)
    assert probed.problem == "it printed without end" and len(probed.log) == 20


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kill -SEGV $$", "ParaView was ended by signal 11 (segmentation fault)"),
        ("exit 4", "ParaView left by itself with exit code 4"),
        ("exit 0", "it ended before it drew an image"),
    ],
)
def test_probe_of_what_fails(tmp_path: Path, text: str, problem: str) -> None:
    program = tmp_path / "pvpython"
    program.write_text(f"#!/bin/sh\nprintf '\\033[31mbad\\033[0m\\n'\n{text}\n")
    program.chmod(0o755)
    assert probe([str(program)], os.environ) == Probed(problem=problem, log=("bad",))


def test_probe_of_what_is_not_there(tmp_path: Path) -> None:
    probed = probe([str(tmp_path / "missing")], os.environ)
    assert probed.problem == "it cannot be started (no such file or directory)"


FOUND = ParaViewFound("/usr/bin/pvpython", "PATH", "5.11.0", True, True, None, "3.11.2", "1.24", "llvmpipe", "4.5")
REPORT = Report(
    version="1.0",
    python="3.11",
    system="Linux",
    paraview=[FOUND],
    searched=[],
    window="can be made",
    browser=None,
    display=":0 answers",
    xvfb=None,
    packages={"aiohttp": "3", "numpy": None},
    folders={"state": "/s", "log": "/l"},
    problems=[],
)


def test_text_of_a_machine_in_order() -> None:
    text = "\n".join(as_text(REPORT))
    assert "→ 5.11.0  /usr/bin/pvpython  (from PATH)  is used" in text
    assert "OpenGL 4.5: llvmpipe" in text and "numpy (missing)" in text
    assert text.endswith("Everything is in order.")


def test_text_of_problems_has_a_fix_for_each() -> None:
    bad = dataclasses.replace(FOUND, taken=False, usable=False, reason="it is too old", log=("last",))
    report = dataclasses.replace(REPORT, paraview=[bad], problems=[Problem("Nothing works.", "Install it.")])
    text = "\n".join(as_text(report))
    assert "cannot be used: it is too old" in text and "| last" in text
    assert text.endswith("! Nothing works.\n  Install it.")


def test_text_without_any_paraview_says_where_was_looked() -> None:
    report = dataclasses.replace(REPORT, paraview=[], searched=["/opt: no ParaView"])
    assert "  /opt: no ParaView" in "\n".join(as_text(report))
    assert not report.usable
