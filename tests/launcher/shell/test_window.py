"""The native window: where it may go, where it stands, and the real one on a private X server."""

from __future__ import annotations

import http.server
import json
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pvw_desktop.launcher.settings import Place
from pvw_desktop.launcher.shell.window import on_some_screen
from tests.launcher.desk import Desk
from tests.launcher.driver import Application, Starts, children, wait_gone, wait_until

SLOW = "slow=20"
"""A ParaView that takes longer than any window."""


def screen(x: int, y: int, width: int, height: int) -> SimpleNamespace:
    return SimpleNamespace(x=x, y=y, width=width, height=height)


@pytest.mark.parametrize(
    ("place", "screens", "expected"),
    [
        (Place(800, 600, 10, 20), [screen(0, 0, 1920, 1080)], Place(800, 600, 10, 20)),
        (Place(800, 600, 2000, 20), [screen(0, 0, 1920, 1080)], Place(800, 600)),
        (Place(800, 600, 2000, 20), [screen(0, 0, 1920, 1080), screen(1920, 0, 1920, 1080)], Place(800, 600, 2000, 20)),
        (Place(800, 600, 10, -700), [screen(0, 0, 1920, 1080)], Place(800, 600)),
        (Place(5000, 4000), [screen(0, 0, 1280, 800)], Place(1280, 800)),
        (Place(800, 600, 10, 20, True), [], Place(800, 600, 10, 20, True)),
    ],
)
def test_a_place_that_can_be_seen(place: Place, screens: list[Any], expected: Place) -> None:
    assert on_some_screen(place, screens) == expected


@pytest.fixture
def desk(x_server: str) -> Iterator[Desk]:
    made = Desk(x_server)
    yield made
    made.close()


@pytest.fixture
def open_window(application: Callable[..., Application], desk: Desk) -> Callable[..., tuple[Application, int]]:
    """Starts the application with its window, and waits until that can be seen."""

    def start(*arguments: str, **extra: str) -> tuple[Application, int]:
        one = application("--log-level", "info", *arguments, DISPLAY=desk.display, **extra)
        return one, wait_until(desk.window, f"the window; it said {one.err}")

    return start


in_a_window = pytest.mark.window


@in_a_window
def test_the_window_is_there_before_paraview(
    open_window: Callable[..., tuple[Application, int]], desk: Desk, starts: Starts
) -> None:
    one, window = open_window(FAKE_PVPYTHON=SLOW)
    assert not one.said("ParaView is ready")
    assert desk.window_class(window) == ["org.pvw.Desktop", "org.pvw.Desktop"]
    starts.wait(1)
    desk.press_close(window)
    assert one.exit_code() == 0


@in_a_window
def test_closing_the_window_ends_everything(
    open_window: Callable[..., tuple[Application, int]], desk: Desk, environ: dict[str, str]
) -> None:
    one, window = open_window()
    one.wait_said("ParaView is ready")
    pids = [process.pid for process in children(one.pid)]
    desk.resize(window, 900, 700)
    settings = Path(environ["PVW_STATE_DIR"], "config", "settings.json")
    time.sleep(0.6)  # the place is asked for once the window has come to rest
    desk.press_close(window)
    assert one.exit_code() == 0
    wait_gone(pids)
    assert json.loads(settings.read_text())["window"]["width"] == 900


@in_a_window
def test_its_size_is_remembered(
    open_window: Callable[..., tuple[Application, int]], desk: Desk, environ: dict[str, str]
) -> None:
    settings = Path(environ["PVW_STATE_DIR"], "config", "settings.json")
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"version": 1, "window": {"width": 777, "height": 555, "x": 40, "y": 30}}))
    one, window = open_window()
    wait_until(lambda: desk.size(window) == (777, 555), "the size of last time")
    one.send(signal.SIGINT)
    assert one.exit_code() == 130


@in_a_window
@pytest.mark.parametrize("when", ["at once", "later"])
def test_a_signal_closes_the_window(open_window: Callable[..., tuple[Application, int]], desk: Desk, when: str) -> None:
    one, _ = open_window()
    if when == "later":
        one.wait_said("ParaView is ready")
    one.send(signal.SIGTERM)
    assert one.exit_code() == 143
    wait_until(lambda: desk.window() is None, "no window")


@in_a_window
def test_a_failure_before_the_page_closes_the_window(
    open_window: Callable[..., tuple[Application, int]], desk: Desk
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        one, _ = open_window("--port", str(taken.getsockname()[1]))
        assert one.exit_code() == 4
    assert one.said("is in use")


@in_a_window
def test_a_second_start_brings_the_first_up(
    open_window: Callable[..., tuple[Application, int]], application: Callable[..., Application], desk: Desk
) -> None:
    one, window = open_window()
    one.wait_said("ParaView is ready")
    second = application(DISPLAY=desk.display)
    assert second.exit_code() == 0
    assert one.process.poll() is None


@in_a_window
def test_sigkill_leaves_no_process_of_the_window(
    open_window: Callable[..., tuple[Application, int]], desk: Desk
) -> None:
    one, _ = open_window()
    one.wait_said("ParaView is ready")
    pids = [process.pid for process in children(one.pid)]
    one.send(signal.SIGKILL)
    one.exit_code()
    wait_gone(pids)


@in_a_window
def test_the_window_stays_on_its_page(
    open_window: Callable[..., tuple[Application, int]], page: Path, tmp_path: Path
) -> None:
    """A page that leads elsewhere: the address goes to the person's browser, the window does not go there."""
    visits, opened = [], tmp_path / "opened"

    class Trap(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - the standard library's name
            visits.append(self.path)
            self.send_error(404)

    with http.server.HTTPServer(("127.0.0.1", 0), Trap) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        elsewhere = f"http://127.0.0.1:{server.server_port}/trap"
        refresh = f'<!doctype html><meta http-equiv="refresh" content="0; url={elsewhere}"><p>page'
        (page / "index.html").write_text(refresh, "utf-8")
        program = tmp_path / "browser"
        program.write_text(f'#!/bin/sh\necho "$1" >> "{opened}"\n')
        program.chmod(0o755)
        open_window(BROWSER=f"{program} %s")
        wait_until(opened.exists, "the address in the person's browser")
        time.sleep(0.5)  # for the window to go there, if it did
        server.shutdown()
        thread.join()
    assert opened.read_text().splitlines()[0] == elsewhere
    assert visits == []
