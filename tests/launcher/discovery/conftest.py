"""Machines made of a temporary folder: Linux, Windows and macOS look at it as their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.launcher.discovery.machine import Machine

MakeMachine = Callable[..., Machine]


@pytest.fixture
def machine(tmp_path: Path) -> MakeMachine:
    """Builds a machine; its home is `home` below its root."""

    def make(platform: str = "linux", environ: dict[str, str] | None = None, **more: Any) -> Machine:
        return Machine(platform, environ or {}, home=tmp_path / "home", root=tmp_path, **more)

    return make


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], Path]:
    """Puts an executable file at a path below the root."""

    def make(path: str, text: str = "#!/bin/sh\nexit 1\n") -> Path:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)
        return file

    return make
