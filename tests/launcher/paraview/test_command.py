"""The server's command line by version and kind of ParaView."""

from __future__ import annotations

from pathlib import Path

import pytest

from pvw_desktop.launcher.discovery.candidate import FLATPAK_ID, Candidate, Version
from pvw_desktop.launcher.paraview.command import needs_x_server, server_command

SCRIPT = Path("/app/pvw_desktop/server")


def candidate(path: str = "/usr/bin/pvpython", version: str = "5.11") -> Candidate:
    return Candidate((path,), "PATH", Version.parse(version))


def test_flags_come_before_the_script() -> None:
    assert server_command(candidate(), SCRIPT, "linux") == [
        "/usr/bin/pvpython",
        "--no-mpi",
        "--dr",
        "--force-offscreen-rendering",
        "--",
        str(SCRIPT),
    ]


def test_kitwares_wrapper_gets_mesa_for_software_rendering(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "lib/mesa").mkdir(parents=True)
    for name in ("pvpython", "pvpython-real"):
        (tmp_path / "bin" / name).touch()
    wrapped = candidate(str(tmp_path / "bin/pvpython"), "5.12.0")
    assert "--mesa" in server_command(wrapped, SCRIPT, "linux", software=True)
    assert "--mesa" not in server_command(wrapped, SCRIPT, "linux")
    assert "--mesa" not in server_command(candidate(), SCRIPT, "linux", software=True)


def test_flatpak_is_shown_the_folders_it_needs() -> None:
    flatpak = Candidate(("/usr/bin/flatpak", "run", "--command=pvpython", FLATPAK_ID), "Flatpak", Version(5, 13, 1))
    command = server_command(flatpak, SCRIPT, "linux", shared=(Path("/state/session"),))
    app = command.index(FLATPAK_ID)
    assert {"--filesystem=/app/pvw_desktop", "--filesystem=/state/session"} <= set(command[:app])
    assert command[app + 1 :][-2:] == ["--", str(SCRIPT)]


@pytest.mark.parametrize(
    ("path", "version", "platform", "needed"),
    [
        ("/usr/bin/pvpython", "5.11", "linux", True),
        ("/opt/ParaView-5.13.1-MPI-Linux-Python3.10-x86_64/bin/pvpython", "5.13.1", "linux", True),
        ("/opt/ParaView-5.13.1-egl-MPI-Linux-Python3.10-x86_64/bin/pvpython", "5.13.1", "linux", False),
        ("/opt/ParaView-5.12.0-osmesa-MPI-Linux-Python3.10-x86_64/bin/pvpython", "5.12.0", "linux", False),
        ("/usr/bin/pvpython", "6.1", "linux", False),
        ("/Applications/ParaView-5.13.1.app/Contents/bin/pvpython", "5.13.1", "darwin", False),
        ("pvpython.exe", "5.11.0", "win32", False),
    ],
)
def test_who_needs_an_x_server(path: str, version: str, platform: str, needed: bool) -> None:
    assert needs_x_server(candidate(path, version), platform) is needed
