"""The application as a program, with a fake pvpython: what it prints, its exit codes, and that it leaves nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pvw_desktop.errors import StartError
from pvw_desktop.launcher.application import find_page
from tests.launcher.driver import Application, Starts, children, get, is_listening, wait_gone, wait_until

Start = Callable[..., Application]


def test_ready_json_is_the_only_line_on_stdout(application: Start, starts: Starts) -> None:
    one = application("serve", "--ready-json")
    ready = one.ready()
    assert set(ready) == {"url", "sign_in_url", "pid"}
    assert ready["pid"] == one.pid
    assert re.fullmatch(re.escape(ready["url"]) + "s/[0-9a-f]{12}/#k=.+", ready["sign_in_url"])
    assert get(ready["url"])[0] == 200, "the page answers as soon as the line is printed"
    starts.wait(1)
    one.send(signal.SIGTERM)
    assert one.exit_code() == 143
    assert len(one.out) == 1


def test_serve_prints_the_address(application: Start) -> None:
    one = application("serve")
    line = one.address()
    assert line.startswith("http://127.0.0.1:") and "#k=" in line


def test_without_a_display_it_serves_and_says_so(application: Start) -> None:
    one = application()
    one.address()
    assert one.said("No display answers, so no window is opened")


def test_what_pvpython_gets(application: Start, starts: Starts, environ: dict[str, str]) -> None:
    application("serve", "--ready-json", QT_PLUGIN_PATH="/nowhere").ready()
    start = starts.wait(1)[0]
    assert start["arguments"][:3] == ["--no-mpi", "--dr", "--force-offscreen-rendering"]
    assert start["arguments"][3] == "--" and start["arguments"][4].endswith("server")
    assert not {"QT_PLUGIN_PATH", "PYTHONPATH", "PVW_STATE_DIR"} & set(start["environ"])
    assert start["config"]["restore"] is None
    assert start["config"]["work"].startswith(environ["PVW_STATE_DIR"])
    secret = start["config"]["token"]
    assert secret not in json.dumps([start["arguments"], start["environ"]])


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_everything(
    application: Start, starts: Starts, environ: dict[str, str], number: int, code: int
) -> None:
    one = application("serve", "--ready-json")
    port = int(one.ready()["url"].rsplit(":", 1)[1].strip("/"))
    starts.wait(1)
    pids = [process.pid for process in children(one.pid)]
    one.send(number)
    assert one.exit_code() == code
    wait_gone(pids)
    assert not is_listening(port)
    assert not list(Path(environ["PVW_STATE_DIR"], "sessions").glob("[!.]*"))


def test_a_signal_while_it_starts_ends_everything(application: Start, starts: Starts) -> None:
    one = application("serve", "--ready-json", FAKE_PVPYTHON="silent")
    pid = starts.wait(1)[0]["pid"]
    one.send(signal.SIGINT)
    assert one.exit_code() == 130
    wait_gone([pid])


def test_a_stubborn_pvpython_is_ended_too(application: Start, starts: Starts) -> None:
    one = application("serve", "--ready-json", FAKE_PVPYTHON="stubborn")
    pid = starts.wait(1)[0]["pid"]
    one.ready()
    one.send(signal.SIGTERM)
    assert one.exit_code() == 143
    wait_gone([pid], 0.5)


def test_a_second_signal_does_not_wait(application: Start, starts: Starts) -> None:
    one = application("serve", "--ready-json", "--log-level", "info", FAKE_PVPYTHON="stubborn")
    pid = starts.wait(1)[0]["pid"]
    one.ready()
    one.send(signal.SIGINT)
    one.wait_said("ParaView is stopping")
    deadline = time.monotonic() + 4
    while one.process.poll() is None and time.monotonic() < deadline:
        one.send(signal.SIGINT)
        time.sleep(0.02)
    assert time.monotonic() < deadline
    assert one.exit_code() == 130
    wait_gone([pid], 0.5)


def test_sigkill_leaves_no_process(application: Start, starts: Starts) -> None:
    one = application("serve", "--ready-json", FAKE_PVPYTHON="wrapper")
    one.ready()
    starts.wait(1)
    pids = [process.pid for process in children(one.pid)]
    assert len(pids) >= 2
    one.send(signal.SIGKILL)
    one.exit_code()
    wait_gone(pids)


def test_sigkill_of_the_launcher_reaches_a_pvpython_that_is_deaf_to_it(application: Start, starts: Starts) -> None:
    """Only the end of stdin tells it."""
    one = application("serve", "--ready-json", FAKE_PVPYTHON="no-pdeathsig")
    one.ready()
    pid = starts.wait(1)[0]["pid"]
    one.send(signal.SIGKILL)
    wait_gone([pid])


def test_work_of_a_killed_application_is_kept(application: Start, starts: Starts, environ: dict[str, str]) -> None:
    one = application("serve", "--ready-json", FAKE_PVPYTHON="save")
    one.ready()
    work = Path(starts.wait(1)[0]["config"]["work"])
    wait_until(work.exists, "saved work")
    text = work.read_text()
    one.send(signal.SIGKILL)
    one.exit_code()
    application("serve", "--ready-json").ready()
    kept = Path(environ["PVW_STATE_DIR"], "kept work")
    found = wait_until(lambda: list(kept.glob("* unfinished.pvsm")), "the kept work")
    assert found[0].read_text() == text
    wait_until(lambda: not work.parent.exists(), "the end of its folder")


def test_no_work_of_two_killed_sessions_is_lost(application: Start, starts: Starts, environ: dict[str, str]) -> None:
    """Both at once, then a third: each is kept, whatever was kept before."""
    texts = set()
    for round_ in (1, 3):
        together = [application("serve", "--ready-json", FAKE_PVPYTHON="save") for _ in range(2 if round_ == 1 else 1)]
        for one in together:
            one.ready()
        works = [Path(start["config"]["work"]) for start in starts.wait(round_ + len(together) - 1)[-len(together) :]]
        for work in works:
            wait_until(work.exists, "saved work")
            texts.add(wait_until(work.read_text, "its content"))
        for one in together:
            one.send(signal.SIGKILL)
            one.exit_code()
    application("serve", "--ready-json").ready()
    kept = Path(environ["PVW_STATE_DIR"], "kept work")
    wait_until(lambda: len(list(kept.glob("*.pvsm"))) >= 3, "three kept works")
    assert {path.read_text() for path in kept.glob("*.pvsm")} == texts and len(texts) == 3


def test_work_of_a_session_that_was_ended_is_kept(application: Start, starts: Starts, environ: dict[str, str]) -> None:
    one = application("serve", "--ready-json", FAKE_PVPYTHON="save")
    one.ready()
    work = Path(starts.wait(1)[0]["config"]["work"])
    wait_until(work.exists, "saved work")
    text = work.read_text()
    one.send(signal.SIGTERM)
    assert one.exit_code() == 143
    found = list(Path(environ["PVW_STATE_DIR"], "kept work").glob("* ended.pvsm"))
    assert [path.read_text() for path in found] == [text]


def test_a_port_in_use(application: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        one = application("serve", "--port", str(taken.getsockname()[1]))
        assert one.exit_code() == 4
    assert one.said("is in use by another program. Choose another with --port")
    assert not one.out


def test_the_port_that_was_asked_for(application: Start) -> None:
    port = _free_port()
    assert application("serve", "--ready-json", "--port", str(port)).ready()["url"] == f"http://127.0.0.1:{port}/"


def test_missing_page(application: Start, tmp_path: Path) -> None:
    one = application("serve", PVW_PAGE=str(tmp_path / "nothing"))
    assert one.exit_code() == 6
    assert one.said("make build")


def test_a_path_that_is_missing_costs_a_sentence(application: Start, tmp_path: Path) -> None:
    one = application("serve", "--ready-json", str(tmp_path / "missing é.vtu"))
    one.ready()
    assert one.said("there is no ") and one.said("missing é.vtu")


@pytest.mark.parametrize("words", ["exit=3", "noversion"])
def test_an_unusable_pvpython_costs_a_sentence(application: Start, words: str) -> None:
    one = application("serve", "--ready-json", FAKE_PVPYTHON=words)
    assert get(one.ready()["url"])[0] == 200
    one.wait_said("exit code 3")


def test_a_pvpython_that_is_not_there_costs_a_sentence(application: Start, tmp_path: Path) -> None:
    one = application("serve", "--ready-json", "--pvpython", str(tmp_path / "no pvpython"))
    one.ready()
    one.wait_said("there is no file")


@pytest.mark.skipif(os.name != "posix", reason="mode bits are POSIX's")
def test_a_read_only_home_costs_a_sentence(application: Start, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    one = application("serve", "--ready-json", PVW_STATE_DIR=str(tmp_path / "file" / "state"), TMPDIR=str(temporary))
    one.ready()
    assert one.said("cannot be written")


def test_find_page_prefers_the_installed_one(tmp_path: Path) -> None:
    package = tmp_path / "pvw_desktop"
    for folder in (package / "page", tmp_path / "www" / "dist"):
        folder.mkdir(parents=True)
    with pytest.raises(StartError):
        find_page(package)
    (tmp_path / "www/dist/index.html").touch()
    assert find_page(package) == tmp_path / "www" / "dist"
    (package / "page/index.html").touch()
    assert find_page(package) == package / "page"


@pytest.mark.parametrize("name", [b"a b.vtu", b"caf\xe9\\.vtu"])
def test_a_second_start_hands_over(
    application: Start, environ: dict[str, str], starts: Starts, tmp_path: Path, name: bytes
) -> None:
    data = tmp_path / "data é"
    data.mkdir()
    file = data / os.fsdecode(name)
    file.write_text("<VTKFile/>")
    first = application()
    first.address()
    starts.wait(1)
    second = application(str(file))
    assert second.exit_code() == 0
    assert second.said("handed over to the PVW Desktop that is running") and not second.out
    recent = Path(environ["PVW_STATE_DIR"], "recent.json")
    in_json = json.dumps(file.name)[1:-1]
    wait_until(lambda: recent.exists() and in_json in recent.read_text("utf-8"), "the file to be opened by the first")
    assert len(starts.all()) == 1
    first.send(signal.SIGTERM)
    assert first.exit_code() == 143
    assert not Path(environ["PVW_STATE_DIR"], "instance.json").exists()


def test_a_killed_first_is_no_obstacle(application: Start) -> None:
    first = application()
    first.address()
    first.send(signal.SIGKILL)
    first.exit_code()
    second = application()
    second.address()


def test_serve_and_port_stand_alone(application: Start) -> None:
    first = application()
    first.address()
    for arguments in (("serve",), ("--port", "0" + str(_free_port()))):
        other = application(*arguments)
        other.address()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def test_a_path_is_opened_when_paraview_is_ready(
    application: Start, environ: dict[str, str], tmp_path: Path, starts: Starts
) -> None:
    file = tmp_path / "data é 日本" / "one two.vtu"
    file.parent.mkdir()
    file.write_text("<VTKFile/>")
    application("serve", "--ready-json", str(file)).ready()
    recent = Path(environ["PVW_STATE_DIR"], "recent.json")
    wait_until(lambda: recent.exists() and "one two.vtu" in recent.read_text("utf-8"), "the file to be opened")
