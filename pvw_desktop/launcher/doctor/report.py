"""Gathers what `doctor` says: every ParaView with what it can do, the window, the display, our own parts."""

from __future__ import annotations

import asyncio
import dataclasses
import importlib.metadata
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

from ... import __version__
from ...config import Config, bundle_folder
from ...errors import StartError, sentences
from ...paths import Folders, find_folders
from ..application import find_page
from ..discovery.candidate import Candidate
from ..discovery.finder import Search, find_all
from ..discovery.install import install_paraview, install_window, install_xvfb
from ..discovery.machine import Machine, this_machine
from ..discovery.places import searched_places
from ..paraview.command import interpreter_command, needs_x_server
from ..paraview.environment import server_environment
from ..paraview.xvfb import NoXServer, XServer, find_xvfb, start_xvfb
from ..settings import Settings
from ..shell.browser import find_app_browser
from ..shell.choice import missing_toolkit
from ..system.xdisplay import display_answers
from .probe import Probed, probe

PACKAGES = ("aiohttp", "pillow", "simplejpeg", "numpy", "platformdirs", "psutil", "pywebview")
_PACKAGE = Path(__file__).parent.parent.parent


@dataclasses.dataclass(frozen=True)
class Problem:
    """Something that is wrong, and what to do about it."""

    what: str
    fix: str


@dataclasses.dataclass(frozen=True)
class ParaViewFound:
    """One ParaView."""

    command: str
    origin: str
    version: str | None
    taken: bool
    usable: bool
    reason: str | None
    """Why it cannot be used."""
    python: str | None = None
    numpy: str | None = None
    renderer: str | None = None
    opengl: str | None = None
    log: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Report:
    """Everything `doctor` says."""

    version: str
    python: str
    system: str
    paraview: list[ParaViewFound]
    searched: list[str]
    window: str
    browser: str | None
    display: str
    xvfb: str | None
    packages: dict[str, str | None]
    folders: dict[str, str]
    problems: list[Problem]

    @property
    def usable(self) -> bool:
        """Whether the application can do its work here."""
        return any(found.taken and found.usable for found in self.paraview)


def examine_machine(config: Config) -> Report:
    """Starts each ParaView that was found once, one after the other."""
    machine = this_machine(config.environ, bundle_folder())
    folders = find_folders(config.environ)
    settings = Settings(folders.settings)
    search = Search(machine, config.pvpython, settings.pvpython, folders.cache / "versions.json", bundle_folder())
    finding = find_all(search)
    taken = finding.taken
    found = asyncio.run(_probe_all([*([taken] if taken else []), *finding.others], taken, machine, config.environ))
    found += [_described(candidate, False, None) for candidate in finding.passed_over]
    toolkit_problem = missing_toolkit(machine)
    return Report(
        version=__version__,
        python=f"{platform.python_version()} ({sys.executable})",
        system=platform.platform(),
        paraview=found,
        searched=[] if found else searched_places(machine),
        window=toolkit_problem or "can be made",
        browser=find_app_browser(machine),
        display=_display(machine),
        xvfb=find_xvfb(config.environ) if machine.linux else None,
        packages={name: _package_version(name) for name in PACKAGES},
        folders={name: str(getattr(folders, name)) for name in ("state", "config", "cache", "log")},
        problems=_problems(found, machine, folders, toolkit_problem, config),
    )


async def _probe_all(
    candidates: list[Candidate], taken: Candidate | None, machine: Machine, environ: Mapping[str, str]
) -> list[ParaViewFound]:
    xserver: XServer | None = None
    found = []
    try:
        answers = display_answers(environ, machine.home)
        for candidate in candidates:
            display = None
            if needs_x_server(candidate, machine.platform) and not answers:
                try:
                    xserver = xserver or await start_xvfb(environ)
                    display = xserver.environ
                except NoXServer as error:
                    problem = f"it needs an X server to draw: no display answers, and {error}"
                    found.append(_described(candidate, candidate is taken, Probed(problem=problem)))
                    continue
            command = interpreter_command(candidate, machine.platform)
            child = server_environment(environ, machine.platform, bundle_folder(), display=display)
            probed = await asyncio.to_thread(probe, command, child)
            found.append(_described(candidate, candidate is taken, probed))
    finally:
        if xserver:
            xserver.close()
    return found


def _described(candidate: Candidate, taken: bool, probed: Probed | None) -> ParaViewFound:
    facts = probed or Probed()
    reason = candidate.problem or facts.problem
    return ParaViewFound(
        command=str(candidate),
        origin=candidate.origin,
        version=facts.paraview or (str(candidate.version) if candidate.version else None),
        taken=taken,
        usable=reason is None,
        reason=reason,
        python=facts.python,
        numpy=facts.numpy,
        renderer=facts.renderer,
        opengl=facts.opengl,
        log=facts.log if facts.problem else (),
    )


def _problems(
    found: list[ParaViewFound], machine: Machine, folders: Folders, toolkit_problem: str | None, config: Config
) -> list[Problem]:
    problems = [*_paraview_problems(found, machine)]
    if toolkit_problem:
        problems.append(
            Problem(sentences(f"No window can be made: {toolkit_problem}"), sentences(install_window(machine).text))
        )
    if machine.linux and not find_xvfb(config.environ) and not display_answers(config.environ, machine.home):
        problems.append(Problem("No display answers and Xvfb is missing.", sentences(install_xvfb(machine).text)))
    if folders.problem:
        problems.append(Problem(sentences(folders.problem), "Make the folder writable."))
    try:
        find_page(_PACKAGE, config.page)
    except StartError as error:
        problems.append(Problem(sentences(error.message), sentences(error.hint or "")))
    if not (_package_version("simplejpeg") or _package_version("pillow")):
        problems.append(
            Problem("Images cannot be encoded: neither simplejpeg nor Pillow is installed.", "Install one.")
        )
    return problems


def _paraview_problems(found: list[ParaViewFound], machine: Machine) -> list[Problem]:
    advice = install_paraview(machine)
    if not found:
        return [Problem("No ParaView was found.", sentences(advice.text))]
    problems = [
        Problem(sentences(f"{item.command} cannot be used: {item.reason}"), _fix(item, machine))
        for item in found
        if item.reason
    ]
    if not any(item.taken for item in found):
        problems.append(Problem("No ParaView that can be used was found.", sentences(advice.text)))
    return problems


def _fix(found: ParaViewFound, machine: Machine) -> str:
    if found.reason and "X server" in found.reason:
        return sentences(install_xvfb(machine).text)
    if found.origin in ("--pvpython", "PVW_PVPYTHON"):
        return f"Name another pvpython with {found.origin}, or leave it out."
    if found.version and found.log:
        return "Try the graphics driver's update, or start the application and choose Restart with software rendering."
    return "Leave it, or install it again; another one is taken in its place."


def _display(machine: Machine) -> str:
    if not machine.linux:
        return "the system's own"
    name = machine.environ.get("DISPLAY")
    if not name:
        return "none (DISPLAY is not set)"
    return f"{name} answers" if display_answers(machine.environ, machine.home) else f"{name} does not answer"


def _package_version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
