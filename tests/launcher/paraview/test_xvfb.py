"""The private X server: lets in whoever has its cookie, and leaves nothing however things end."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pvw_desktop.launcher.paraview import xvfb
from pvw_desktop.launcher.paraview.xvfb import NoXServer, start_xvfb
from pvw_desktop.launcher.system.xdisplay import connect, display_answers
from tests.launcher.driver import wait_gone, wait_until

SCRIPT = """
import asyncio, os, sys, time
from pvw_desktop.launcher.paraview.xvfb import start_xvfb
async def main():
    server = await start_xvfb(os.environ)
    print(server._process.pid, server.environ["DISPLAY"], flush=True)
    time.sleep(60)
asyncio.run(main())
"""


def traces(number: int) -> list[str]:
    return [name for name in (f"/tmp/.X{number}-lock", f"/tmp/.X11-unix/X{number}") if os.path.exists(name)]


async def test_started_and_ended(tmp_path: Path) -> None:
    server = await start_xvfb(os.environ)
    environ = server.environ
    number = int(environ["DISPLAY"].lstrip(":"))
    assert server.running and traces(number)
    assert display_answers(environ, tmp_path)
    assert connect(environ["DISPLAY"], None) is None, "without the cookie nobody gets in"
    server.close()
    assert not traces(number)
    assert not display_answers(environ, tmp_path)


async def test_it_survives_a_client_that_comes_and_goes(tmp_path: Path) -> None:
    server = await start_xvfb(os.environ)
    try:
        for _ in range(3):
            assert display_answers(server.environ, tmp_path)
        await asyncio.sleep(0.1)
        assert server.running
    finally:
        server.close()


async def test_a_killed_one_leaves_no_lock() -> None:
    server = await start_xvfb(os.environ)
    number = int(server.environ["DISPLAY"].lstrip(":"))
    os.kill(server._process.pid, signal.SIGKILL)
    wait_until(lambda: not server.running, "its end")
    server.close()
    assert not traces(number)


@pytest.mark.parametrize("with_setpriv", [True, False])
def test_the_death_of_the_application_ends_it(with_setpriv: bool, tmp_path: Path) -> None:
    """Either way alone must do: not every system has setpriv."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("Xvfb", *(["setpriv"] if with_setpriv else [])):
        program = shutil.which(name)
        assert program
        (folder / name).symlink_to(program)
    environ = {**os.environ, "PATH": str(folder), "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen([sys.executable, "-c", SCRIPT], env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        pid, display = process.stdout.readline().split()
        process.kill()
    wait_gone([int(pid)], 3)
    wait_until(lambda: not traces(int(display.lstrip(":"))), "no lock", 3)


async def test_missing() -> None:
    with pytest.raises(NoXServer, match="not installed"):
        await start_xvfb({"PATH": ""})


@pytest.mark.parametrize(
    "text", ["exit 1", "exec sleep 30", '[ "$1" = -displayfd ] || shift; echo nonsense >&"$2"; exec sleep 30']
)
async def test_one_that_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(xvfb, "START_SECONDS", 0.5)
    program = tmp_path / "Xvfb"
    program.write_text(f"#!/bin/bash\n{text}\n")
    program.chmod(0o755)
    with pytest.raises(NoXServer):
        await start_xvfb({"PATH": f"{tmp_path}:/usr/bin:/bin"})


async def test_a_number_that_is_taken_after_all(tmp_path: Path) -> None:
    """An Xvfb that names another server's display is left, and one with a number of its own is started."""
    real = shutil.which("Xvfb")
    other = await start_xvfb(os.environ)
    number = other.environ["DISPLAY"].lstrip(":")
    program = tmp_path / "Xvfb"
    program.write_text(f'#!/bin/bash\ncase "$1" in :*) exec {real} "$@";; esac\necho {number} >&"$2"\nexec sleep 30\n')
    program.chmod(0o755)
    try:
        server = await start_xvfb({**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"})
        try:
            assert int(server.environ["DISPLAY"].lstrip(":")) >= 100
            assert display_answers(server.environ, tmp_path)
        finally:
            server.close()
        assert other.running
    finally:
        other.close()
