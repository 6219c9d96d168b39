"""The words for an end that nobody asked for."""

from __future__ import annotations

import pytest

from pvw_desktop.launcher.paraview.crash import LOG_LINES, describe, reason, signal_name, was_ended
from pvw_desktop.launcher.paraview.process import Exit


@pytest.mark.parametrize(
    ("how", "ready", "words"),
    [
        (Exit(None, 11), True, "ParaView was ended by signal 11 (segmentation fault)"),
        (Exit(None, 6), False, "ParaView was ended by signal 6 (it gave up) before it was ready"),
        (
            Exit(None, 9),
            True,
            "ParaView was ended by signal 9 (killed; often the system does that when memory runs out)",
        ),
        (Exit(None, 12), True, "ParaView was ended by signal 12 (SIGUSR2)"),
        (Exit(None, 62), True, "ParaView was ended by signal 62 (signal 62)"),
        (Exit(3), False, "ParaView left by itself with exit code 3 before it was ready"),
        (Exit(0), True, "ParaView left by itself with exit code 0"),
        (Exit(-1073741819), True, "ParaView crashed with code 0xC0000005 (access violation)"),
        (Exit(0xC0000135), False, "ParaView crashed with code 0xC0000135 (a DLL was not found) before it was ready"),
    ],
)
def test_reason(how: Exit, ready: bool, words: str) -> None:
    assert reason(how, ready) == words


@pytest.mark.parametrize(("how", "outside"), [(Exit(None, 9), True), (Exit(None, 11), False), (Exit(1), False)])
def test_who_ended_it(how: Exit, outside: bool) -> None:
    assert was_ended(how) is outside


def test_signal_name() -> None:
    assert signal_name(None) is None and signal_name(11) == "SIGSEGV"


def test_describe_keeps_the_last_lines() -> None:
    lines = [str(number) for number in range(100)]
    crash = describe(
        Exit(None, 11), ready=True, during="Contour", log=lines, restorable=True, restore="all", restart_at=1.5
    )
    assert crash.log == lines[-LOG_LINES:]
    assert (crash.exit_code, crash.signal, crash.during) == (None, "SIGSEGV", "Contour")
    assert crash.restorable and crash.restart_at == 1.5
