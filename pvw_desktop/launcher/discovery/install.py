"""How to get ParaView, or another missing part, on this very system: the command, or the page to download from."""

from __future__ import annotations

import dataclasses
import shutil

from .machine import Machine

DOWNLOAD_PAGE = "https://www.paraview.org/download/"

_PARAVIEW = {
    "debian": "apt install python3-paraview",
    "fedora": "dnf install paraview",
    "arch": "pacman -S paraview",
    "suse": "zypper install paraview",
}
_XVFB = {
    "debian": "apt install xvfb",
    "fedora": "dnf install xorg-x11-server-Xvfb",
    "arch": "pacman -S xorg-server-xvfb",
    "suse": "zypper install xorg-x11-server-Xvfb",
}
_WINDOW = {
    "debian": "apt install python3-gi gir1.2-webkit2-4.1",
    "fedora": "dnf install python3-gobject webkit2gtk4.1",
    "arch": "pacman -S python-gobject webkit2gtk-4.1",
    "suse": "zypper install python3-gobject typelib-1_0-WebKit2-4_1",
}
_FAMILIES = {
    "debian": "debian",
    "ubuntu": "debian",
    "fedora": "fedora",
    "rhel": "fedora",
    "centos": "fedora",
    "arch": "arch",
    "suse": "suse",
    "opensuse": "suse",
}


@dataclasses.dataclass(frozen=True)
class Advice:
    """What to do, for a person (`{}` where the command is named), and the command that does it where there is one."""

    sentence: str
    command: str | None = None

    @property
    def text(self) -> str:
        """As one reads it in a terminal."""
        return self.sentence.format(f"`{self.command}`")

    @property
    def above_command(self) -> str:
        """As one reads it above the command itself."""
        return self.sentence.format("the command below")


def install_paraview(machine: Machine) -> Advice:
    """How ParaView is installed here."""
    command = _paraview_command(machine)
    locate = "or name a pvpython you have with --pvpython"
    if command:
        return Advice(f"Install it with {{}}, download it from {DOWNLOAD_PAGE}, {locate}", command)
    return Advice(f"Download ParaView from {DOWNLOAD_PAGE}, {locate}")


def install_xvfb(machine: Machine) -> Advice:
    """How Xvfb is installed here."""
    command = _linux_command(machine, _XVFB)
    if command:
        return Advice("Install it with {}", command)
    return Advice("Install Xvfb, or start inside a desktop")


def install_window(machine: Machine) -> Advice:
    """How the parts that make a native window are installed here."""
    if machine.windows:
        return Advice("Install the Microsoft Edge WebView2 runtime", "winget install Microsoft.EdgeWebView2Runtime")
    command = _linux_command(machine, _WINDOW)
    if command:
        return Advice("Install it with {}", command)
    return Advice("Install pywebview with a toolkit that it knows")


def _paraview_command(machine: Machine) -> str | None:
    if machine.environ.get("CONDA_PREFIX"):
        return "conda install -c conda-forge paraview"
    if machine.windows:
        return "winget install Kitware.ParaView"
    if machine.mac:
        return "brew install --cask paraview" if _has(machine, "brew") or _homebrew(machine) else None
    return _linux_command(machine, _PARAVIEW)


def _homebrew(machine: Machine) -> bool:
    return any(machine.at(place).is_file() for place in ("/opt/homebrew/bin/brew", "/usr/local/bin/brew"))


def _has(machine: Machine, program: str) -> bool:
    return shutil.which(program, path=machine.environ.get("PATH", "")) is not None


def _linux_command(machine: Machine, commands: dict[str, str]) -> str | None:
    if not machine.linux:
        return None
    facts = read_os_release(machine)
    for name in (facts.get("ID", ""), *facts.get("ID_LIKE", "").split()):
        family = _FAMILIES.get(name.split("-")[0])
        if family:
            return f"sudo {commands[family]}"
    return None


def read_os_release(machine: Machine) -> dict[str, str]:
    """/etc/os-release as a dictionary; empty where there is none."""
    for place in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            lines = machine.at(place).read_text("utf-8", "replace").splitlines()
        except OSError:
            continue
        pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        return {key.strip(): value.strip().strip("\"'") for key, value in pairs}
    return {}
