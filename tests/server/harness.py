"""The gateway's end of the private channel for tests: starts a real pvpython on the server and talks to it in turn."""

from __future__ import annotations

import json
import mmap
import os
import secrets
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol import messages as _messages  # noqa: F401  fills the registry
from pvw_desktop.protocol.errors import from_wire
from pvw_desktop.protocol.framing import MessageReader, pack_message
from pvw_desktop.protocol.names import show_name
from pvw_desktop.protocol.schema import to_json

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240.0


class Server:
    """A real server process. Everything it sends is kept: replies, topics, progress, notes, images."""

    def __init__(
        self,
        pvpython: str,
        display: str,
        work: Path | None = None,
        restore: Path | None = None,
        confine: list[Path] | None = None,
    ):
        self.work = work
        self.topics: dict[str, Any] = {}
        self.progress: list[tuple[float, wire.Progress]] = []
        self.works: list[wire.Work] = []
        self.notes: list[wire.Note] = []
        self.images: list[wire.Image] = []
        self.blobs: dict[str, wire.Blob] = {}
        self.blobs_sent: list[str] = []
        self.replies: dict[int, wire.Reply] = {}
        self.saves, self.role = 0, "host"
        self.answered_seq = 0
        """Number of the image that came before the last answer: whatever shows what was asked for comes after it, be it
        taken in together with the answer."""
        self.auto_free, self.lost = True, False
        self._next = 0
        self._memory_file = os.memfd_create("frames")
        os.ftruncate(self._memory_file, wire.SLOTS * wire.SLOT_BYTES)
        self.memory = mmap.mmap(self._memory_file, wire.SLOTS * wire.SLOT_BYTES)
        token = secrets.token_hex(16)
        self.process, self._socket = self._started(pvpython, display, token, restore, confine)
        self._reader = MessageReader()
        self.hello: wire.Hello | None = None
        self.ready: wire.Ready | None = None
        self.wait(lambda: self.ready is not None)
        assert self.hello is not None and self.hello.token == token
        self.send(wire.Demand(images=True))

    def demand(self, images: bool = True, limit: int = 0, lod: bool = False) -> None:
        """What is said for clients that look at every view there is."""
        views = [name.partition("/")[2] for name in self.topics if name.startswith("view/")]
        self.send(wire.Demand(images, {view: wire.ViewDemand(images, limit, lod) for view in views}))

    def _started(
        self, pvpython: str, display: str, token: str, restore: Path | None, confine: list[Path] | None
    ) -> tuple[subprocess.Popen[bytes], socket.socket]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            config = wire.ServerConfig(
                host="127.0.0.1",
                port=listener.getsockname()[1],
                token=token,
                frames=f"/proc/{os.getpid()}/fd/{self._memory_file}",
                work=str(self.work) if self.work else None,
                restore=str(restore) if restore else None,
                confine=None if confine is None else [str(folder) for folder in confine],
            )
            process = subprocess.Popen(
                [pvpython, "--force-offscreen-rendering", str(ROOT / "pvw_desktop" / "server")],
                stdin=subprocess.PIPE,
                env={**os.environ, "DISPLAY": display},
            )
            assert process.stdin is not None
            process.stdin.write(json.dumps(to_json(config)).encode() + b"\n")
            process.stdin.flush()
            listener.settimeout(PATIENCE)
            connection, _ = listener.accept()
        return process, connection

    def send(self, *messages: Any) -> None:
        """Sends messages, in one piece."""
        self._socket.sendall(b"".join(pack_message(wire.encode(message)) for message in messages))

    def saved(self) -> bytes:
        """The work as it is now, once it is saved: whatever is asked for saves it, a name that stays too."""
        assert self.work is not None
        before, first = self.saves, self.nodes[0]
        self.call("pipeline.rename", node=first["node"], name=first["name"])
        self.wait(lambda: self.saves > before)
        return self.work.read_bytes()

    def pump(self, timeout: float) -> None:
        """Takes in what has come within `timeout` seconds."""
        self._socket.settimeout(max(timeout, 0.001))
        try:
            data = self._socket.recv(1 << 20)
        except TimeoutError:
            return
        except OSError:
            data = b""
        if not data:
            self.lost = True
            return
        for message in self._reader.feed(data):
            self._take(wire.decode_to_gateway(message))

    def _take(self, message: Any) -> None:
        if isinstance(message, wire.Hello):
            self.hello = message
        elif isinstance(message, wire.Ready):
            self.ready = message
        elif isinstance(message, wire.Reply):
            self.replies[message.id] = message
            self.answered_seq = self.last_seq
        elif isinstance(message, wire.Topics):
            self.topics.update(message.changes)
            self.topics = {name: value for name, value in self.topics.items() if value is not None}
        elif isinstance(message, wire.Progress):
            self.progress.append((time.monotonic(), message))
        elif isinstance(message, wire.Work):
            self.works.append(message)
        elif isinstance(message, wire.Note):
            self.notes.append(message)
        elif isinstance(message, wire.Saved):
            self.saves += 1
        elif isinstance(message, wire.Blob):
            self.blobs[message.hash] = message
            self.blobs_sent.append(message.hash)
        elif isinstance(message, wire.Image):
            self.images.append(message)
            if self.auto_free:
                self.send(wire.Slot(message.slot))

    def wait(self, condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
        """Takes messages in until the condition holds; what it gave."""
        end = time.monotonic() + seconds
        while not (found := condition()):
            assert time.monotonic() < end, f"waited {seconds} s in vain"
            assert not self.lost, f"the server is gone (exit code {self.process.poll()})"
            self.pump(0.2)
        return found

    def begin(self, method: str, paths: tuple[Any, ...] = (), client: str = "test", **params: Any) -> int:
        """Sends a request; its id."""
        self._next += 1
        self.send(wire.Request(self._next, method, params, client, self.role, [str(path) for path in paths]))
        return self._next

    def finish(self, ident: int, seconds: float = PATIENCE) -> Any:
        """The result of a request; raises its error."""
        reply = self.wait(lambda: self.replies.get(ident), seconds)
        if reply.error is not None:
            raise from_wire(reply.error)
        return reply.result

    def call(self, method: str, paths: tuple[Any, ...] = (), **params: Any) -> Any:
        """A request and its result."""
        return self.finish(self.begin(method, paths, **params))

    def notify(self, method: str, client: str = "test", **params: Any) -> None:
        self.send(wire.Request(None, method, params, client, self.role))

    def open(self, *paths: Path, **params: Any) -> Any:
        """files.open with the paths that the gateway would resolve."""
        return self.call("files.open", paths, root="r", path=show_name(paths[0].name), series=len(paths) > 1, **params)

    # --- what is there

    @property
    def nodes(self) -> list[dict[str, Any]]:
        return list(self.topics["pipeline"]["nodes"])

    def node(self, name: str) -> dict[str, Any]:
        return next(node for node in self.nodes if node["name"] == name)

    @property
    def view(self) -> dict[str, Any]:
        return dict(self.topics[f"view/{self.topics['pipeline']['view']}"])

    def display(self, node: str, port: int = 0, view: str | None = None) -> dict[str, Any]:
        """How a view shows a port; by default the first view."""
        return dict(self.topics[f"display/{view or self.topics['pipeline']['view']}/{node}/{port}"])

    def is_visible(self, name: str, view: str | None = None) -> bool:
        """Whether a view shows the first port of an item; by default the first view."""
        return (view or self.topics["pipeline"]["view"]) in self.node(name)["ports"][0]["visible_in"]

    def prop(self, proxy: str, name: str) -> dict[str, Any]:
        return next(item for item in self.topics[f"proxy/{proxy}"]["properties"] if item["name"] == name)

    def still(self, after: int = 0) -> tuple[wire.Image, bytes]:
        """The first still image numbered past `after`, and its RGB rows (bottom first)."""
        image = self.wait(lambda: next((im for im in self.images if im.still and im.seq > after), None))
        begin = image.slot * wire.SLOT_BYTES
        return image, bytes(self.memory[begin : begin + image.width * image.height * 3])

    @property
    def last_seq(self) -> int:
        return self.images[-1].seq if self.images else 0

    def close(self) -> int:
        """Ends the server by end of file, where it still runs, and lets go of everything; its exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            return self.process.wait(120)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
        finally:
            self._socket.close()
            self.memory.close()
            os.close(self._memory_file)

    def hang_up(self) -> None:
        """Closes the channel alone."""
        self._socket.close()
