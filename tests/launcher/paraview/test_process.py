"""One process with the fake: its secrets, its words, the three ways to end it, its group."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pvw_desktop.launcher.paraview.process import Exit, ServerProcess, exit_of
from pvw_desktop.launcher.paraview.server_log import ServerLog
from pvw_desktop.protocol.channel import ServerConfig
from tests.launcher.driver import Starts, children, wait_gone, wait_until

SCRIPT = str(Path(__file__).parents[3] / "pvw_desktop" / "server")
CONFIG = ServerConfig("127.0.0.1", 1, "the secret", "/frames")
Begin = Callable[[str], ServerProcess]


@pytest.fixture
def log() -> ServerLog:
    return ServerLog(None)


@pytest.fixture
async def begin(fake_pvpython: Path, environ: dict[str, str], log: ServerLog) -> Begin:
    def start(words: str) -> ServerProcess:
        command = [str(fake_pvpython), "--", SCRIPT]
        return ServerProcess.start(command, {**environ, "FAKE_PVPYTHON": words}, CONFIG, log)

    return start


async def test_its_configuration_comes_on_stdin(begin: Begin, starts: Starts) -> None:
    process = begin("silent")
    config = (await asyncio.to_thread(starts.wait, 1))[0]["config"]
    assert config["token"] == "the secret"
    assert await process.end() == Exit(0)
    assert not process.running


@pytest.mark.parametrize(
    ("words", "how"),
    [("exit=3", Exit(3)), ("exit=0", Exit(0)), ("signal=11", Exit(None, 11)), ("signal=9", Exit(None, 9))],
)
async def test_how_it_ends(begin: Begin, words: str, how: Exit) -> None:
    assert await begin(words).wait() == how


@pytest.mark.parametrize(("words", "how"), [("wrapper signal=11", Exit(None, 11)), ("wrapper exit=7", Exit(7))])
async def test_a_wrapper_ends_as_its_child_does(begin: Begin, words: str, how: Exit) -> None:
    assert await begin(words).wait() == how


async def test_its_last_words_are_in_the_log(begin: Begin, log: ServerLog) -> None:
    await begin("garbage exit=1").wait()
    assert "last words" in log.tail()[-2] or "last words" in log.tail()[-1]
    assert "\x1b" not in "".join(log.tail())


async def test_a_stubborn_one_is_killed_in_time(begin: Begin, starts: Starts) -> None:
    process = begin("stubborn silent")
    await asyncio.to_thread(starts.wait, 1)
    began = time.monotonic()
    assert await process.end(leave=0.3, term=0.3) == Exit(None, signal.SIGKILL)
    assert time.monotonic() - began > 0.5, "it was given no time"


async def test_the_end_of_stdin_is_enough_for_a_good_one(begin: Begin, starts: Starts) -> None:
    process = begin("silent")
    await asyncio.to_thread(starts.wait, 1)
    assert await process.end(leave=600) == Exit(0)


async def test_killing_a_wrapper_ends_its_child(begin: Begin, starts: Starts) -> None:
    process = begin("wrapper silent stubborn no-pdeathsig")
    pid = (await asyncio.to_thread(starts.wait, 1))[0]["pid"]
    assert pid in [child.pid for child in children(process.pid)]
    os.kill(process.pid, signal.SIGKILL)
    assert await process.wait() == Exit(None, signal.SIGKILL)
    await asyncio.to_thread(wait_gone, [pid])


async def test_it_is_reaped(begin: Begin) -> None:
    process = begin("exit=0")
    await process.wait()
    assert process.pid not in [child.pid for child in children(os.getpid())]


async def test_end_twice(begin: Begin) -> None:
    process = begin("silent")
    assert list(await asyncio.gather(process.end(), process.end())) == [Exit(0), Exit(0)]
    process.kill()


async def test_a_program_that_is_not_there(log: ServerLog, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        ServerProcess.start([str(tmp_path / "missing")], {}, CONFIG, log)


async def test_nothing_of_ours_stays_open_in_it(begin: Begin, starts: Starts, tmp_path: Path) -> None:
    ours = os.open(tmp_path / "ours", os.O_CREAT | os.O_RDWR)
    os.set_inheritable(ours, True)
    try:
        process = begin("silent")
        pid = (await asyncio.to_thread(starts.wait, 1))[0]["pid"]
        links = [os.readlink(entry.path) for entry in os.scandir(f"/proc/{pid}/fd")]
        assert links and not [link for link in links if link.endswith("ours")]
        await process.end()
    finally:
        os.close(ours)


async def test_the_pipe_is_drained_while_nobody_reads(begin: Begin, starts: Starts, log: ServerLog) -> None:
    """300 kB would fill the pipe and stop a process whose output nobody takes."""
    process = begin("garbage silent")
    await asyncio.to_thread(wait_until, lambda: "fake server starts" in "\n".join(log.tail()), "the line after it")
    await process.end()


def test_return_codes() -> None:
    assert exit_of(-11) == Exit(None, 11)
    assert exit_of(139) == Exit(None, 11)
    assert exit_of(3) == Exit(3)
    assert exit_of(255) == Exit(255)
