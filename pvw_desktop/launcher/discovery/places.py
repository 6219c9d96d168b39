"""The places a ParaView may lie in, in the order they are asked. Knows folders, not versions; starts nothing.

Asks with os.path, which says no where a folder may not be read; Path raises there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from .candidate import FLATPAK_ID, Candidate, Version
from .machine import Machine

_BELOW_A_FOLDER = ("bin", "Contents/bin", "Library/bin", "")
"""Where pvpython lies below what a person or a variable names: a prefix, an .app, a conda environment, `bin` itself."""


def named_places(machine: Machine, asked: Path | None, saved: str | None) -> Iterator[Candidate]:
    """What a person named, on the command line, in PVW_PVPYTHON or earlier in the page."""
    variable = machine.environ.get("PVW_PVPYTHON", "")
    if asked:
        yield named_candidate(machine, asked, "--pvpython")
    if variable:
        yield named_candidate(machine, Path(os.path.expanduser(variable)), "PVW_PVPYTHON")
    if saved:
        yield named_candidate(machine, Path(saved), "the choice made in the application")


def found_places(machine: Machine) -> Iterator[Candidate]:
    """What lies on the machine: beside us, named by other programs' variables, on PATH, where installers put it."""
    if machine.application:
        for folder in (machine.application, machine.application.parent, *_enclosing_app(machine.application)):
            yield from _in_folder(machine, folder, "beside this application")
    for variable in ("PARAVIEW_HOME", "EBROOTPARAVIEW", "ParaView_DIR", "CONDA_PREFIX"):
        value = machine.environ.get(variable)
        for folder in _prefixes(Path(value)) if value else ():
            yield from _in_folder(machine, folder, variable)
    for folder in machine.path_folders():
        program = folder / program_name(machine)
        if os.path.isfile(program):
            yield Candidate((str(program),), "PATH")
    yield from newest_first(_platform_places(machine))


def searched_places(machine: Machine) -> list[str]:
    """Where was looked, for a person who has no ParaView or does not find it here."""
    if machine.windows:
        places = ["installed programs", "Program Files", "PATH", "conda environments"]
    elif machine.mac:
        places = ["/Applications", "~/Applications", "PATH", "Homebrew", "conda environments"]
    else:
        places = ["PATH", "/opt", "/usr/local", "folders named ParaView… in your home", "conda environments", "Flatpak"]
    return [f"{place}: no ParaView" for place in places]


def program_name(machine: Machine) -> str:
    """The file name of pvpython on this platform."""
    return "pvpython.exe" if machine.windows else "pvpython"


def newest_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those whose folder names a newer version first; those whose folder names none last, in the order given."""
    known = [(Version.in_path(candidate.program), candidate) for candidate in candidates]
    return [candidate for _, candidate in sorted(known, key=lambda item: item[0] or Version(0, 0), reverse=True)]


def named_candidate(machine: Machine, path: Path, origin: str = "the choice made in the application") -> Candidate:
    """What a person named: a pvpython, a folder with one below it, or the desktop program beside one."""
    if os.path.isdir(path):
        for candidate in _in_folder(machine, path, origin):
            return Candidate(candidate.command, origin, asked_for=True)
        problem = f"there is no {program_name(machine)} in the folder {path}"
        return Candidate((str(path),), origin, problem=problem, asked_for=True)
    if path.stem.lower() == "paraview" and os.path.isfile(path.with_name(program_name(machine))):
        path = path.with_name(program_name(machine))  # the desktop program was named, its pvpython lies beside it
    return Candidate((str(path),), origin, asked_for=True)


def _in_folder(machine: Machine, folder: Path, origin: str) -> Iterator[Candidate]:
    for below in _BELOW_A_FOLDER:
        program = folder / below / program_name(machine)
        if os.path.isfile(program):
            yield Candidate((str(program),), origin)
            return


def _enclosing_app(folder: Path) -> list[Path]:
    return [parent for parent in folder.parents if parent.suffix == ".app"][:1]


def _prefixes(folder: Path) -> list[Path]:
    """A prefix, or the prefix of a CMake folder such as <prefix>/lib/cmake/paraview-5.13."""
    return [folder, *(parent.parent.parent for parent in folder.parents if parent.name == "cmake")]


def _platform_places(machine: Machine) -> Iterator[Candidate]:
    if machine.windows:
        return _windows(machine)
    if machine.mac:
        return _mac(machine)
    return _linux(machine)


def _matching(machine: Machine, parents: Iterable[Path], patterns: Iterable[str], origin: str) -> Iterator[Candidate]:
    names = tuple(patterns)
    for parent in parents:
        for pattern in names:
            for folder in sorted(parent.glob(pattern)) if os.path.isdir(parent) else ():
                yield from _in_folder(machine, folder, origin or str(parent))


def _linux(machine: Machine) -> Iterator[Candidate]:
    system = [machine.at("/opt"), machine.at("/usr/local"), machine.at("/usr/lib64/openmpi"), machine.at("/usr")]
    for folder in (*system[1:], machine.at("/usr/lib64/mpich")):
        yield from _in_folder(machine, folder, str(folder))
    own = [machine.home, *(machine.home / name for name in ("Apps", "apps", "Applications", "Downloads", "opt"))]
    own += [machine.home / ".local", machine.home / ".local/opt", machine.home / "software"]
    yield from _matching(machine, [*system[:2], *own], ("ParaView*", "paraview*"), "")
    yield from _conda(machine)
    yield from _flatpak(machine)


def _conda(machine: Machine) -> Iterator[Candidate]:
    listed = machine.home / ".conda/environments.txt"
    try:
        folders = [Path(line.strip()) for line in listed.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError):
        folders = []
    for name in ("miniforge3", "mambaforge", "miniconda3", "anaconda3", ".conda", ".pixi", "micromamba"):
        base = machine.home / name
        folders += [base, *sorted((base / "envs").glob("*"))]
    for folder in dict.fromkeys(folders):
        yield from _in_folder(machine, folder, f"conda ({folder.name})")


def _flatpak(machine: Machine) -> Iterator[Candidate]:
    folders = (machine.at("/var/lib/flatpak/app"), machine.home / ".local/share/flatpak/app")
    program = shutil.which("flatpak", path=machine.environ.get("PATH", ""))
    if program and any(os.path.isdir(folder / FLATPAK_ID) for folder in folders):
        yield Candidate((program, "run", "--command=pvpython", FLATPAK_ID), "Flatpak")


def _mac(machine: Machine) -> Iterator[Candidate]:
    folders = [machine.at("/Applications"), machine.home / "Applications", machine.home / "Downloads"]
    yield from _matching(machine, folders, ("ParaView*.app",), "")
    for prefix in ("/opt/homebrew", "/usr/local", "/opt/local"):  # a Finder start has none of them on PATH
        yield from _in_folder(machine, machine.at(prefix), prefix)
    yield from _conda(machine)


def _windows(machine: Machine) -> Iterator[Candidate]:
    for program in machine.installed_programs():
        if program.name.startswith("ParaView") and program.publisher == "Kitware, Inc.":
            icon = Path(program.icon.split(",")[0].strip('"')) if program.icon else None
            folders = [Path(program.location)] if program.location else []
            for folder in [*folders, *([icon.parent.parent, icon.parent] if icon else [])]:
                yield from _in_folder(machine, folder, "installed programs")
    parents = [Path(machine.environ[name]) for name in ("ProgramFiles", "ProgramW6432") if machine.environ.get(name)]
    if machine.environ.get("LOCALAPPDATA"):
        parents.append(Path(machine.environ["LOCALAPPDATA"]) / "Programs")
    parents += [machine.home, machine.home / "Downloads"]
    yield from _matching(machine, parents, ("ParaView*",), "")
    yield from _conda(machine)
