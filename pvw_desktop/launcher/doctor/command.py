"""`pvw-desktop doctor [--json]`: the report as text for a person or as JSON for a program."""

from __future__ import annotations

import dataclasses
import json
import signal
import sys
import threading
from collections.abc import Iterator
from typing import NoReturn

from ...config import Config
from ...errors import ExitCode
from ..system.asking import end_all
from .report import ParaViewFound, Report, examine_machine


def run_doctor(config: Config) -> int:
    """Prints the report; the exit code says whether the application can work here."""
    if not config.json and sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write("Looking for ParaView and drawing an image with each…\n")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _end)
    report = examine_machine(config)
    text = as_json(report) if config.json else "\n".join(as_text(report))
    sys.stdout.write(f"{text}\n")
    return ExitCode.OK if report.usable else ExitCode.PARAVIEW


def _end(number: int, frame: object) -> NoReturn:
    """A ParaView that is being asked does not outlive who asks."""
    end_all()
    raise SystemExit(128 + number)


def as_json(report: Report) -> str:
    """The report as JSON; docs/command-line.md names its fields."""
    return json.dumps({**dataclasses.asdict(report), "usable": report.usable}, indent=2, ensure_ascii=False)


def as_text(report: Report) -> Iterator[str]:
    """The report, line by line."""
    yield f"PVW Desktop {report.version} on {report.system}"
    yield ""
    yield "ParaView"
    for found in report.paraview:
        yield from _paraview(found)
    if not report.paraview:
        yield from (f"  {place}" for place in report.searched)
    yield ""
    rows = {
        "Window": report.window,
        "Browser": report.browser or "no Chrome, Edge or Chromium was found",
        "Display": report.display,
        "Xvfb": report.xvfb or "not installed",
        "Python": report.python,
        "Packages": ", ".join(f"{name} {version or '(missing)'}" for name, version in report.packages.items()),
        "Saved work": report.folders["state"],
        "Logs": report.folders["log"],
    }
    yield from (f"{name:<11}{value}" for name, value in rows.items())
    yield ""
    if not report.problems:
        yield "Everything is in order."
    for problem in report.problems:
        yield f"! {problem.what}"
        yield f"  {problem.fix}"


def _paraview(found: ParaViewFound) -> Iterator[str]:
    mark = "→" if found.taken else "·"
    state = "is used" if found.taken else "could be used"
    if found.reason:
        state = f"cannot be used: {found.reason}"
    yield f"  {mark} {found.version or 'unknown version'}  {found.command}  (from {found.origin})  {state}"
    if found.python:
        yield f"      Python {found.python}, numpy {found.numpy or 'missing'}"
    if found.renderer:
        yield f"      OpenGL {found.opengl}: {found.renderer}"
    yield from (f"      | {line}" for line in found.log[-5:])
