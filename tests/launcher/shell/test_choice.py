"""What shows the page, and why."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from pvw_desktop.config import Config, Frontend
from pvw_desktop.launcher.discovery.machine import Machine
from pvw_desktop.launcher.shell import choice as module
from pvw_desktop.launcher.shell.choice import choose_frontend


def choose(asked: Frontend, environ: dict[str, str], tmp_path: Path, platform: str = "linux") -> module.Choice:
    machine = Machine(platform, environ, tmp_path, tmp_path)
    return choose_frontend(Config("open", environ, frontend=asked), machine)


def test_a_window_on_a_display(x_server: str, tmp_path: Path) -> None:
    assert choose("window", {"DISPLAY": x_server}, tmp_path) == module.Choice("window")


@pytest.mark.parametrize("asked", ["window", "browser"])
@pytest.mark.parametrize(
    "environ", [{}, {"DISPLAY": ":65000"}, {"WAYLAND_DISPLAY": "gone", "XDG_RUNTIME_DIR": "/none"}]
)
def test_no_display(asked: Frontend, environ: dict[str, str], tmp_path: Path) -> None:
    choice = choose(asked, environ, tmp_path)
    assert choice.frontend == "none" and choice.sentence
    assert not choice.hint, "what to do with the address is said once, above the address"


def test_wayland_is_a_display(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert choose("browser", environ, tmp_path) == module.Choice("browser")


def test_no_window_needs_no_display(tmp_path: Path) -> None:
    assert choose("none", {}, tmp_path) == module.Choice("none")


def test_without_a_toolkit_the_browser(x_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "missing_toolkit", lambda machine: "this Python has no PyGObject (gi)")
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/os-release").write_text("ID=debian\n")
    choice = choose("window", {"DISPLAY": x_server}, tmp_path)
    assert choice.frontend == "browser"
    assert choice.sentence == "No window can be made here: this Python has no PyGObject (gi)"
    assert choice.hint and "sudo apt install python3-gi gir1.2-webkit2-4.1" in choice.hint


def test_other_systems_have_a_display(tmp_path: Path) -> None:
    assert choose("browser", {}, tmp_path, "win32") == module.Choice("browser")
