"""The version from files, from the program itself, from memory."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from pvw_desktop.launcher.discovery.candidate import Version
from pvw_desktop.launcher.discovery.version import Unanswered, VersionCache, ask_version, version_from_files

MakeProgram = Callable[..., Path]


@pytest.mark.parametrize(
    "beside",
    ["share/paraview-5.11", "lib/paraview-5.11", "lib/x86_64-linux-gnu/paraview-5.11", "lib/cmake/paraview-5.11"],
)
def test_from_the_files_beside_it(program: MakeProgram, tmp_path: Path, beside: str) -> None:
    one = program("usr/bin/pvpython")
    (tmp_path / "usr" / beside).mkdir(parents=True)
    assert version_from_files(one) == Version(5, 11)


def test_two_versions_beside_it_tell_nothing(program: MakeProgram, tmp_path: Path) -> None:
    one = program("usr/bin/pvpython")
    for release in ("5.11", "6.1"):
        (tmp_path / f"usr/share/paraview-{release}").mkdir(parents=True)
    assert version_from_files(one) is None


def test_another_program_is_not_taken_for_it(program: MakeProgram, tmp_path: Path) -> None:
    (tmp_path / "usr/share/paraview-5.11").mkdir(parents=True)
    assert version_from_files(program("usr/bin/true")) is None


def test_through_a_link(program: MakeProgram, tmp_path: Path) -> None:
    one = program("opt/ParaView-5.13.1/bin/pvpython")
    link = tmp_path / "pvpython"
    link.symlink_to(one)
    assert version_from_files(link) == Version(5, 13, 1)


def test_asked(program: MakeProgram) -> None:
    one = program("a b é/pvpython", "#!/bin/sh\necho some warning\necho paraview version 5.13.2-RC1\n")
    assert ask_version((str(one),), os.environ) == Version(5, 13, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#!/bin/sh\necho GNU true 9.1\n", "printed “GNU true 9.1” (exit code 0)"),
        ("#!/bin/sh\nexit 7\n", "printed nothing (exit code 7)"),
        ("not a program", "cannot be started"),
    ],
)
def test_asked_what_is_no_paraview(program: MakeProgram, text: str, words: str) -> None:
    with pytest.raises(Unanswered) as caught:
        ask_version((str(program("pvpython", text)),), os.environ)
    assert words in str(caught.value)


def test_asked_what_does_not_answer(program: MakeProgram) -> None:
    one = program("pvpython", "#!/bin/sh\nexec sleep 3000\n")
    with pytest.raises(Unanswered, match="within 0 s"):
        ask_version((str(one),), os.environ, timeout=0.2)


def test_asked_what_prints_without_end(program: MakeProgram) -> None:
    one = program("pvpython", "#!/bin/sh\nexec yes paraview version 9.9\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unanswered, match="printed without end"):
        ask_version((str(one),), os.environ, timeout=60)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_remembered_as_long_as_the_file_is_the_same(program: MakeProgram, tmp_path: Path) -> None:
    one, cache = program("pvpython"), tmp_path / "cache.json"
    VersionCache(cache).put(one, Version(5, 11, 0))
    assert VersionCache(cache).get(one) == Version(5, 11, 0)
    one.write_text("another")
    assert VersionCache(cache).get(one) is None


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}'])
def test_a_damaged_cache_is_empty(program: MakeProgram, tmp_path: Path, text: str) -> None:
    cache = tmp_path / "cache.json"
    cache.write_text(text)
    assert VersionCache(cache).get(program("pvpython")) is None
