"""Which one is taken, and what is said of the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pvw_desktop.launcher.discovery.finder import Search, examine, find_all, find_first
from pvw_desktop.launcher.discovery.machine import Machine
from pvw_desktop.launcher.discovery.places import named_candidate

MakeMachine = Callable[..., Machine]
MakeProgram = Callable[..., Path]
NEVER_ASKED = '#!/bin/sh\ntouch "$0.asked"\nexit 1\n'


def answering(version: str) -> str:
    return f'#!/bin/sh\necho x >> "$0.asked"\necho paraview version {version}\n'


def test_the_first_usable_one_without_asking_it(machine: MakeMachine, program: MakeProgram) -> None:
    one = program("opt/ParaView-5.13.1/bin/pvpython", NEVER_ASKED)
    program("opt/ParaView-5.12.0/bin/pvpython", NEVER_ASKED)
    finding = find_first(Search(machine()))
    assert finding.taken and finding.taken.command == (str(one),)
    assert str(finding.taken.version) == "5.13.1"
    assert not one.with_name("pvpython.asked").exists()


def test_asked_once_and_then_remembered(machine: MakeMachine, program: MakeProgram, tmp_path: Path) -> None:
    one = program("usr/bin/pvpython", answering("5.12.1"))
    search = Search(machine(), cache_file=tmp_path / "cache.json")
    for _ in range(2):
        finding = find_first(search)
        assert finding.taken and str(finding.taken.version) == "5.12.1"
    assert one.with_name("pvpython.asked").read_text() == "x\n"


def test_one_that_is_too_old_is_passed_over(machine: MakeMachine, program: MakeProgram) -> None:
    program("usr/bin/pvpython", answering("5.9.1"))
    two = program("opt/ParaView-5.10.1/bin/pvpython")
    finding = find_first(Search(machine(environ={"PATH": str(machine().root / "usr/bin")})))
    assert finding.taken and finding.taken.program == two
    assert finding.passed_over[0].problem == "ParaView 5.9.1 is too old: 5.10 or newer is needed"


@pytest.mark.parametrize("by", ["argument", "variable"])
def test_one_that_was_asked_for_is_the_only_choice(machine: MakeMachine, program: MakeProgram, by: str) -> None:
    program("opt/ParaView-5.13.1/bin/pvpython")
    missing = machine().root / "missing"
    environ = {"PVW_PVPYTHON": str(missing)} if by == "variable" else {}
    finding = find_first(Search(machine(environ=environ), asked=missing if by == "argument" else None))
    assert finding.taken is None
    assert finding.refused and finding.refused.problem == f"there is no file {missing}"


def test_a_saved_choice_that_is_gone_gives_way(machine: MakeMachine, program: MakeProgram) -> None:
    one = program("opt/ParaView-5.13.1/bin/pvpython")
    finding = find_first(Search(machine(), saved="/gone/pvpython"))
    assert finding.taken and finding.taken.program == one
    assert finding.refused and finding.refused.origin == "the choice made in the application"


def test_nothing_at_all(machine: MakeMachine) -> None:
    finding = find_first(Search(machine()))
    assert finding.taken is None and not finding.passed_over


def test_find_all_takes_what_find_first_takes(machine: MakeMachine, program: MakeProgram) -> None:
    one = program("opt/ParaView-5.13.1/bin/pvpython")
    two = program("opt/ParaView-5.12.0/bin/pvpython")
    old = program("opt/ParaView-5.8.0/bin/pvpython")
    finding = find_all(Search(machine()))
    assert finding.taken and finding.taken.program == one
    assert [candidate.program for candidate in finding.others] == [two]
    assert [candidate.program for candidate in finding.passed_over] == [old]


def test_the_same_one_by_two_ways_is_one(machine: MakeMachine, program: MakeProgram, tmp_path: Path) -> None:
    one = program("opt/ParaView-5.13.1/bin/pvpython")
    (tmp_path / "links").mkdir()
    (tmp_path / "links/pvpython").symlink_to(one)
    finding = find_all(Search(machine(environ={"PATH": str(tmp_path / "links")})))
    assert finding.taken and finding.taken.program == tmp_path / "links/pvpython" and not finding.others


def test_what_is_wrong_with_a_file(machine: MakeMachine, program: MakeProgram, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    plain = program("opt/ParaView-5.13.1/bin/pvpython")
    plain.chmod(0o644)
    for path, words in (
        (link, "leads nowhere"),
        (plain, "may not be executed"),
        (tmp_path / ("x" * 300), "there is no file"),
    ):
        problem = examine(named_candidate(machine(), path), Search(machine())).problem
        assert problem and words in problem
