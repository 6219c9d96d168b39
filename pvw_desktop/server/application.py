"""The main thread: takes what comes and does what is due, one after the other, until it is told to quit.

Knows the channel and the clock; ParaView itself is behind `Workbench`, how a request is served is in requests.py, how
images and geometry come about in drawing.py.
"""

from __future__ import annotations

import time
from typing import Any, Optional

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.registry import METHODS

from .autosave import Autosave
from .channel import Channel
from .context import Services
from .drawing import Drawing
from .inbox import Inbox
from .outcome import guarded, note_of
from .player import Player
from .publisher import Publisher
from .rendering.geometry import Scenes
from .rendering.motion import CameraMotions
from .rendering.scheduler import RenderScheduler
from .requests import Requests
from .restoring import restore
from .workbench import Workbench

LIGHT_AT_ONCE = 16
"""Most messages that are taken before an image which is due."""


class Application:
    """The loop, and what it serves with."""

    def __init__(self, config: wire.ServerConfig, channel: Channel):
        self.channel = channel
        self.inbox = Inbox()
        self.renders = RenderScheduler(wire.SLOTS, time.perf_counter)
        self.paraview = Workbench(config.frames, self._on_progress)
        self.scenes = Scenes(self.paraview.read_scenes, self.paraview.scene_payload, channel.send)
        self.autosave = Autosave(config.work, self.paraview.states.save, time.monotonic)
        cameras = CameraMotions(self.renders, lambda: self.inbox.taken_arrived)
        self.player = Player(self.paraview.animation, time.monotonic)
        self.drawing = Drawing(self.paraview, self.renders, cameras, self.scenes, channel.send)
        self.publisher = Publisher(self.paraview, self.drawing.follow_views, channel.send)
        services = Services(self.paraview, self.inbox, cameras, self.player, channel.send)
        self.requests = Requests(services, self.inbox, self.publisher, self.drawing, self.autosave)

    def _on_progress(self, text: str, fraction: float, heard: bool) -> bool:
        stop = self.inbox.is_cancelled()
        if self.inbox.current is not None:
            words = self.paraview.words_for(text) if heard else "Preparing the picture"
            step = wire.Progress(self.inbox.current, words, fraction, self.paraview.working_on, stop, heard)
            self.channel.send(step)
        return stop

    def restore(self, path: str) -> Optional[str]:
        """Brings saved work back; a sentence where not all of it came."""
        errors, error = guarded("restoring", lambda: restore(self.paraview, path))
        told: Optional[str] = error["message"] if error is not None else errors
        return told

    # --- the loop

    def run(self) -> None:
        """Serves until told to quit."""
        while True:
            message = self.inbox.get(self._patience())
            if isinstance(message, wire.Quit):
                self.save()
                return
            if message is not None:
                self._take(message)
            self._take_light()
            self._do_what_is_due()
            rendered = self.drawing.render()
            if self.autosave.eager and (rendered or self.renders.wait() is None):
                self.save()  # a step, once drawing it has not crashed ParaView
            self.drawing.do_the_rest(rendered)

    def _take_light(self) -> None:
        """Whatever says how the next image is to be, before it is rendered: a newer camera overtakes an older one."""
        for _ in range(LIGHT_AT_ONCE):
            self.channel.catch_up()
            message = self.inbox.get_light()
            if message is None:
                return
            self._take(message)

    def _patience(self) -> Optional[float]:
        waits = [
            self.renders.wait(),
            self.autosave.wait(),
            0.0 if self.scenes.due else None,
            self.player.wait(self.drawing.watched),
        ]
        due = [wait for wait in waits if wait is not None]
        return min(due) if due else None

    def _do_what_is_due(self) -> None:
        """In every turn: while a hand moves the camera there is always a message, and saving must not wait for it."""
        if self.autosave.due():
            self.save()
        if self.player.wait(self.drawing.watched) == 0.0:
            self._play()

    def _play(self) -> None:
        _, error = self.requests.in_transaction("playing", None, self.player.step)
        if error is not None:
            self.paraview.animation.playing = False
            self.channel.send(note_of(error))
            self.drawing.changed()
        else:
            self.drawing.played()
        self.publisher.publish()

    def save(self) -> None:
        """Saves the work where it is unsaved; why it could not be is told once."""
        if self.autosave.now():
            self.channel.send(wire.Saved())
        problem = self.autosave.take_problem()
        if problem is not None:
            message = f"Your work could not be saved for a restart. {problem.message}"
            self.channel.send(wire.Note("warning", message, f"{problem.hint} It is tried again by itself.", None))

    def _take(self, message: Any) -> None:
        if isinstance(message, wire.Slot):
            self.renders.slot_free(message.slot)
        elif isinstance(message, wire.Demand):
            self.renders.demand(message)
            resized = self.paraview.views.resize(message)
            for view in resized:
                self.drawing.changed(view)
            if resized:
                self.publisher.publish()
            self.scenes.demand(message)
        elif isinstance(message, wire.Dropped):
            self.scenes.dropped(message.hashes)
        elif isinstance(message, wire.Request):
            self.serve(message)

    def serve(self, request: wire.Request) -> None:
        """Serves a request; what may crash must not take the step before it along."""
        if METHODS[request.method].job is not None:
            self.save()
        self.requests.serve(request)
