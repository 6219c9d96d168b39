"""What a process is started with: which display, and what is said where there is none."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

import pytest

from pvw_desktop.launcher.discovery.finder import Search
from pvw_desktop.launcher.discovery.machine import Machine
from pvw_desktop.launcher.paraview.restarts import Attempt
from pvw_desktop.launcher.paraview.server_log import ServerLog
from pvw_desktop.launcher.paraview.startup import NotStartable, Plan, Starter
from tests.launcher.driver import Starts, wait_until

SERVER = Path(__file__).parents[3] / "pvw_desktop" / "server"


def starter(environ: dict[str, str], tmp_path: Path, saved: str | None = None) -> Starter:
    machine = Machine("linux", environ, home=tmp_path / "home", root=tmp_path)
    return Starter(Plan(Search(machine), SERVER, environ, machine.home), ServerLog(None), None, lambda: saved)


async def start_and_end(made: Starter) -> None:
    """Starts a process, waits until it has connected, and ends it."""
    launch = await made.launch(Attempt(), lambda text: None)
    try:
        channel = await asyncio.wait_for(launch.listener.accept(), 60)
        channel.close()
    finally:
        await launch.close()


async def started_with(made: Starter, starts: Starts) -> dict[str, str]:
    """The environment of a process that was started and ended again."""
    try:
        await start_and_end(made)
    finally:
        made.close()
    environ: dict[str, str] = starts.all()[-1]["environ"]
    return environ


async def test_a_display_that_answers_is_used(
    environ: dict[str, str], tmp_path: Path, starts: Starts, x_server: str
) -> None:
    assert (await started_with(starter({**environ, "DISPLAY": x_server}, tmp_path), starts))["DISPLAY"] == x_server


@pytest.mark.parametrize("display", ["", ":65000"])
async def test_without_one_a_private_x_server(
    environ: dict[str, str], tmp_path: Path, starts: Starts, display: str
) -> None:
    got = await started_with(starter({**environ, "DISPLAY": display}, tmp_path), starts)
    assert got["DISPLAY"] not in ("", ":65000") and got["XAUTHORITY"].startswith("/proc/")
    number = got["DISPLAY"].lstrip(":")
    wait_until(lambda: not os.path.exists(f"/tmp/.X11-unix/X{number}"), "the X server to be gone")


async def test_the_private_x_server_serves_the_next_start_too(
    environ: dict[str, str], tmp_path: Path, starts: Starts
) -> None:
    made = starter(environ, tmp_path)
    try:
        for _ in range(2):
            await start_and_end(made)
    finally:
        made.close()
    first, second = (entry["environ"]["DISPLAY"] for entry in starts.all())
    assert first == second


async def test_paraview_6_needs_none(environ: dict[str, str], tmp_path: Path, starts: Starts) -> None:
    got = await started_with(starter({**environ, "FAKE_PVPYTHON": "version=6.1.0"}, tmp_path), starts)
    assert "DISPLAY" not in got


async def test_without_xvfb_the_command_that_installs_it(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/os-release").write_text("ID=ubuntu\n")
    (tmp_path / "bin").mkdir()
    for name in ("sh", "env"):
        program = shutil.which(name)
        assert program
        (tmp_path / "bin" / name).symlink_to(program)
    made = starter({**environ, "PATH": str(tmp_path / "bin")}, tmp_path)
    with pytest.raises(NotStartable) as caught:
        await made.launch(Attempt(), lambda text: None)
    assert (
        str(caught.value) == "ParaView 5.11.0 needs an X server to draw. No display answers, and Xvfb is not installed."
    )
    assert caught.value.missing.command == "sudo apt install xvfb"


async def test_a_saved_choice_that_is_gone_is_said(
    environ: dict[str, str], tmp_path: Path, starts: Starts, fake_pvpython: Path, caplog: pytest.LogCaptureFixture
) -> None:
    del environ["PVW_PVPYTHON"]
    folder = tmp_path / "opt/ParaView-6.0.0/bin"
    folder.mkdir(parents=True)
    shutil.copy(fake_pvpython, folder)
    environ["PATH"] = "/nowhere"
    await started_with(starter(environ, tmp_path, saved="/gone/pvpython"), starts)
    assert "the choice made in the application cannot be used: there is no file /gone/pvpython" in caplog.text
