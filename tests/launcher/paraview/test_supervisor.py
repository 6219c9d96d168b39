"""One ParaView kept running, with the fake as a real process and a session that writes down what it is told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from pvw_desktop.gateway.frames.memory import FrameMemory
from pvw_desktop.gateway.session.channel import Channel
from pvw_desktop.launcher.discovery.finder import Search
from pvw_desktop.launcher.discovery.machine import Machine
from pvw_desktop.launcher.paraview import supervisor as module
from pvw_desktop.launcher.paraview.process import ServerProcess
from pvw_desktop.launcher.paraview.saved_work import WorkFolder
from pvw_desktop.launcher.paraview.server_log import ServerLog
from pvw_desktop.launcher.paraview.shelf import Shelf
from pvw_desktop.launcher.paraview.startup import Plan, Starter
from pvw_desktop.launcher.paraview.supervisor import Supervisor
from pvw_desktop.protocol.channel import Ready
from pvw_desktop.protocol.errors import BadRequest
from pvw_desktop.protocol.messages.session import ServerStatus
from tests.launcher.driver import Starts, running

SERVER = Path(__file__).parents[3] / "pvw_desktop" / "server"


class RecordingSession:
    """Writes down each status; passes Ready on, as the gateway's session does."""

    def __init__(self) -> None:
        self.on_ready: Callable[[Ready], object] | None = None
        self.running_job_text: str | None = "Contour1"
        self.statuses: list[ServerStatus] = []
        self.notices: list[str] = []
        self.detached: list[str] = []
        self._changed = asyncio.Condition()

    def set_status(self, status: ServerStatus) -> None:
        self.statuses.append(status)

    async def attach(self, channel: Channel, memory: FrameMemory) -> None:
        try:
            async for message in channel:
                if isinstance(message, Ready) and self.on_ready:
                    self.on_ready(message)
        finally:
            channel.close()

    def detach(self, sentence: str) -> None:
        self.detached.append(sentence)

    def notify(self, level: str, message: str, hint: str | None = None) -> None:
        self.notices.append(message)

    @property
    def states(self) -> list[str]:
        """The states one after the other, without repetitions."""
        states = [status.state for status in self.statuses]
        return [state for index, state in enumerate(states) if index == 0 or states[index - 1] != state]

    @property
    def last(self) -> ServerStatus:
        return self.statuses[-1]

    async def reaches(self, *states: str, text: str = "", seconds: float = 15) -> ServerStatus:
        """The status, once the states ended with these."""
        deadline = time.monotonic() + seconds
        while tuple(self.states[-len(states) :]) != states or text not in self.last.text:
            assert time.monotonic() < deadline, f"{self.states}, {self.last}"
            await asyncio.sleep(0.01)
        return self.last


class Stage:
    """A supervisor with everything around it."""

    def __init__(self, tmp_path: Path, environ: dict[str, str]):
        self.environ = environ
        self.chosen: list[str] = []
        self.log = ServerLog(None)
        self.shelf = Shelf(tmp_path / "kept")
        work = WorkFolder.create(tmp_path / "sessions", "one", self.shelf)
        assert work
        self.work = work
        machine = Machine("linux-test", environ, home=tmp_path / "home", root=tmp_path)
        plan = Plan(Search(machine), SERVER, environ, machine.home)
        starter = Starter(plan, self.log, work, lambda: None)
        self.supervisor = Supervisor(starter, self.log, work, self.chosen.append)
        self.session = RecordingSession()

    def begin(self, words: str = "") -> RecordingSession:
        self.environ["FAKE_PVPYTHON"] = words
        self.supervisor.start()
        self.supervisor.bind(self.session)
        return self.session

    def now(self, words: str) -> None:
        """What the next start does."""
        self.environ["FAKE_PVPYTHON"] = words


@pytest.fixture
async def stage(tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setattr(module, "DELAY_SECONDS", 0.05)
    monkeypatch.setattr("pvw_desktop.launcher.paraview.startup.needs_x_server", lambda *_: False)
    made = Stage(tmp_path, environ)
    yield made
    await made.supervisor.stop()
    assert made.session.states == [] or made.session.last.state == "gone"
    made.work.remove()


async def test_from_start_to_ready_to_gone(stage: Stage, starts: Starts) -> None:
    session = stage.begin()
    ready = await session.reaches("starting", "ready")
    assert (ready.paraview, ready.python, ready.renderer) == ("5.11.0", "3.11.2", "fake renderer")
    assert ready.pid and ready.text == "ParaView 5.11.0 is ready"
    assert any("Starting ParaView 5.11" in status.text for status in session.statuses)
    await stage.supervisor.stop()
    assert session.states[-2:] == ["stopping", "gone"]
    assert not running([entry["pid"] for entry in starts.all()])


async def test_a_session_that_comes_late_is_told_everything(stage: Stage) -> None:
    stage.supervisor.start()
    await asyncio.sleep(0.3)
    stage.supervisor.bind(stage.session)
    await stage.session.reaches("ready")


async def test_slow_is_not_dead(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pvw_desktop.launcher.paraview.status.StatusBoard.say_when_slow.__defaults__", (0.2,))
    session = stage.begin("slow=1")
    status = await session.reaches("starting", text="longer than usual")
    assert status.state == "starting"
    await session.reaches("starting", "ready")


async def test_silent_waits_and_can_be_stopped(stage: Stage, starts: Starts) -> None:
    session = stage.begin("silent")
    await asyncio.to_thread(starts.wait, 1)
    await asyncio.sleep(0.2)
    assert session.last.state == "starting"
    await stage.supervisor.stop()
    assert session.states[-1] == "gone"


async def test_a_crash_shows_the_reason_and_comes_back_with_the_work(stage: Stage, starts: Starts) -> None:
    session = stage.begin("save signal-ready=11")
    crashed = await session.reaches("starting", "ready", "crashed")
    stage.now("")
    assert (
        crashed.crash and crashed.text == crashed.crash.reason == "ParaView was ended by signal 11 (segmentation fault)"
    )
    assert (crashed.crash.signal, crashed.crash.exit_code, crashed.crash.during) == ("SIGSEGV", None, "Contour1")
    assert crashed.crash.restorable and "fake server starts" in crashed.crash.log
    assert crashed.crash.restart_at and crashed.crash.restart_at <= time.time() + 0.05
    assert crashed.pid is None and crashed.paraview is None
    await session.reaches("crashed", "starting", "ready")
    assert starts.all()[1]["config"]["restore"] == str(stage.work.work)
    assert session.detached


async def test_a_crash_before_ready_tries_software_rendering_once(stage: Stage, starts: Starts) -> None:
    session = stage.begin("only-software=11")
    await session.reaches("crashed", "starting", "ready")
    assert [entry["environ"].get("LIBGL_ALWAYS_SOFTWARE") for entry in starts.all()] == [None, "1"]


async def test_a_crash_before_ready_does_not_loop(stage: Stage, starts: Starts) -> None:
    session = stage.begin("exit=3")
    crashed = await session.reaches("starting", "crashed", "starting", "crashed")
    assert crashed.crash and crashed.crash.restart_at is None
    assert crashed.crash.reason == "ParaView left by itself with exit code 3 before it was ready"
    await asyncio.sleep(0.3)
    assert len(starts.all()) == 2


async def test_three_crashes_then_the_person(stage: Stage, starts: Starts) -> None:
    session = stage.begin("signal-ready=11")
    await session.reaches(*["starting", "ready", "crashed"] * 4)
    assert session.last.crash and session.last.crash.restart_at is None
    await asyncio.sleep(0.3)
    assert len(starts.all()) == 4
    stage.now("")
    await stage.supervisor.restart("all", False, None)
    await session.reaches("crashed", "starting", "ready")


async def test_work_that_crashes_it_is_left_out_step_by_step(stage: Stage, starts: Starts) -> None:
    stage.work.previous.write_text("before")
    session = stage.begin("save")
    await session.reaches("ready")
    await asyncio.sleep(0.1)
    stage.work.previous.write_text("before")
    stage.now("signal-restore=11")
    await stage.supervisor.restart("all", False, None)
    await session.reaches("starting", "crashed", "starting", "crashed", "starting", "ready")
    restored = [entry["config"]["restore"] for entry in starts.all()]
    assert restored == [None, str(stage.work.work), str(stage.work.work), None]
    kept = [path.read_text() for path in stage.shelf.all()]
    assert "before" in kept and len(kept) == 2, "what could not be restored is not lost"
    told = [notice for notice in session.notices if "left out is kept in" in notice]
    assert sorted(str(path) in " ".join(told) for path in stage.shelf.all()) == [True, True], "and where it is, is said"
    restores = [status.crash.restore for status in session.statuses if status.crash]
    assert restores[0] == "previous" and restores[-1] == "nothing"


async def test_work_that_crashes_it_when_it_is_drawn_is_not_brought_back_again(stage: Stage, starts: Starts) -> None:
    """Ready each time, and gone with the first image: with the same work that would go round for ever."""
    stage.session.running_job_text = None
    session = stage.begin()
    await session.reaches("ready")
    stage.work.work.write_text("crashes")
    stage.work.previous.write_text("before")
    stage.now("signal-ready=11")
    await stage.supervisor.restart("all", False, None)
    await session.reaches("ready", "crashed", "starting", "ready", "crashed")
    told = [status.crash.restore for status in session.statuses if status.crash]
    assert told == ["previous", "nothing"], "the page offers first what comes by itself"
    stage.now("")
    await session.reaches("crashed", "starting", "ready")
    assert [entry["config"]["restore"] for entry in starts.all()][1:] == [str(stage.work.work)] * 2 + [None]


async def test_restart_while_it_runs_is_no_crash(stage: Stage, starts: Starts) -> None:
    session = stage.begin("save")
    first = await session.reaches("ready")
    await stage.supervisor.restart("nothing", True, None)
    second = await session.reaches("ready", "stopping", "gone", "starting", "ready")
    assert second.pid != first.pid and not running([first.pid or 0])
    assert "crashed" not in session.states
    assert starts.all()[1]["environ"]["LIBGL_ALWAYS_SOFTWARE"] == "1"
    assert starts.all()[1]["config"]["restore"] is None


async def test_restart_during_the_countdown(stage: Stage, starts: Starts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DELAY_SECONDS", 60)
    session = stage.begin("exit-ready=1")
    await session.reaches("crashed")
    stage.now("")
    await stage.supervisor.restart("nothing", False, None)
    await session.reaches("crashed", "starting", "ready")


async def test_force_cancel_kills_at_once_and_restores(
    stage: Stage, starts: Starts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not wait for one that does not listen."""
    session = stage.begin("save stubborn")
    first = await session.reaches("ready")
    await asyncio.sleep(0.1)
    end = ServerProcess.end
    with monkeypatch.context() as patience:
        patience.setattr(ServerProcess, "end", lambda process, *given: end(process, 600.0, 600.0))
        await stage.supervisor.force_cancel("Contour1")
    await session.reaches("ready", "stopping", "gone", "starting", "ready")
    assert not running([first.pid or 0])
    assert "crashed" not in session.states
    assert any("Contour1" in notice for notice in session.notices)
    assert starts.all()[1]["config"]["restore"] == str(stage.work.work)


async def test_another_pvpython_is_remembered_once_it_works(stage: Stage, fake_pvpython: Path) -> None:
    session = stage.begin()
    await session.reaches("ready")
    await stage.supervisor.restart("all", False, str(fake_pvpython))
    assert stage.chosen == []
    await session.reaches("starting", "ready")
    assert stage.chosen == [str(fake_pvpython)]


@pytest.mark.parametrize("path", ["/missing/pvpython", "/bin/true", "relative é", "\0", "~nobody-at-all/x"])
async def test_a_pvpython_that_cannot_be_used_costs_nothing(stage: Stage, path: str) -> None:
    session = stage.begin()
    first = await session.reaches("ready")
    with pytest.raises(BadRequest):
        await stage.supervisor.restart("all", False, path)
    assert session.last == first


async def test_restore_must_be_one_of_three(stage: Stage) -> None:
    stage.begin()
    with pytest.raises(BadRequest, match="restore"):
        await stage.supervisor.restart("everything", False, None)


async def test_no_paraview_says_where_was_looked_and_what_to_do(stage: Stage) -> None:
    del stage.environ["PVW_PVPYTHON"]
    stage.environ["PATH"] = "/nowhere"
    status = await stage.begin().reaches("starting", "missing")
    assert status.missing and status.text == "No ParaView that can be used was found."
    assert any("/opt" in place for place in status.missing.searched)
    assert "paraview.org" in status.missing.hint


async def test_after_no_paraview_one_can_be_chosen(stage: Stage, fake_pvpython: Path) -> None:
    stage.environ["PVW_PVPYTHON"] = "/missing"
    session = stage.begin()
    status = await session.reaches("missing")
    assert "PVW_PVPYTHON" in status.text and "there is no file /missing" in status.text
    await stage.supervisor.restart("all", False, str(fake_pvpython))
    await session.reaches("missing", "starting", "ready")


async def test_an_old_one_is_refused_with_a_reason(stage: Stage) -> None:
    status = await stage.begin("version=5.9.1").reaches("missing")
    assert "too old" in status.text


async def test_one_that_closes_its_channel_and_lives_on_is_ended(
    stage: Stage, starts: Starts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "UNRESPONSIVE_SECONDS", 0.1)
    session = stage.begin("linger")
    crashed = await session.reaches("ready", "crashed")
    assert crashed.crash and crashed.crash.signal == "SIGKILL"


async def test_garbage_does_no_harm(stage: Stage) -> None:
    await stage.begin("garbage").reaches("ready")
    assert "fake server starts" in "\n".join(stage.supervisor.log_tail())


async def test_a_wrapper_and_its_child(stage: Stage, starts: Starts) -> None:
    session = stage.begin("wrapper")
    await session.reaches("ready")
    await stage.supervisor.stop()
    assert not running([entry["pid"] for entry in starts.all()])


async def test_nothing_stays_open(stage: Stage, tmp_path: Path) -> None:
    """Ten crashes and restarts end with as many open files as one."""
    import os

    session = stage.begin()
    await session.reaches("ready")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        await stage.supervisor.restart("all", False, None)
        await session.reaches("starting", "ready")
    assert len(os.listdir("/proc/self/fd")) <= before + 1
