"""Arrays of scenes by the hash of their content: kept as they came, encoded when first asked for. No sockets.

Bounded: what the newest scenes name stays; of the rest the least lately used goes first, and the ParaView process is
told, so that it sends it again where a scene needs it again. Time steps that were seen before thus cost nothing.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from ...protocol import channel as wire
from ..workers import Workers
from .codecs import Coded, encode

MOST_BYTES = 1 << 30
THREADS = 2


@dataclasses.dataclass
class _Kept:
    blob: wire.Blob
    size: int
    """Bytes before they are encoded: what the bound counts, although only what was encoded is kept in the end."""
    coded: asyncio.Task[Coded] | None = None

    def encoded(self, task: asyncio.Task[Coded]) -> None:
        """Lets go of the plain bytes."""
        if not task.cancelled() and task.exception() is None:
            self.blob = dataclasses.replace(self.blob, payload=b"")


class BlobStore:
    """The blobs of one session."""

    def __init__(self, most_bytes: int = MOST_BYTES):
        self._most = most_bytes
        self._kept: dict[str, _Kept] = {}
        """Least lately used first."""
        self._named: dict[str, frozenset[str]] = {}
        """Hashes by the topic of the scene that names them."""
        self._workers = Workers("pvw-blob", THREADS)
        self._post: Callable[[wire.ToServer], None] | None = None

    def attach(self, post: Callable[[wire.ToServer], None]) -> None:
        """Blobs come from this process now; what is kept of another is forgotten."""
        self.detach()
        self._post = post

    def detach(self) -> None:
        """The process is gone, with everything it sent."""
        self._post = None
        self._kept.clear()
        self._named.clear()

    def close(self) -> None:
        """Ends the encoder's threads."""
        self.detach()
        self._workers.close()

    def put(self, blob: wire.Blob) -> None:
        """A blob that a scene to come will name. It is encoded at once: somebody wants it, or it would not come."""
        self._kept.pop(blob.hash, None)
        self._kept[blob.hash] = kept = _Kept(blob, len(blob.payload))
        self._start(kept)
        self._bound()

    def scenes_changed(self, changes: dict[str, Any]) -> None:
        """New values of topics: those of scenes say which blobs are in use."""
        for name, value in changes.items():
            if not name.startswith("scene/"):
                continue
            if value is None:
                self._named.pop(name, None)
            else:
                self._named[name] = frozenset(_hashes(value))
        self._bound()

    async def get(self, name: str) -> Coded | None:
        """A blob ready to be sent; None where there is no such."""
        kept = self._kept.pop(name, None)
        if kept is None:
            return None
        self._kept[name] = kept
        return await asyncio.shield(self._start(kept))

    def _start(self, kept: _Kept) -> asyncio.Task[Coded]:
        if kept.coded is None or (kept.coded.done() and kept.coded.exception() is not None):
            work = self._workers.run(encode, kept.blob)
            kept.coded = asyncio.get_running_loop().create_task(work)
            kept.coded.add_done_callback(kept.encoded)
        return kept.coded

    def _bound(self) -> None:
        used = frozenset[str]().union(*self._named.values())
        total = sum(kept.size for kept in self._kept.values())
        gone = []
        for name, kept in list(self._kept.items())[:-1]:  # the newest may be named by a scene that is still to come
            if total <= self._most:
                break
            if name not in used:
                del self._kept[name]
                total -= kept.size
                gone.append(name)
        if gone and self._post is not None:
            self._post(wire.Dropped(gone))


def _hashes(value: Any) -> Iterator[str]:
    """The hashes of all blobs in a scene's JSON."""
    if isinstance(value, dict):
        if isinstance(value.get("hash"), str):
            yield value["hash"]
        for inner in value.values():
            yield from _hashes(inner)
    elif isinstance(value, list) and value and isinstance(value[0], (dict, list)):
        for inner in value:
            yield from _hashes(inner)
