"""What the figures were taken on."""

from __future__ import annotations

import dataclasses
import datetime
import os
import platform
from pathlib import Path
from typing import Any

import psutil

from pvw_desktop.launcher.doctor.probe import probe


@dataclasses.dataclass(frozen=True)
class Machine:
    """A machine and the ParaView on it."""

    processor: str
    cores: int
    memory_gb: float
    system: str
    paraview: str
    renderer: str
    date: str
    load: float
    """Processes that wanted a core when the run began: figures of a busy machine are worth less."""

    def as_json(self) -> dict[str, Any]:
        """For bench.json."""
        return dataclasses.asdict(self)

    def lines(self) -> list[str]:
        """For the page."""
        return [
            f"Taken on {self.date}: {self.processor}, {self.cores} cores, {self.memory_gb:.0f} GB, {self.system};"
            f" ParaView {self.paraview}, {self.renderer}; load at the begin {self.load:.1f}.",
        ]


def examine(pvpython: str, environment: dict[str, str]) -> Machine:
    """Looks at this machine; draws one image to learn the renderer."""
    facts = probe([pvpython], environment)
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gb=psutil.virtual_memory().total / 2**30,
        system=_system(),
        paraview=facts.paraview or "unknown",
        renderer=facts.renderer or "unknown",
        date=datetime.date.today().isoformat(),
        load=psutil.getloadavg()[0],
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.platform()
