"""A lock goes with whoever holds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pvw_desktop.launcher.system.locks import FileLock
from tests.launcher.driver import wait_until


def test_held_by_one(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_a_killed_holder_lets_go(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from pvw_desktop.launcher.system.locks import FileLock;"
        "lock = FileLock(Path(sys.argv[1])); print(lock.acquire(), flush=True); time.sleep(60)"
    )
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
    ) as holder:
        assert holder.stdout and holder.stdout.readline() == b"True\n"
        assert not FileLock(path).acquire()
        holder.kill()
    lock = FileLock(path)
    wait_until(lock.acquire, "the lock of a process that was killed", 2)
    lock.release()
