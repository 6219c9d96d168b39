"""One server from its start to its end: the channel, ParaView, the work that is brought back, the loop."""

from __future__ import annotations

import platform
from typing import Any, Optional

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import Cancelled

from . import boot
from .channel import Channel
from .confine import Confinement


def serve(config: wire.ServerConfig, confinement: Optional[Confinement] = None) -> None:
    """Runs the server until it is to end (boot.end); what is unsaved then is saved before it returns."""
    channel = Channel(config)
    channel.send(wire.Starting("Loading ParaView"))
    from . import handlers  # these load ParaView, which takes a while: the channel is up before
    from .application import Application

    app = Application(config, channel)
    handlers.load()

    def receive(message: Any) -> None:
        if isinstance(message, wire.Quit):
            boot.end()
        replaced = app.inbox.put(message)
        if isinstance(replaced, wire.Request) and replaced.id is not None:
            cancelled = isinstance(message, wire.Cancel)
            error = Cancelled("Stopped before it began.").to_wire() if cancelled else None
            channel.send(wire.Reply(replaced.id, None if cancelled else {}, error))

    channel.start(receive, boot.end)
    channel.send(wire.Starting("Opening a window for ParaView to draw in"))
    renderer = app.paraview.start()
    problem = None
    if config.restore is not None:
        channel.send(wire.Starting("Bringing your work back"))
        problem = app.restore(str(config.restore))
    app.publisher.publish()
    channel.send(
        wire.Ready(
            paraview=app.paraview.engine.version(),
            python=platform.python_version(),
            renderer=renderer,
            extensions=app.paraview.readers.extensions(),
            restored=problem,
            confined=None if confinement is None else confinement.active,
            confinement=None if confinement is None else confinement.sentence,
        )
    )
    boot.before_leaving(lambda: app.inbox.put(wire.Quit()))  # until here there was nothing to save
    app.run()
