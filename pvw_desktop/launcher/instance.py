"""One instance for each user: the first holds a lock, the next ones hand their paths over to it and leave.

The lock goes with its holder, however it ends; the note beside it (port and token) counts only while the lock is held,
so an old one is never a problem.
"""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ..errors import StartError
from ..protocol.names import show_name
from .system.files import write_atomically
from .system.locks import FileLock

OPEN_PATH = "/desktop/open"
PATIENCE_SECONDS = 10.0
"""How long the first may take until it listens."""
ANSWER_SECONDS = 5.0
_PAUSE = 0.1


@dataclasses.dataclass(frozen=True)
class Note:
    """Where the first instance listens, and the secret that proves the same user."""

    port: int
    token: str


class Instance:
    """This run's part in it."""

    def __init__(self, folder: Path):
        self._lock = FileLock(folder / "instance.lock")
        self._note = folder / "instance.json"
        self._first = False

    def claim(self) -> bool:
        """Whether this is the first. Raises OSError where the lock cannot be made."""
        self._first = self._lock.acquire()
        if self._first:
            self._note.unlink(missing_ok=True)  # another's, from before
        return self._first

    def publish(self, note: Note) -> None:
        """Tells the next ones where to hand over; raises OSError."""
        write_atomically(self._note, json.dumps(dataclasses.asdict(note)), mode=0o600)

    def release(self) -> None:
        """Leaves the place to the next."""
        if self._first:
            self._note.unlink(missing_ok=True)
            self._lock.release()
            self._first = False

    def hand_over(
        self,
        paths: Sequence[Path],
        post: Callable[[Note, bytes], bool] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> bool:
        """Gives the paths to the first instance. False where the first ended meanwhile and this one took its place;
        raises StartError where it does not answer."""
        post = post or post_paths
        body = json.dumps({"paths": [show_name(str(path)) for path in paths]}).encode()
        deadline = clock() + PATIENCE_SECONDS
        while clock() < deadline:
            note = _read(self._note)
            if note and post(note, body):
                return True
            if self.claim():
                return False
            sleep(_PAUSE)
        raise StartError(
            "PVW Desktop is running already, but it does not answer",
            "End it first, or start a second one with --port and a number of its own",
        )


def _read(path: Path) -> Note | None:
    try:
        data = json.loads(path.read_text("utf-8"))
        return Note(int(data["port"]), str(data["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def post_paths(note: Note, body: bytes) -> bool:
    """Whether the instance at that port took the paths."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", note.port, timeout=ANSWER_SECONDS)
    try:
        connection.request(
            "POST",
            OPEN_PATH,
            body,
            {"Content-Type": "application/json", "Authorization": f"Bearer {note.token}"},
        )
        return 200 <= connection.getresponse().status < 300
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
