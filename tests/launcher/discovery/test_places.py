"""Every place a ParaView may lie in, on three systems, as folders of a temporary one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pvw_desktop.launcher.discovery.candidate import FLATPAK_ID
from pvw_desktop.launcher.discovery.machine import InstalledProgram, Machine
from pvw_desktop.launcher.discovery.places import found_places, named_candidate, named_places, searched_places

MakeMachine = Callable[..., Machine]
MakeProgram = Callable[..., Path]


def found(machine: Machine) -> list[str]:
    return [candidate.command[0] for candidate in found_places(machine)]


def test_the_order(machine: MakeMachine, program: MakeProgram, tmp_path: Path) -> None:
    environ = {
        "PVW_PVPYTHON": str(program("variable/pvpython")),
        "PARAVIEW_HOME": str(program("home-variable/bin/pvpython").parent.parent),
        "CONDA_PREFIX": str(program("conda/bin/pvpython").parent.parent),
        "PATH": str(program("path/pvpython").parent),
    }
    made = machine(environ=environ, application=tmp_path / "bundle")
    beside = program("bundle/bin/pvpython")
    older, newer = program("opt/ParaView-5.12.0/bin/pvpython"), program("opt/ParaView-5.13.1/bin/pvpython")
    asked = program("asked/pvpython")
    named = list(named_places(made, asked, "/saved/pvpython"))
    assert [candidate.origin for candidate in named] == [
        "--pvpython",
        "PVW_PVPYTHON",
        "the choice made in the application",
    ]
    assert all(candidate.asked_for for candidate in named)
    assert found(made) == [
        str(beside),
        f"{environ['PARAVIEW_HOME']}/bin/pvpython",
        f"{environ['CONDA_PREFIX']}/bin/pvpython",
        f"{environ['PATH']}/pvpython",
        str(newer),
        str(older),
    ]


@pytest.mark.parametrize(
    "place",
    [
        "usr/bin/pvpython",
        "usr/local/bin/pvpython",
        "usr/lib64/openmpi/bin/pvpython",
        "opt/ParaView-5.13.1-MPI-Linux-Python3.10-x86_64/bin/pvpython",
        "opt/paraview/bin/pvpython",
        "usr/local/ParaView-6.0.0/bin/pvpython",
        "home/ParaView-5.12.0-MPI-Linux-Python3.10-x86_64/bin/pvpython",
        "home/Apps/ParaView 5.12/bin/pvpython",
        "home/Downloads/ParaView-5.12.0/bin/pvpython",
        "home/miniforge3/envs/sim é/bin/pvpython",
    ],
)
def test_linux(machine: MakeMachine, program: MakeProgram, place: str) -> None:
    one = program(place)
    assert found(machine()) == [str(one)]


def test_conda_environments_that_conda_lists(machine: MakeMachine, program: MakeProgram) -> None:
    one = program("data/envs/pv/bin/pvpython")
    listed = machine().home / ".conda/environments.txt"
    listed.parent.mkdir(parents=True)
    listed.write_text(f"{one.parent.parent}\n/not/there\n\n")
    assert found(machine()) == [str(one)]


def test_flatpak(machine: MakeMachine, program: MakeProgram, tmp_path: Path) -> None:
    flatpak = program("bin/flatpak")
    (tmp_path / "var/lib/flatpak/app" / FLATPAK_ID).mkdir(parents=True)
    made = machine(environ={"PATH": str(flatpak.parent)})
    assert [candidate.command for candidate in found_places(made)] == [
        (str(flatpak), "run", "--command=pvpython", FLATPAK_ID)
    ]
    assert found(machine(environ={"PATH": ""})) == []


@pytest.mark.parametrize(
    "place",
    [
        "Applications/ParaView-5.13.1.app/Contents/bin/pvpython",
        "home/Applications/ParaView-6.0.0.app/Contents/bin/pvpython",
        "opt/homebrew/bin/pvpython",
    ],
)
def test_macos(machine: MakeMachine, program: MakeProgram, place: str) -> None:
    one = program(place)
    assert found(machine("darwin")) == [str(one)]


def test_beside_a_mac_bundle(machine: MakeMachine, program: MakeProgram, tmp_path: Path) -> None:
    inside = tmp_path / "Apps/PVW Desktop.app/Contents/MacOS"
    one = program("Apps/PVW Desktop.app/Contents/bin/pvpython")
    assert str(one) in found(machine("darwin", application=inside))


def test_windows_program_files(machine: MakeMachine, program: MakeProgram, tmp_path: Path) -> None:
    one = program("Program Files/ParaView 5.13.1/bin/pvpython.exe")
    two = program("Program Files/ParaView 6.0.0/bin/pvpython.exe")
    made = machine("win32", {"ProgramFiles": str(tmp_path / "Program Files")})
    assert found(made) == [str(two), str(one)]


def test_windows_user_install_and_path(machine: MakeMachine, program: MakeProgram, tmp_path: Path) -> None:
    one = program("local/Programs/ParaView 5.13.1/bin/pvpython.exe")
    on_path = program("tools/pvpython.exe")
    environ = {"LOCALAPPDATA": str(tmp_path / "local"), "PATH": f'C:\\Windows;"{on_path.parent}"'}
    assert found(machine("win32", environ)) == [str(on_path), str(one)]


def test_windows_registry(machine: MakeMachine, program: MakeProgram, tmp_path: Path) -> None:
    by_location = program("D/ParaView é/bin/pvpython.exe")
    by_icon = program("E/pv/bin/pvpython.exe")
    programs = [
        InstalledProgram("ParaView 5.13.1", "Kitware, Inc.", str(by_location.parent.parent), ""),
        InstalledProgram("ParaView 6.0.0", "Kitware, Inc.", "", f'"{by_icon.with_name("paraview.exe")}",0'),
        InstalledProgram("ParaView look-alike", "Somebody", str(tmp_path), ""),
        InstalledProgram("CMake", "Kitware, Inc.", str(by_location.parent.parent), ""),
    ]
    assert set(found(machine("win32", installed_programs=lambda: programs))) == {str(by_location), str(by_icon)}


def test_windows_conda(machine: MakeMachine, program: MakeProgram) -> None:
    one = program("env/Library/bin/pvpython.exe")
    made = machine("win32", {"CONDA_PREFIX": str(one.parent.parent.parent)})
    assert found(made) == [str(one)]


def test_cmake_folder_of_paraview(machine: MakeMachine, program: MakeProgram, tmp_path: Path) -> None:
    one = program("pv/bin/pvpython")
    folder = tmp_path / "pv/lib/cmake/paraview-5.13"
    folder.mkdir(parents=True)
    assert found(machine(environ={"ParaView_DIR": str(folder)})) == [str(one)]


def test_a_named_folder_and_the_desktop_program(machine: MakeMachine, program: MakeProgram) -> None:
    one = program("pv/bin/pvpython")
    desktop = program("pv/bin/paraview")
    for named in (one, desktop, one.parent, one.parent.parent):
        assert named_candidate(machine(), named).command == (str(one),)


def test_a_named_folder_without_one(machine: MakeMachine, tmp_path: Path) -> None:
    candidate = named_candidate(machine(), tmp_path)
    assert candidate.problem == f"there is no pvpython in the folder {tmp_path}"


def test_every_system_says_where_it_looked(machine: MakeMachine) -> None:
    for platform in ("linux", "win32", "darwin"):
        assert len(searched_places(machine(platform))) >= 4
