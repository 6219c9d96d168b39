"""The part of the application that lives on the event loop: ParaView's supervisor, the gateway, and what joins them.

ParaView is started first, since loading it takes longest; the gateway's libraries are imported while it loads.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Config, bundle_folder
from ..errors import ExitCode, StartError, say
from ..paths import Folders
from ..protocol.errors import PvwError, Unavailable
from .discovery.finder import Search
from .discovery.machine import Machine
from .instance import Instance, Note
from .paraview.saved_work import WorkFolder, sweep
from .paraview.server_log import ServerLog, drop_old_logs
from .paraview.shelf import OPEN_IT, Shelf
from .paraview.startup import Plan, Starter
from .paraview.supervisor import Supervisor
from .settings import Settings
from .system.asking import end_all

if TYPE_CHECKING:
    from ..gateway.server import Gateway
    from ..gateway.session.session import Session

KEPT = "kept work"
"""Folder of the work that no session holds any more."""
SERVER = Path(__file__).parent.parent / "server"

logger = logging.getLogger(__name__)

ChooseFolder = Callable[[], Awaitable[Path | None]]


class Runtime:
    """Everything between `start` and `stop`. Implements gateway.host.HostServices."""

    def __init__(
        self,
        config: Config,
        folders: Folders,
        machine: Machine,
        settings: Settings,
        page: Path,
        instance: Instance | None,
        session_name: str,
    ):
        self._config = config
        self._folders = folders
        self._machine = machine
        self._settings = settings
        self._page = page
        self._instance = instance
        self._session_name = session_name
        self._shelf = Shelf(folders.state / KEPT)
        self._notices: list[tuple[str, str, str | None]] = []
        self._opened = False
        self._session: Session | None = None
        self._gateway: Gateway | None = None
        self.ended = asyncio.Event()
        """Set when the application is to end."""
        self.choose_folder_with: ChooseFolder | None = None
        self.on_raise: Callable[[], None] | None = None

    def start_paraview(self) -> None:
        """The first thing to do: it takes longest."""
        self._work = WorkFolder.create(self._folders.sessions, self._session_name, self._shelf)
        if self._work is None:
            self._notices.append(("warning", "The work of this session cannot be saved.", "Free some disk space."))
        self._log = ServerLog(self._folders.log / f"paraview-{self._session_name}.log")
        search = Search(
            machine=self._machine,
            asked=self._config.pvpython,
            cache_file=self._folders.cache / "versions.json",
            bundle=bundle_folder(),
        )
        plan = Plan(search, SERVER, self._config.environ, self._machine.home)
        starter = Starter(plan, self._log, self._work, lambda: self._settings.pvpython)
        self._supervisor = Supervisor(starter, self._log, self._work, self._settings.remember_pvpython)
        self._supervisor.on_ready = self._paraview_is_ready
        self._supervisor.start()

    async def wait_launched(self) -> None:
        """Returns once ParaView is loading: importing our own libraries before would hold its start up."""
        await self._supervisor.wait_launched()

    async def start_gateway(self) -> None:
        """Listens and joins the page to ParaView. Raises StartError."""
        from ..gateway.files.recent import RecentFiles
        from ..gateway.server import Gateway, GatewayConfig
        from ..gateway.session.session import Session

        token = secrets.token_urlsafe(32) if self._instance else None
        try:
            session = Session(recent=RecentFiles(self._folders.state / "recent.json"))
            self._gateway = Gateway(
                GatewayConfig(self._page, port=self._config.port, instance_token=token), session, self
            )
            self._gateway.on_raise = self._raise
            await self._gateway.start()
        except PvwError as error:
            raise StartError(error.message, error.hint or "", ExitCode.PORT) from None
        self._session = session
        self._sweep()
        await self._open_folders(session)
        self._supervisor.bind(session)
        for notice in self._notices:
            session.notify(*notice)
        if self._instance and token:
            self._publish(self._instance, Note(self._gateway.port, token))

    @property
    def url(self) -> str:
        assert self._gateway is not None
        return self._gateway.url

    def new_sign_in_url(self) -> str:
        """An address that signs in once."""
        assert self._gateway is not None
        return self._gateway.new_sign_in_url()

    async def stop(self) -> None:
        """Ends ParaView and the gateway and leaves nothing behind."""
        end_all()
        ends = [self._supervisor.stop()]
        if self._gateway:
            ends.append(self._gateway.stop())
        for problem in await asyncio.gather(*ends, return_exceptions=True):
            if isinstance(problem, BaseException):
                logger.error("something did not end as it should", exc_info=problem)
        if self._session:
            self._session.close()
        if self._work:
            self._work.remove()
        self._log.close()

    def tell(self, level: str, message: str, hint: str | None) -> None:
        """A line on the page."""
        if self._session:
            self._session.notify(level, message, hint)

    def kill(self) -> None:
        """Ends ParaView at once; may be called from any thread."""
        end_all()
        self._supervisor.kill()

    # gateway.host.HostServices

    async def restart(self, restore: str, software: bool, pvpython: str | None) -> None:
        await self._supervisor.restart(restore, software, pvpython)

    async def force_cancel(self, job_text: str) -> None:
        await self._supervisor.force_cancel(job_text)

    async def quit(self) -> None:
        self.ended.set()

    def log_tail(self) -> list[str]:
        return self._supervisor.log_tail()

    async def choose_folder(self) -> Path | None:
        if self.choose_folder_with is None:
            raise Unavailable("There is no window to choose a folder in.", "Name the folder with --data.")
        return await self.choose_folder_with()

    def _raise(self) -> None:
        if self.on_raise:
            self.on_raise()

    async def _open_folders(self, session: Session) -> None:
        """Data folders first, then the folders of what was named, then where a person may look."""
        named = await asyncio.to_thread(_folders_of, self._config.paths)
        for folder in (*self._config.data, *named):
            await session.files.add_root(folder)
        if not self._config.data and not named:
            for folder, label in _usual_folders(self._machine.home):
                await session.files.add_root(folder, label)
            if self._shelf.all():
                await session.files.add_root(self._shelf.folder, "Work of earlier sessions")

    def _paraview_is_ready(self) -> None:
        if not self._opened and self._session:
            self._opened = True  # a restart brings the work back and opens nothing a second time
            self._session.spawn(self._open_paths(self._session))

    async def _open_paths(self, session: Session) -> None:
        for path in self._config.paths:
            try:
                await session.open_path(path)
            except PvwError as error:
                say(error.message, error.hint)
                session.notify("error", error.message, error.hint, error.log)

    def _sweep(self) -> None:
        found = sweep(self._folders.sessions, self._shelf)
        if found:
            others = len(self._shelf.all()) - 1
            beside = f" Beside it {'lies one' if others == 1 else f'lie {others}'} of other sessions." if others else ""
            text = f"PVW Desktop did not end as it should last time. The work of then is kept in {found[0]}.{beside}"
            self._notices.append(("info", text, OPEN_IT))
        self._shelf.tidy()
        drop_old_logs(self._folders.log)

    def _publish(self, instance: Instance, note: Note) -> None:
        try:
            instance.publish(note)
        except OSError as error:
            logger.warning("a second start cannot hand over to this one: %s", error)


def _folders_of(paths: tuple[Path, ...]) -> list[Path]:
    return [path if os.path.isdir(path) else path.parent for path in paths if os.path.exists(path)]


def _usual_folders(home: Path) -> list[tuple[Path, str | None]]:
    try:
        here = Path.cwd()
    except OSError:
        return [(home, "Home")]
    inside_home = here != home and home in here.parents
    return [*([(here, None)] if inside_home else []), (home, "Home")]
