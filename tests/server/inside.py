"""For scripts run by pvpython: the server's own application without its channel, asked one request after the other."""

# mypy: ignore-errors

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol import messages  # noqa: F401  fills the registry
from pvw_desktop.server import handlers
from pvw_desktop.server.application import Application


class Inside:
    """An application that keeps its work in a folder, and what it told: answers, topics and notes."""

    def __init__(self, folder):
        frames = folder / "frames"
        with frames.open("wb") as file:
            file.truncate(wire.SLOTS * wire.SLOT_BYTES)
        self.replies, self.topics, self.notes = {}, {}, []
        config = wire.ServerConfig(host="", port=0, token="", frames=str(frames), work=str(folder / "work.pvsm"))
        self.app = Application(config, self)
        handlers.load()
        self.app.paraview.start()
        self.app.publisher.publish()
        self._number = 0

    def send(self, message):
        if isinstance(message, wire.Reply):
            self.replies[message.id] = message
        elif isinstance(message, wire.Topics):
            self.topics.update(message.changes)
            self.topics = {name: value for name, value in self.topics.items() if value is not None}
        elif isinstance(message, wire.Note):
            self.notes.append(message.message)

    def ask(self, method, paths=(), role="host", seen=(), **params):
        """The answer to a request."""
        self._number += 1
        self.app.serve(wire.Request(self._number, method, params, "probe", role, list(paths), list(seen)))
        return self.replies.pop(self._number)

    def call(self, method, paths=(), **params):
        """The result of a request that must succeed."""
        reply = self.ask(method, paths, **params)
        if reply.error is not None:
            raise SystemExit(f"{method}: {reply.error}")
        return reply.result
