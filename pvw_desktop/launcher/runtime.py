"""The part of the application that lives on the event loop: its sessions, the gateway before them, and what joins them.

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

from ..config import Config
from ..errors import ExitCode, StartError, say
from ..paths import Folders
from ..protocol.errors import PvwError, Unavailable
from .discovery.machine import Machine
from .instance import Instance, Note
from .paraview.saved_work import sweep
from .paraview.server_log import drop_old_logs
from .paraview.shelf import OPEN_IT, Shelf
from .session import Ground, LaunchedSession
from .settings import Settings
from .system.asking import end_all

if TYPE_CHECKING:
    from ..gateway.server import Gateway
    from ..gateway.session.session import Session

KEPT = "kept work"
"""Folder of the work that no session holds any more."""

logger = logging.getLogger(__name__)

ChooseFolder = Callable[[], Awaitable[Path | None]]


class Runtime:
    """Everything between `start` and `stop`. One session is there from the start; it is the one that is shown."""

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
        self._page = page
        self._instance = instance
        self._shelf = Shelf(folders.state / KEPT)
        self._gateway: Gateway | None = None
        self.ended = asyncio.Event()
        """Set when the application is to end."""
        self.choose_folder_with: ChooseFolder | None = None
        self.on_raise: Callable[[], None] | None = None
        self._ground = Ground(config, folders, machine, settings, self._shelf, self)
        self._first = LaunchedSession(session_name, self._ground)
        self._first.on_first_ready = self._open_paths
        self._launched = [self._first]

    def start_paraview(self) -> None:
        """The first thing to do: it takes longest."""
        self._first.start()

    async def wait_launched(self) -> None:
        """Returns once ParaView is loading: importing our own libraries before would hold its start up."""
        await self._first.wait_launched()

    async def start_gateway(self) -> None:
        """Listens and joins the page to ParaView. Raises StartError."""
        from ..gateway.files.recent import RecentFiles
        from ..gateway.server import Gateway, GatewayConfig
        from ..gateway.session.registry import SessionRegistry

        token = secrets.token_urlsafe(32) if self._instance else None
        try:
            session = self._first.make(RecentFiles(self._folders.state / "recent.json"))
            config = GatewayConfig(self._page, port=self._config.port, instance_token=token)
            self._gateway = Gateway(config, SessionRegistry(session))
            self._gateway.on_raise = self._raise
            await self._gateway.start()
        except PvwError as error:
            raise StartError(error.message, error.hint or "", ExitCode.PORT) from None
        self._sweep(session)
        await self._open_folders(session)
        self._first.bind()
        if self._instance and token:
            self._publish(self._instance, Note(self._gateway.port, token))

    async def add_session(self) -> Session:
        """One more, with a ParaView and everything else of its own, behind the same gateway."""
        assert self._gateway is not None
        launched = LaunchedSession(secrets.token_hex(6), self._ground)
        self._launched.append(launched)
        launched.start()
        try:
            session = launched.make()
            await self._open_folders(session)
            launched.bind()
            self._gateway.sessions.add(session)
        except BaseException:
            await self._end(launched)
            raise
        return session

    async def end_session(self, session: Session) -> None:
        """Ends one that was added, and its ParaView."""
        assert self._gateway is not None
        launched = next(item for item in self._launched if item.session is session)
        await self._gateway.end_session(session)
        await self._end(launched)

    async def _end(self, launched: LaunchedSession) -> None:
        try:
            await launched.stop()
        finally:
            launched.close()
            self._launched.remove(launched)

    @property
    def url(self) -> str:
        assert self._gateway is not None
        return self._gateway.url

    def new_sign_in_url(self, session: Session | None = None) -> str:
        """An address that signs in once."""
        session = session or self._first.session
        assert self._gateway is not None and session is not None
        return self._gateway.new_sign_in_url(session)

    async def stop(self) -> None:
        """Ends ParaView and the gateway and leaves nothing behind."""
        end_all()
        ends = [launched.stop() for launched in self._launched]
        if self._gateway:
            ends.append(self._gateway.stop())
        for problem in await asyncio.gather(*ends, return_exceptions=True):
            if isinstance(problem, BaseException):
                logger.error("something did not end as it should", exc_info=problem)
        for launched in self._launched:
            launched.close()

    def tell(self, level: str, message: str, hint: str | None) -> None:
        """A line on the page."""
        self._first.tell(level, message, hint)

    def kill(self) -> None:
        """Ends ParaView at once; may be called from any thread."""
        end_all()
        for launched in list(self._launched):
            launched.kill()

    # launcher.session.Application

    async def quit(self) -> None:
        self.ended.set()

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

    async def _open_paths(self, session: Session) -> None:
        for path in self._config.paths:
            try:
                await session.file_requests.open_path(path)
            except PvwError as error:
                say(error.message, error.hint)
                session.notify("error", error.message, error.hint, error.log)

    def _sweep(self, session: Session) -> None:
        found = sweep(self._folders.sessions, self._shelf)
        if found:
            others = len(self._shelf.all()) - 1
            beside = f" Beside it {'lies one' if others == 1 else f'lie {others}'} of other sessions." if others else ""
            text = f"PVW Desktop did not end as it should last time. The work of then is kept in {found[0]}.{beside}"
            session.notify("info", text, OPEN_IT)
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
