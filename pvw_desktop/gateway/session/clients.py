"""One connected client: who it is, and what waits to be sent to it. No sockets."""

from __future__ import annotations

import asyncio
import dataclasses
from collections import deque
from collections.abc import Callable

from ..background import BackgroundTasks
from ..rpc.newest import Newest

ENOUGH_WAITING = 1 << 18
"""Bytes that wait to be sent to a client above which nothing more is read from it: whoever does not read its answers
gets no new ones."""
MAX_WAITING = 1 << 24
"""Bytes above which it is let go: what it did not ask for counts here too."""
MAX_TASKS = 64
MAX_OWED = 1 << 22
"""Bytes of requests of one client that have no answer yet."""

_TOPICS, _CAMERA = object(), object()


class Outbox:
    """Texts in order, and topics that changed: a topic that changes again before it was sent goes out once."""

    def __init__(self) -> None:
        self._items: deque[object] = deque()
        self._topics: dict[str, None] = {}
        self._camera: Callable[[], str] | None = None
        self.size = 0
        """Bytes of the texts that wait. Topics and cameras are written when their turn comes, and take no room."""

    def camera(self, text: Callable[[], str]) -> None:
        """Adds a camera, written when its turn comes; a newer one takes the place of one that waits."""
        if self._camera is None:
            self._items.append(_CAMERA)
        self._camera = text

    def text(self, text: str) -> None:
        """Adds a reply or a notification."""
        self._items.append(text)
        self.size += len(text)

    def topic(self, name: str) -> None:
        """Adds a topic's newest value, whatever it is once its turn comes."""
        if not self._topics:
            self._items.append(_TOPICS)
        self._topics[name] = None

    def pop(self, changes_text: Callable[[list[str]], str]) -> str | None:
        """The next text to send; `changes_text` makes the one for topics."""
        if not self._items:
            return None
        item = self._items.popleft()
        if item is _CAMERA:
            camera, self._camera = self._camera, None
            return None if camera is None else camera()
        if item is _TOPICS:
            names = list(self._topics)
            self._topics.clear()
            return changes_text(names)
        text = str(item)
        self.size -= len(text)
        return text

    def __len__(self) -> int:
        return len(self._items)


@dataclasses.dataclass
class Viewing:
    """What a client makes of one view; of one that it said nothing about, it shows the server's images."""

    visible: bool = True
    """Whether it shows the view at all."""
    mode: str = "remote"
    """Who draws for it: remote, local or hybrid."""
    limit: int = 0
    """Most bytes of geometry it would draw; 0: none."""


class Client:
    """A connection that was signed in."""

    def __init__(self, client_id: str, role: str, sign_in: str, on_overflow: Callable[[], None]):
        self.id = client_id
        self.role = role
        self.sign_in = sign_in
        """Names the sign-in it came with, so that taking that back ends this connection."""
        self.program = ""
        self.joined = False
        self.views: dict[str, Viewing] = {}
        """What it said of views, by their ids."""
        self.video = False
        """Whether it can decode video."""
        self.tasks = BackgroundTasks()
        """What it waits for, and what ends with it."""
        self.outbox = Outbox()
        self.newest: Newest | None = None
        self.owed = 0
        """Bytes of its requests that have no answer yet."""
        self.woken = asyncio.Event()
        self._has_room: asyncio.Future[None] | None = None
        self._on_overflow = on_overflow

    def viewing(self, view: str) -> Viewing:
        """What it makes of a view."""
        return self.views.get(view) or Viewing()

    def send(self, text: str) -> None:
        """Queues a reply or a notification. A client that lets too many wait is disconnected."""
        self.outbox.text(text)
        if self.outbox.size > MAX_WAITING:
            self._on_overflow()
        self.wake()

    def pop(self, changes_text: Callable[[list[str]], str]) -> str | None:
        """The next text to send."""
        text = self.outbox.pop(changes_text)
        if self._has_room is not None and self.outbox.size <= ENOUGH_WAITING:
            self._has_room.set_result(None)
            self._has_room = None
        return text

    async def room(self) -> None:
        """Returns once there is room for what its next message brings."""
        if self.outbox.size > ENOUGH_WAITING:
            self._has_room = asyncio.get_running_loop().create_future()
            await self._has_room

    def send_camera(self, text: Callable[[], str]) -> None:
        """Queues a notification of another client's camera."""
        self.outbox.camera(text)
        self.wake()

    def topic_changed(self, name: str) -> None:
        """Queues a topic's newest value."""
        self.outbox.topic(name)
        self.wake()

    def wake(self) -> None:
        """There may be something to send."""
        self.woken.set()
