"""One session as the launcher has it: its folder, its log and its ParaView, from before there is a gateway to the end.

Implements gateway.session.services.LauncherServices for it. Knows no HTTP; what all sessions share is runtime.py's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..config import Config, bundle_folder
from ..paths import Folders
from .discovery.finder import Search
from .discovery.machine import Machine
from .paraview.saved_work import WorkFolder
from .paraview.server_log import ServerLog
from .paraview.shelf import Shelf
from .paraview.startup import Plan, Starter
from .paraview.supervisor import Supervisor
from .settings import Settings

if TYPE_CHECKING:
    from ..gateway.files.recent import RecentFiles
    from ..gateway.session.session import Session

SERVER = Path(__file__).parent.parent / "server"

Notice = tuple[str, str, str | None]


class Application(Protocol):
    """What a session asks of the application around all of them."""

    async def quit(self) -> None: ...
    async def choose_folder(self) -> Path | None: ...


@dataclasses.dataclass(frozen=True)
class Ground:
    """What all sessions of one run stand on."""

    config: Config
    folders: Folders
    machine: Machine
    settings: Settings
    shelf: Shelf
    application: Application


class LaunchedSession:
    """`start` once, `stop` once; between them `make` gives what the gateway serves, and `bind` joins it to ParaView."""

    def __init__(self, session_id: str, ground: Ground):
        self.id = session_id
        self.session: Session | None = None
        self.on_first_ready: Callable[[Session], Awaitable[None]] | None = None
        """Called when ParaView is ready for the first time: a restart brings the work back and opens nothing again."""
        self._application = ground.application
        self._notices: list[Notice] = []
        self._work = WorkFolder.create(ground.folders.sessions, session_id, ground.shelf)
        if self._work is None:
            self._notices.append(("warning", "The work of this session cannot be saved.", "Free some disk space."))
        self._log = ServerLog(ground.folders.log / f"paraview-{session_id}.log")
        settings = ground.settings
        starter = Starter(_plan(ground), self._log, self._work, lambda: settings.pvpython)
        self._supervisor = Supervisor(starter, self._log, self._work, settings.remember_pvpython)
        self._supervisor.on_ready = self._paraview_is_ready

    def start(self) -> None:
        """Starts ParaView: it takes longest, and needs nobody to serve it yet."""
        self._supervisor.start()

    async def wait_launched(self) -> None:
        """Returns once ParaView is loading: importing our own libraries before would hold its start up."""
        await self._supervisor.wait_launched()

    def make(self, recent: RecentFiles | None = None) -> Session:
        """The gateway's part of it."""
        from ..gateway.session.session import Session

        self.session = Session(recent=recent, session_id=self.id, launcher=self)
        return self.session

    def bind(self) -> None:
        """Its clients see ParaView from here on, and what was to be told before anybody was there."""
        assert self.session is not None
        self._supervisor.bind(self.session)
        for notice in self._notices:
            self.session.notify(*notice)
        self._notices.clear()

    def tell(self, level: str, message: str, hint: str | None) -> None:
        """A line on its pages."""
        if self.session:
            self.session.notify(level, message, hint)

    async def stop(self) -> None:
        """Ends ParaView."""
        await self._supervisor.stop()

    def close(self) -> None:
        """Leaves nothing behind, once ParaView and the gateway have let go of it."""
        if self.session:
            self.session.close()
        if self._work:
            self._work.remove()
        self._log.close()

    def kill(self) -> None:
        """Ends ParaView at once; may be called from any thread."""
        self._supervisor.kill()

    # gateway.session.services.LauncherServices

    async def restart(self, restore: str, software: bool, pvpython: str | None) -> None:
        await self._supervisor.restart(restore, software, pvpython)

    async def force_cancel(self, job_text: str) -> None:
        await self._supervisor.force_cancel(job_text)

    async def quit(self) -> None:
        await self._application.quit()

    def log_tail(self) -> list[str]:
        return self._supervisor.log_tail()

    async def choose_folder(self) -> Path | None:
        return await self._application.choose_folder()

    def _paraview_is_ready(self) -> None:
        act, self.on_first_ready = self.on_first_ready, None
        if act is not None and self.session is not None:
            self.session.spawn(act(self.session))


def _plan(ground: Ground) -> Plan:
    search = Search(
        machine=ground.machine,
        asked=ground.config.pvpython,
        cache_file=ground.folders.cache / "versions.json",
        bundle=bundle_folder(),
    )
    return Plan(search, SERVER, ground.config.environ, ground.machine.home)
