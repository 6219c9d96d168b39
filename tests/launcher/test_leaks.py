"""Nothing is left, however it ends: stopped, launcher killed, pvpython killed, or both, with the real ParaView.

Looks for processes, listening ports, mapped memory, X servers with their sockets, and session folders.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.launcher.driver import (
    Application,
    abandoned_x_sockets,
    children,
    files_below,
    is_listening,
    memories,
    wait_gone,
    wait_until,
)

pytestmark = pytest.mark.leak

READY_SECONDS = 60.0
ROUNDS = int(os.environ.get("PVW_LEAK_ROUNDS", "10"))
"""How often each is done, starts and stops twice as often. What is left behind each time shows in one round."""


@dataclasses.dataclass(frozen=True)
class Traces:
    """What a running application has, and must not leave."""

    pids: list[int]
    port: int | None
    memories: set[int]


class Bench:
    """Starts the application with the real pvpython and compares the machine before and after."""

    def __init__(self, environ: dict[str, str], state: Path):
        self.environ = environ
        self.state = state
        self.sockets = abandoned_x_sockets()
        self.running: list[Application] = []

    def start(self) -> Application:
        one = Application(("serve", "--ready-json", "--log-level", "info"), self.environ)
        self.running.append(one)
        return one

    def start_ready(self) -> Application:
        one = self.start()
        one.ready(READY_SECONDS)
        wait_until(lambda: one.said("ParaView is ready"), f"a real ParaView, which said {one.err}", READY_SECONDS)
        return one

    def assert_nothing_left(self, traces: Traces) -> None:
        wait_gone(traces.pids)
        assert traces.port is None or not is_listening(traces.port)
        wait_until(lambda: not traces.memories & memories(psutil.pids()), "nobody to hold the memory for images", 5)
        wait_until(lambda: abandoned_x_sockets() <= self.sockets, "no socket of an X server that is gone", 5)

    def close(self) -> None:
        for one in self.running:
            one.end()


@pytest.fixture
def bench(tmp_path: Path, pvpython: str, page: Path) -> Iterator[Bench]:
    state = tmp_path / "state"
    environ = {
        **os.environ,
        "PVW_PVPYTHON": pvpython,
        "PVW_STATE_DIR": str(state),
        "PVW_PAGE": str(page),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    made = Bench(environ, state)
    yield made
    made.close()


def traces_of(one: Application) -> Traces:
    pids = below(one)
    held = memories([one.pid, *pids])
    assert pids and held
    return Traces(pids, int(one.ready()["url"].rstrip("/").rsplit(":", 1)[1]), held)


def below(one: Application) -> list[int]:
    return [process.pid for process in children(one.pid)]


def pvpython_of(one: Application) -> psutil.Process:
    """The server itself: the last of a chain of wrappers."""

    def find() -> list[psutil.Process]:
        return [process for process in children(one.pid) if "pvpython" in process.name()]

    found: list[psutil.Process] = wait_until(find, "pvpython")
    return found[-1]


def test_starts_and_stops(bench: Bench) -> None:
    for round_ in range(2 * ROUNDS):
        one = bench.start_ready()
        traces = traces_of(one)
        one.send((signal.SIGTERM, signal.SIGINT)[round_ % 2])
        assert one.exit_code() == (143, 130)[round_ % 2]
        bench.assert_nothing_left(traces)
        assert {name for name in files_below(bench.state) if name.startswith("sessions/")} == {"sessions/.guard"}


def test_stops_while_it_starts(bench: Bench) -> None:
    chance = random.Random(11)
    for _ in range(ROUNDS):
        one = bench.start()
        pids: set[int] = set()
        pids.update(wait_until(functools.partial(below, one), "a first child"))
        until = time.monotonic() + chance.uniform(0, 1.2)
        while time.monotonic() < until:
            pids.update(below(one))
        one.send(signal.SIGTERM)
        assert one.exit_code() == 143
        bench.assert_nothing_left(Traces(sorted(pids), None, set()))


def test_kills_of_the_launcher(bench: Bench) -> None:
    for _ in range(ROUNDS):
        one = bench.start_ready()
        traces = traces_of(one)
        one.send(signal.SIGKILL)
        assert one.exit_code() == -signal.SIGKILL
        bench.assert_nothing_left(traces)
    one = bench.start_ready()  # sweeps what the killed ones left on disk
    sessions = bench.state / "sessions"
    wait_until(lambda: len(list(sessions.glob("[!.]*"))) == 1, "only its own session's folder")
    one.send(signal.SIGTERM)
    one.exit_code()


def test_kills_of_pvpython(bench: Bench) -> None:
    for _ in range(ROUNDS):
        one = bench.start_ready()
        traces = traces_of(one)
        pvpython_of(one).kill()
        one.wait_said("ParaView was ended by signal 9")
        one.send(signal.SIGTERM)
        assert one.exit_code() == 143
        bench.assert_nothing_left(traces)


def test_a_killed_pvpython_comes_back(bench: Bench) -> None:
    one = bench.start_ready()
    first = pvpython_of(one).pid
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: sum("ParaView is ready" in line for line in one.err) == 2, "a second ParaView", READY_SECONDS)
    assert pvpython_of(one).pid != first
    traces = traces_of(one)
    one.send(signal.SIGTERM)
    one.exit_code()
    bench.assert_nothing_left(dataclasses.replace(traces, pids=[first, *traces.pids]))


def test_both_killed_at_once(bench: Bench) -> None:
    for launcher_first in (True, False):
        one = bench.start_ready()
        traces = traces_of(one)
        victims = [one.pid, pvpython_of(one).pid]
        for pid in victims if launcher_first else reversed(victims):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        one.exit_code()
        bench.assert_nothing_left(traces)
