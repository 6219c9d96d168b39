"""One session: the ParaView process behind it, and the state, images and files that its clients share.

Outlives the process: `attach` takes over a channel for as long as it lasts, and the next process gets the next one.
Knows no sockets; who may call what was checked before a call arrives here (dispatch.py).
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from ...protocol import channel as wire
from ...protocol.errors import Unavailable
from ...protocol.messages.files import FilesOpen
from ...protocol.messages.session import Job, Jobs, ServerStatus
from ...protocol.registry import METHODS
from ...protocol.schema import to_json
from ..background import BackgroundTasks
from ..files.recent import RecentFiles
from ..files.references import Seen
from ..files.roots import FileRoots
from ..files.service import FileService
from ..frames.encoder import Encoder, find_encoder
from ..frames.memory import FrameMemory
from ..frames.relay import ImageRelay
from ..geometry.store import BlobStore
from .audience import Audience
from .calls import ServerCalls
from .channel import Channel
from .clients import Client
from .discretion import Discretion
from .file_requests import FileRequests
from .services import LauncherServices
from .signin import SignInTable
from .unavailable import why_unavailable

log = logging.getLogger(__name__)


class Session:
    """What all its clients share, and nobody else's. `roots` may be filled before and while it runs."""

    def __init__(
        self,
        roots: FileRoots | None = None,
        recent: RecentFiles | None = None,
        encoder: Encoder | None = None,
        session_id: str | None = None,
        launcher: LauncherServices | None = None,
    ):
        self.id = session_id or secrets.token_hex(6)
        """Names it in addresses. It gets nobody in, and cannot be guessed."""
        self.sign_ins = SignInTable()
        self.audience = Audience()
        self.roots = roots or FileRoots()
        self.files = FileService(
            self.roots, recent or RecentFiles(), self._recent_changed, lambda text: self.notify("warning", text)
        )
        self.images = ImageRelay(encoder or find_encoder(), lambda text: self.notify("error", text))
        self.blobs = BlobStore()
        self.calls = ServerCalls(self._jobs_changed, lambda job: self.spawn(self.force_cancel(job)))
        self._opening = FileRequests(self.files, self._submit, self.audience)
        self._background = BackgroundTasks(lambda error: self.notify("error", error.message, error.hint, error.log))
        self._discretion = Discretion()
        self.launcher = launcher
        self.on_ready: Callable[[wire.Ready], Any] | None = None
        self._status = ServerStatus("starting", "Starting ParaView", time.time())
        self._jobs: list[Job] = []
        self._channel: Channel | None = None
        self._ready: wire.Ready | None = None
        self._became_ready = asyncio.Event()
        self._jobs_changed([])
        self._recent_changed()
        if self.files.recent.problem:
            self.notify("warning", self.files.recent.problem)

    # the ParaView process

    @property
    def status(self) -> ServerStatus:
        """What the application says of the ParaView process, with `busy` in place of `ready` while a job runs."""
        if self._status.state == "ready" and self._jobs:
            job = self._jobs[0]
            return dataclasses.replace(self._status, state="busy", text=job.text, since=job.started)
        return self._status

    def set_status(self, status: ServerStatus) -> None:
        """The application says what the ParaView process is doing."""
        self._status = status
        self.audience.put("server", self.status)

    async def attach(self, channel: Channel, memory: FrameMemory) -> None:
        """Serves one ParaView process until its channel ends. The caller owns the memory and closes it afterwards."""
        self.detach("ParaView was replaced by another process.")
        self._channel = channel
        self.calls.attach(channel)
        self.blobs.attach(channel.post)
        self.images.attach(memory, channel.post)
        try:
            async for message in channel:
                if self._channel is not channel:
                    return
                try:
                    self._receive(message, memory)
                except Exception:  # one message that cannot be handled must not end the session
                    log.exception("a message of the ParaView process could not be handled")
        finally:
            if self._channel is channel:
                self.detach("ParaView stopped before it answered.")

    def detach(self, sentence: str) -> None:
        """Gives the process up: calls that wait for it fail with this sentence, its topics are gone."""
        channel, self._channel, self._ready = self._channel, None, None
        self._became_ready.clear()
        self.images.detach()
        self.blobs.detach()
        self.calls.detach(sentence)
        self.audience.drop_server_topics()
        if channel is not None:
            channel.close()

    @property
    def running_job_text(self) -> str | None:
        """Words of the job that runs, or that ran when the process went away."""
        return self.calls.running_job_text

    async def wait_ready(self) -> None:
        """Returns once a ParaView process can be asked."""
        await self._became_ready.wait()

    def require_ready(self) -> None:
        """Raises Unavailable unless ParaView can be asked."""
        if self._ready is None:
            raise why_unavailable(self._status)

    def _receive(self, message: wire.ToGateway, memory: FrameMemory) -> None:
        if isinstance(message, wire.Reply):
            self.calls.replied(message)
        elif isinstance(message, wire.Topics):
            self.blobs.scenes_changed(message.changes)
            for name, value in message.changes.items():
                if value is None and name.startswith("view/"):
                    self.images.view_gone(name.partition("/")[2])
            self.audience.put_from_server(message.changes)
        elif isinstance(message, wire.Image):
            self.images.arrived(message)
        elif isinstance(message, wire.Blob):
            self.blobs.put(message)
        elif isinstance(message, wire.Progress):
            self.calls.progress(message)
        elif isinstance(message, wire.Work):
            self.calls.work(message)
        elif isinstance(message, wire.Note):
            self.notify(message.level, message.message, message.hint, message.log)
        elif isinstance(message, wire.Starting):
            if self._status.state == "starting":
                self.set_status(dataclasses.replace(self._status, text=message.text))
        elif isinstance(message, wire.Ready):
            memory.release_name()
            self._became(message)

    def _became(self, ready: wire.Ready) -> None:
        self._ready = ready
        self.files.extensions = frozenset(ready.extensions)
        self._became_ready.set()
        self._background.call(self.on_ready, ready)
        if self._status.state == "starting":  # nobody keeps the status, as in a server started by hand
            text = f"ParaView {ready.paraview} is ready"
            pid = self._channel.hello.pid if self._channel is not None else None
            versions = (ready.paraview, ready.python, ready.renderer)
            self.set_status(ServerStatus("ready", text, time.time(), *versions, pid))

    # calls

    def request(self, method: str, params: Any, client: str, role: str) -> Awaitable[Any]:
        """The result of a request to the ParaView process, with its checked parameters. Where it names no file it is
        queued before this returns, so that calls keep their order. Raises Unavailable."""
        self.require_ready()  # before the disk is asked: what is wrong with ParaView matters more
        if METHODS[method].file is not None:
            return self._opening.ask(method, params, client, role)
        return self._submit(method, to_json(params), client, role)

    async def open_path(
        self, path: Path, series: bool = False, reader: str | None = None, client: str = "", role: str = "host"
    ) -> Any:
        """Opens any file of the host, as the command line does; of a folder, makes a root and gives None."""
        root, relative = await self.files.locate(path)
        if await self.files.is_folder(root, relative):
            await self.files.add_root(path)
            return None
        wanted = FilesOpen(root=root, path=relative, series=series, reader=reader)
        return await self.request("files.open", wanted, client, role)

    def _submit(
        self,
        method: str,
        params: dict[str, Any],
        client: str,
        role: str,
        paths: Sequence[str] = (),
        seen: Sequence[Seen] = (),
    ) -> asyncio.Future[Any]:
        self.require_ready()
        if METHODS[method].effect == "size":
            self.images.set_size(params["width"], params["height"], params["ratio"])
        return self.calls.submit(method, params, client, role, paths, seen)

    def inform(self, method: str, params: dict[str, Any], client: str, role: str) -> None:
        """Passes a notification on whose parameters were checked; without ParaView it goes nowhere."""
        if self._ready is None:
            return
        self.calls.inform(method, params, client, role)
        if METHODS[method].effect == "camera":
            self.audience.tell_camera(params["view"], params["camera"], client)

    async def force_cancel(self, job: str) -> None:
        """Ends the ParaView process for a job that does not listen. A job that is over is no error."""
        text = self.calls.ask_running(job)
        if text is None:
            self.calls.cancel(job)
        elif self.launcher is None:
            raise Unavailable("Nothing here can end the ParaView process.", "Wait for it to finish.")
        else:
            await self.launcher.force_cancel(text)

    # clients

    def notify(self, level: str, message: str, hint: str | None = None, detail: str | None = None) -> None:
        """A line for every page (session.notice); kept for the first page where there is none yet."""
        self.audience.notify(level, message, hint, detail)

    def join(self, client: Client, images: bool) -> None:
        """The client said hello: it gets changes, kept notices and images from here on."""
        self.audience.join(client)
        self.images.remove(client)
        if images:
            self.images.add(client)

    def words_for(self, client: Client, text: str) -> str:
        """A text as it may leave for this client: nobody but the host is told of folders outside of the data."""
        return text if client.role == "host" else self._discretion.text(text, self.roots.named())

    def set_mode(self, client: Client, mode: str, limit: int) -> None:
        """What the client makes its pictures from, and how much geometry it would take."""
        client.mode, client.geometry_limit = mode, limit
        self.images.set_wanted(client, mode != "local")
        self._geometry_changed()

    def set_visible(self, client: Client, visible: bool) -> None:
        """Whether the client shows the page: one that does not costs nothing."""
        client.visible = visible
        self.images.set_visible(client, visible)
        self._geometry_changed()

    def _geometry_changed(self) -> None:
        looking = [client for client in self.audience.clients if client.joined and client.visible]
        limit = max((client.geometry_limit for client in looking), default=0)
        self.images.set_geometry(limit, any(client.mode == "hybrid" and client.geometry_limit for client in looking))

    def spawn(self, awaitable: Awaitable[Any]) -> None:
        """Runs something beside; what goes wrong in it becomes a notice."""
        self._background.spawn(awaitable)

    def leave(self, client: Client) -> None:
        """The client is gone."""
        self.audience.leave(client)
        self.images.remove(client)
        self._geometry_changed()
        client.tasks.close()

    def close(self) -> None:
        """Ends everything that runs beside."""
        self.detach("PVW Desktop is closing.")
        self.calls.close()
        self._background.close()
        self.images.close()
        self.blobs.close()
        self.files.close()

    def _jobs_changed(self, jobs: list[Job]) -> None:
        self._jobs = jobs
        self.audience.put("jobs", Jobs(jobs))
        self.audience.put("server", self.status)

    def _recent_changed(self) -> None:
        self.audience.put("recent", self.files.recent.topic())
