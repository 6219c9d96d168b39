"""The page in a browser from the command line, with a program that stands in for Chrome."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.launcher.driver import Application, children, wait_gone, wait_until

Start = Callable[..., Application]


@pytest.fixture
def chrome(tmp_path: Path) -> dict[str, str]:
    """An environment with a `google-chrome-stable` that writes down what it is shown, until `close` is there."""
    folder = tmp_path / "programs"
    folder.mkdir()
    program = folder / "google-chrome-stable"
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{tmp_path}/shown"\n'
        f'while [ ! -e "{tmp_path}/close" ]; do sleep 0.05; done\n'
    )
    program.chmod(0o755)
    return {"PATH": f"{folder}:{os.environ['PATH']}"}


def test_closing_the_browser_ends_everything(
    application: Start, chrome: dict[str, str], x_server: str, tmp_path: Path
) -> None:
    one = application("--browser", "--log-level", "info", DISPLAY=x_server, **chrome)
    shown = tmp_path / "shown"
    wait_until(shown.exists, "the browser")
    one.wait_said("ParaView is ready")
    pids = [process.pid for process in children(one.pid)]
    redirect = wait_until(lambda: re.search(r"--app=file://(\S+)", shown.read_text()), "the page")[1]
    assert redirect.endswith("open.html")
    (tmp_path / "close").touch()
    assert one.exit_code() == 0
    wait_gone(pids)
    assert not one.out


def test_a_signal_ends_the_browser(application: Start, chrome: dict[str, str], x_server: str, tmp_path: Path) -> None:
    one = application("--browser", DISPLAY=x_server, **chrome)
    wait_until((tmp_path / "shown").exists, "the browser")
    pids = [process.pid for process in children(one.pid)]
    one.send(signal.SIGTERM)
    assert one.exit_code() == 143
    wait_gone(pids)


def test_without_any_browser_the_address(application: Start, x_server: str, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for name in ("sh", "env"):
        (tmp_path / "bin" / name).symlink_to(f"/bin/{name}")
    one = application("--browser", DISPLAY=x_server, PATH=str(tmp_path / "bin"))
    assert one.address().startswith("http://127.0.0.1:")


def test_without_a_display_the_address(application: Start, chrome: dict[str, str]) -> None:
    one = application("--browser", **chrome)
    assert one.address().startswith("http://127.0.0.1:")
    assert one.said("No display answers")
