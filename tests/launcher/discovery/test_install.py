"""The exact command to install on each system."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pvw_desktop.launcher.discovery.install import install_paraview, install_window, install_xvfb
from pvw_desktop.launcher.discovery.machine import Machine

MakeMachine = Callable[..., Machine]


def write_os_release(root: Path, text: str) -> None:
    (root / "etc").mkdir(exist_ok=True)
    (root / "etc/os-release").write_text(text)


@pytest.mark.parametrize(
    ("text", "paraview", "xvfb"),
    [
        ("ID=debian\n", "sudo apt install python3-paraview", "sudo apt install xvfb"),
        ("NAME=Ubuntu\nID=ubuntu\nID_LIKE=debian\n", "sudo apt install python3-paraview", "sudo apt install xvfb"),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "sudo apt install python3-paraview", "sudo apt install xvfb"),
        ("ID=fedora\n", "sudo dnf install paraview", "sudo dnf install xorg-x11-server-Xvfb"),
        (
            'ID="rocky"\nID_LIKE="rhel centos fedora"\n',
            "sudo dnf install paraview",
            "sudo dnf install xorg-x11-server-Xvfb",
        ),
        ("ID=arch\n", "sudo pacman -S paraview", "sudo pacman -S xorg-server-xvfb"),
        ('ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', "sudo zypper install paraview", None),
        ("ID=gentoo\n", None, None),
    ],
)
def test_linux(machine: MakeMachine, tmp_path: Path, text: str, paraview: str | None, xvfb: str | None) -> None:
    write_os_release(tmp_path, text)
    assert install_paraview(machine()).command == paraview
    if xvfb:
        assert install_xvfb(machine()).command == xvfb


def test_without_os_release(machine: MakeMachine) -> None:
    advice = install_paraview(machine())
    assert advice.command is None and "download" in advice.text


def test_in_a_conda_environment(machine: MakeMachine, tmp_path: Path) -> None:
    write_os_release(tmp_path, "ID=debian\n")
    advice = install_paraview(machine(environ={"CONDA_PREFIX": "/c"}))
    assert advice.command == "conda install -c conda-forge paraview"


def test_windows(machine: MakeMachine) -> None:
    assert install_paraview(machine("win32")).command == "winget install Kitware.ParaView"
    assert install_window(machine("win32")).command == "winget install Microsoft.EdgeWebView2Runtime"


def test_macos(machine: MakeMachine, tmp_path: Path) -> None:
    assert install_paraview(machine("darwin")).command is None
    (tmp_path / "opt/homebrew/bin").mkdir(parents=True)
    (tmp_path / "opt/homebrew/bin/brew").touch()
    assert install_paraview(machine("darwin")).command == "brew install --cask paraview"


def test_the_text_names_the_command(machine: MakeMachine, tmp_path: Path) -> None:
    write_os_release(tmp_path, "ID=debian\n")
    for advice in (install_paraview(machine()), install_xvfb(machine()), install_window(machine())):
        assert advice.command and f"`{advice.command}`" in advice.text
        assert advice.command not in advice.above_command and "the command below" in advice.above_command
