"""Which ParaView is taken: the first usable one in the order of `places`, and why each other was passed over.

A candidate is asked for its version only where its files do not tell, and only until one is taken.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

from ..paraview.environment import clean_environment
from .candidate import OLDEST, Candidate, Version
from .machine import Machine
from .places import found_places, named_places
from .version import Unanswered, VersionCache, ask_version, version_from_files


@dataclasses.dataclass(frozen=True)
class Search:
    """Where to look and what to prefer."""

    machine: Machine
    asked: Path | None = None
    saved: str | None = None
    cache_file: Path | None = None
    bundle: Path | None = None


@dataclasses.dataclass(frozen=True)
class Finding:
    """What the search came to."""

    taken: Candidate | None
    passed_over: tuple[Candidate, ...] = ()
    """Those that cannot be used, in the order they were looked at."""
    others: tuple[Candidate, ...] = ()
    """Further ones that could be used. Empty where the search ended with the first."""

    @property
    def refused(self) -> Candidate | None:
        """The one the person asked for, where it cannot be used."""
        return next((candidate for candidate in self.passed_over if candidate.asked_for), None)


def find_first(search: Search) -> Finding:
    """Looks no further than the first usable ParaView. One named on the command line or in PVW_PVPYTHON is the only
    choice: another in its place would show other results than were asked for."""
    passed_over: list[Candidate] = []
    for candidate in _examined(search):
        if candidate.usable:
            return Finding(candidate, tuple(passed_over))
        passed_over.append(candidate)
        if candidate.asked_for and candidate.origin in ("--pvpython", "PVW_PVPYTHON"):
            break
    return Finding(None, tuple(passed_over))


def find_all(search: Search) -> Finding:
    """Looks at every ParaView; the one `find_first` takes is taken."""
    taken = find_first(search).taken
    examined = list(_examined(search))
    return Finding(
        next((candidate for candidate in examined if taken and candidate.command == taken.command), None),
        tuple(candidate for candidate in examined if not candidate.usable),
        tuple(
            candidate
            for candidate in examined
            if candidate.usable and (not taken or candidate.command != taken.command)
        ),
    )


def examine(candidate: Candidate, search: Search) -> Candidate:
    """The candidate with its version, or with the reason why it cannot be used."""
    if candidate.problem:
        return candidate
    problem = None if candidate.flatpak else _file_problem(candidate.program, search.machine.windows)
    if problem:
        return dataclasses.replace(candidate, problem=problem)
    try:
        version = _version(candidate, search)
    except Unanswered as error:
        return dataclasses.replace(candidate, problem=str(error))
    if version.release < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        problem = f"ParaView {version} is too old: {oldest} or newer is needed"
    return dataclasses.replace(candidate, version=version, problem=problem)


def _examined(search: Search) -> Iterator[Candidate]:
    seen: set[tuple[str, ...]] = set()
    for candidate in _all(search):
        key = candidate.command if candidate.flatpak else (os.path.realpath(candidate.program),)
        if key not in seen:
            seen.add(key)
            yield examine(candidate, search)


def _all(search: Search) -> Iterator[Candidate]:
    yield from named_places(search.machine, search.asked, search.saved)
    yield from found_places(search.machine)


def _version(candidate: Candidate, search: Search) -> Version:
    cache = VersionCache(search.cache_file)
    known = None if candidate.flatpak else version_from_files(candidate.program) or cache.get(candidate.program)
    if known:
        return known
    environ = clean_environment(search.machine.environ, search.machine.platform, search.bundle)
    version = ask_version(candidate.command, environ)
    if not candidate.flatpak:
        cache.put(candidate.program, version)
    return version


def _file_problem(program: Path, windows: bool) -> str | None:
    if not os.path.lexists(program):
        return f"there is no file {program}"
    if not os.path.exists(program):
        return f"the link {program} leads nowhere"
    if not os.path.isfile(program):
        return f"{program} is no program"
    if not windows and not os.access(program, os.X_OK):
        return f"{program} may not be executed"
    return None
