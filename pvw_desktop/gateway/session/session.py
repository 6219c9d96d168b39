"""One session: the ParaView process behind it, and the state, images and files that its clients share.

Outlives the process: `attach` takes over a channel for as long as it lasts, and the next process gets the next one.
Knows no sockets; who may call what was checked before a call arrives here (dispatch.py).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from ...protocol import channel as wire
from ...protocol.errors import Unavailable
from ...protocol.messages.session import ServerStatus
from ...protocol.registry import METHODS
from ...protocol.schema import to_json
from ..background import BackgroundTasks
from ..files.recent import RecentFiles
from ..files.roots import FileRoots
from ..files.service import FileService
from ..frames.encoder import Encoder
from ..frames.encoders import find_encoder
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
from .status import SessionStatus
from .unavailable import why_unavailable
from .views import ClientViews

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
        """Names it in addresses. It is no secret, and gets nobody in."""
        self.sign_ins = SignInTable()
        self.audience = Audience()
        self.roots = roots or FileRoots()
        self.files = FileService(
            self.roots, recent or RecentFiles(), self._recent_changed, lambda text: self.notify("warning", text)
        )
        self.images = ImageRelay(encoder or find_encoder(), lambda text: self.notify("error", text))
        self.views = ClientViews(self.audience, self.images)
        self.blobs = BlobStore()
        self._status = SessionStatus(self.audience)
        self.calls = ServerCalls(self._status.set_jobs, lambda job: self.spawn(self.force_cancel(job)))
        self.file_requests = FileRequests(self.files, self.calls.submit, self.require_ready, self.audience)
        self._background = BackgroundTasks(lambda error: self.notify("error", error.message, error.hint, error.log))
        self._discretion = Discretion()
        self.launcher = launcher
        self.on_ready: Callable[[wire.Ready], Any] | None = None
        self._takers: dict[type, Callable[[Any], None]] = {
            wire.Reply: self.calls.replied, wire.Progress: self.calls.progress, wire.Work: self.calls.work,
            wire.Image: self.images.arrived, wire.Blob: self.blobs.put, wire.Topics: self._take_topics,
        }  # fmt: skip
        self._channel: Channel | None = None
        self._ready: wire.Ready | None = None
        self._became_ready = asyncio.Event()
        self._recent_changed()
        if self.files.recent.problem:
            self.notify("warning", self.files.recent.problem)

    # the ParaView process

    @property
    def status(self) -> ServerStatus:
        """What the ParaView process is doing."""
        return self._status.now

    def set_status(self, status: ServerStatus) -> None:
        """The application says what the ParaView process is doing."""
        self._status.set(status)

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
            raise why_unavailable(self._status.of_process)

    def _receive(self, message: wire.ToGateway, memory: FrameMemory) -> None:
        take = self._takers.get(type(message))
        if take is not None:
            take(message)
        elif isinstance(message, wire.Note):
            self.notify(message.level, message.message, message.hint, message.log)
        elif isinstance(message, wire.Starting):
            self._status.starting(message.text)
        elif isinstance(message, wire.Ready):
            memory.release_name()
            self._became(message)

    def _take_topics(self, message: wire.Topics) -> None:
        self.blobs.scenes_changed(message.changes)
        self.audience.put_from_server(message.changes)
        if any(name.startswith("view/") for name in message.changes):
            self.views.follow_topics()

    def _became(self, ready: wire.Ready) -> None:
        self._ready = ready
        self.files.extensions = frozenset(ready.extensions)
        self._became_ready.set()
        self._background.call(self.on_ready, ready)
        self._status.became_ready(ready, None if self._channel is None else self._channel.hello.pid)

    # calls

    def request(self, method: str, params: Any, client: str, role: str) -> Awaitable[Any]:
        """The result of a request to the ParaView process, with its checked parameters. Where it names no file it is
        queued before this returns, so that calls keep their order. Raises Unavailable."""
        if METHODS[method].file is not None:
            return self.file_requests.ask(method, params, client, role)
        self.require_ready()
        if METHODS[method].effect == "size":
            self.views.set_size(params.view, (params.width, params.height, params.ratio))
        return self.calls.submit(method, to_json(params), client, role)

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
        client.views.clear()
        self.images.remove(client)
        self.views.tell()
        if images:
            self.images.add(client)

    def words_for(self, client: Client, text: str) -> str:
        """A text as it may leave for this client: nobody but the host is told of folders outside of the data."""
        return text if client.role == "host" else self._discretion.text(text, self.roots.named())

    def spawn(self, awaitable: Awaitable[Any]) -> None:
        """Runs something beside; what goes wrong in it becomes a notice."""
        self._background.spawn(awaitable)

    def leave(self, client: Client) -> None:
        """The client is gone."""
        self.audience.leave(client)
        self.images.remove(client)
        self.views.tell()
        client.tasks.close()

    def close(self) -> None:
        """Ends everything that runs beside."""
        self.detach("PVW Desktop is closing.")
        self.calls.close()
        self._background.close()
        self.images.close()
        self.blobs.close()
        self.files.close()

    def _recent_changed(self) -> None:
        self.audience.put("recent", self.files.recent.topic())
