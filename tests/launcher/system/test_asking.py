"""A program that is asked something: what it prints, and how it is ended with all it started."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import psutil
import pytest

from pvw_desktop.launcher.system.asking import Asked, ask, end_all
from tests.launcher.driver import wait_gone, wait_until


def script(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "program"
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return [str(file)]


def number_in(file: Path) -> int:
    wait_until(lambda: file.exists() and file.read_text().strip(), "the number of a process")
    return int(file.read_text())


def test_what_it_says_and_how_it_ends(tmp_path: Path) -> None:
    assert ask(script(tmp_path, "echo one; echo two >&2; exit 3"), os.environ, 60) == Asked(b"one\ntwo\n", 3)


def test_one_that_closes_its_output_and_goes_on_is_waited_for(tmp_path: Path) -> None:
    asked = ask(script(tmp_path, "echo one; exec >&- 2>&-; sleep 0.2; exit 4"), os.environ, 60)
    assert (asked.output, asked.code) == (b"one\n", 4)


def test_one_that_prints_without_end_costs_so_many_bytes(tmp_path: Path) -> None:
    asked = ask(script(tmp_path, "exec yes"), os.environ, 60, most=5000)
    assert (len(asked.output), asked.code, asked.too_much) == (5000, None, True)


@pytest.mark.parametrize("deaf", ["", "trap '' TERM HUP INT"])
def test_what_it_started_ends_with_it(tmp_path: Path, deaf: str) -> None:
    child = tmp_path / "child"
    asked = ask(script(tmp_path, f"{deaf}\nsleep 60 & echo $! > '{child}'\nwait"), os.environ, 0.5)
    assert asked.code is None and not asked.too_much
    wait_gone([number_in(child)])


def test_what_stays_behind_one_that_left_ends_too(tmp_path: Path) -> None:
    child = tmp_path / "child"
    asked = ask(script(tmp_path, f"sleep 60 >&- 2>&- & echo $! > '{child}'"), os.environ, 60)
    assert asked.code == 0
    wait_gone([number_in(child)])


def test_the_end_of_the_application_ends_it(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    answers: list[Asked] = []
    command = script(tmp_path, f"trap '' TERM; echo $$ > '{pid}'; while :; do sleep 1; done")
    asking = threading.Thread(target=lambda: answers.append(ask(command, os.environ, 100)))
    asking.start()
    number = number_in(pid)
    end_all()
    asking.join(60)
    assert not psutil.pid_exists(number)
    assert len(answers) == 1


def test_what_cannot_be_started_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        ask([str(tmp_path / "missing")], os.environ, 1)
    end_all()


def test_a_python_that_floods_both_streams(tmp_path: Path) -> None:
    code = "import sys\nwhile True: sys.stdout.write('o' * 1000); sys.stderr.write('e' * 1000)"
    assert ask([sys.executable, "-c", code], os.environ, 60, most=1 << 16).too_much
