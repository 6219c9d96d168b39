"""Asks one ParaView for its facts in a throw-away process that also draws a small image: a driver that crashes costs
that process and gives a reason.
"""

from __future__ import annotations

import dataclasses
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from ..paraview.crash import reason
from ..paraview.process import exit_of
from ..paraview.server_log import plain_text
from ..system.asking import ask

TIMEOUT = 60.0
"""Seconds: a cold ParaView on a network drive, and a first image."""

_SCRIPT = r"""
import json, os, sys
mark = {mark!r}
def tell(**facts):
    os.write(1, (mark + json.dumps(facts) + "\n").encode())
import platform
tell(python=platform.python_version())
try:
    import numpy
    tell(numpy=numpy.__version__)
except Exception:
    tell(numpy=None)
import paraview.simple as simple
from paraview import servermanager
version = servermanager.vtkSMProxyManager
tell(paraview="%d.%d.%d" % (version.GetVersionMajor(), version.GetVersionMinor(), version.GetVersionPatch()))
view = simple.CreateRenderView(ViewSize=[64, 64])
simple.Show(simple.Sphere(), view)
simple.Render(view)
window = view.GetRenderWindow()
lines = dict(line.split(":", 1) for line in window.ReportCapabilities().splitlines() if ":" in line)
tell(renderer=lines.get("OpenGL renderer string", "").strip() or None,
     opengl=lines.get("OpenGL version string", "").strip() or None, window=window.GetClassName())
sys.stdout.flush()
os._exit(0)
"""


@dataclasses.dataclass(frozen=True)
class Probed:
    """What a ParaView said of itself. `problem` is one sentence where it did not come to the end."""

    paraview: str | None = None
    python: str | None = None
    numpy: str | None = None
    renderer: str | None = None
    opengl: str | None = None
    window: str | None = None
    problem: str | None = None
    log: tuple[str, ...] = ()


def probe(command: Sequence[str], environ: Mapping[str, str], timeout: float = TIMEOUT) -> Probed:
    """Runs it; never raises for what the ParaView does."""
    mark = f"PVW-{secrets.token_hex(8)} "
    argv = [*command, "-c", _SCRIPT.format(mark=mark)]
    try:
        asked = ask(argv, environ, timeout)
    except OSError as error:
        return Probed(problem=f"it cannot be started ({(error.strerror or str(error)).lower()})")
    if asked.too_much:
        problem: str | None = "it printed without end"
    elif asked.code is None:
        problem = f"it drew no image within {timeout:.0f} s"
    else:
        problem = None if asked.code == 0 else reason(exit_of(asked.code), ready=True)
    return _collect(asked.output, mark, problem)


def _collect(output: bytes, mark: str, problem: str | None) -> Probed:
    facts: dict[str, Any] = {}
    log = []
    for line in map(plain_text, output.splitlines()):
        if line.startswith(mark):
            facts.update(json.loads(line[len(mark) :]))
        elif line.strip():
            log.append(line.strip())
    if problem is None and "renderer" not in facts:
        problem = "it ended before it drew an image"
    return Probed(**facts, problem=problem, log=tuple(log[-20:]))
