"""The machine as discovery sees it: platform, environment, folders, registry. Tests pass another one.

Reads files, starts nothing.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path


@dataclasses.dataclass(frozen=True)
class InstalledProgram:
    """One entry of Windows' list of installed programs."""

    name: str
    publisher: str
    location: str
    icon: str


@dataclasses.dataclass(frozen=True)
class Machine:
    """Where to look. `root` stands for `/`, so that a test can bring its own file system."""

    platform: str
    environ: Mapping[str, str]
    home: Path
    root: Path = Path("/")
    application: Path | None = None
    """Folder of our own frozen build, beside which a ParaView may lie."""
    installed_programs: Callable[[], Iterable[InstalledProgram]] = tuple

    @property
    def windows(self) -> bool:
        return self.platform == "win32"

    @property
    def mac(self) -> bool:
        return self.platform == "darwin"

    @property
    def linux(self) -> bool:
        return self.platform.startswith("linux")

    def at(self, path: str) -> Path:
        """The place that an absolute path names on this machine."""
        return self.root / path.lstrip("/")

    def path_folders(self) -> list[Path]:
        """The folders of PATH."""
        separator = ";" if self.windows else ":"
        return [Path(text.strip('"')) for text in self.environ.get("PATH", "").split(separator) if text.strip('"')]


def this_machine(environ: Mapping[str, str], bundle: Path | None = None) -> Machine:
    """The machine this runs on."""
    return Machine(
        platform=sys.platform,
        environ=environ,
        home=Path.home(),
        application=Path(os.path.realpath(sys.executable)).parent if bundle else None,
        installed_programs=_windows_programs if sys.platform == "win32" else tuple,
    )


def _windows_programs() -> Iterable[InstalledProgram]:
    """Windows' list of installed programs: all users in both views, and this user."""
    if sys.platform != "win32":
        return
    import winreg

    branch = r"Software\Microsoft\Windows\CurrentVersion\Uninstall"
    for hive, view in (
        (winreg.HKEY_LOCAL_MACHINE, winreg.KEY_WOW64_64KEY),
        (winreg.HKEY_LOCAL_MACHINE, winreg.KEY_WOW64_32KEY),
        (winreg.HKEY_CURRENT_USER, 0),
    ):
        try:
            with winreg.OpenKey(hive, branch, 0, winreg.KEY_READ | view) as key:
                names = [winreg.EnumKey(key, index) for index in range(winreg.QueryInfoKey(key)[0])]
                for name in names:
                    with winreg.OpenKey(key, name) as entry:
                        yield InstalledProgram(*(_registry_text(entry, value) for value in _REGISTRY_VALUES))
        except OSError:
            continue


_REGISTRY_VALUES = ("DisplayName", "Publisher", "InstallLocation", "DisplayIcon")


def _registry_text(entry: object, value: str) -> str:
    if sys.platform != "win32":
        return ""
    import winreg

    try:
        data, kind = winreg.QueryValueEx(entry, value)
    except OSError:
        return ""
    return str(data) if kind in (winreg.REG_SZ, winreg.REG_EXPAND_SZ) else ""
