"""How the page is shown: the native window, a browser, or an address in the terminal. Decides, and says why."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

from ...config import Config, Frontend
from ..discovery.install import install_window
from ..discovery.machine import Machine
from ..system.xdisplay import display_answers


@dataclasses.dataclass(frozen=True)
class Choice:
    """What to show the page with. `sentence` says why it is not what was asked for."""

    frontend: Frontend
    sentence: str | None = None
    hint: str | None = None


def choose_frontend(config: Config, machine: Machine) -> Choice:
    """The best that this computer can do of what was asked for."""
    if config.frontend == "none":
        return Choice("none")
    if machine.linux and not _has_display(machine):
        return Choice("none", "No display answers, so no window is opened")
    if config.frontend == "browser":
        return Choice("browser")
    missing = missing_toolkit(machine)
    if missing:
        return Choice("browser", f"No window can be made here: {missing}", install_window(machine).text)
    return Choice("window")


def _has_display(machine: Machine) -> bool:
    wayland = machine.environ.get("WAYLAND_DISPLAY")
    if wayland and os.path.exists(Path(machine.environ.get("XDG_RUNTIME_DIR", "/"), wayland)):
        return True
    return display_answers(machine.environ, machine.home)


def missing_toolkit(machine: Machine) -> str | None:
    """One sentence where no toolkit for a window is there."""
    from importlib.util import find_spec

    if find_spec("webview") is None:
        return "pywebview is not installed"
    if machine.linux and find_spec("qtpy") is None:
        from .window_gtk import missing_part

        return missing_part()
    return None
