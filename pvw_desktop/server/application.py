"""The main thread: takes requests, runs their handlers, publishes what changed, renders what is due.

Knows the channel and the clock; ParaView itself is behind `Workbench`.
"""

from __future__ import annotations

import dataclasses
import itertools
import platform
import sys
import time
import traceback
from typing import Any, Optional

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import Cancelled, Failed, Forbidden, PvwError
from pvw_desktop.protocol.registry import METHODS, allows
from pvw_desktop.protocol.schema import from_json, to_json

from . import boot, handlers
from .autosave import Autosave
from .channel import Channel
from .confine import Confinement
from .handlers.registry import HANDLERS
from .inbox import Inbox
from .pv.core.texts import refuse_halves
from .rendering.geometry import Scenes
from .rendering.scheduler import FrameScheduler, Plan

STOPPED = "Stopped; everything is as it was before."
LIGHT_AT_ONCE = 16
"""Most messages that are taken before an image which is due."""
FIRST_WORK = 1 << 40
"""Ids of work of the server's own begin here, past those of requests."""


class Application:
    """What handlers get: the workbench, and the request they serve."""

    def __init__(self, config: wire.ServerConfig, channel: Channel):
        from .workbench import Workbench  # loads ParaView, which takes a while: the channel is up before

        self.channel = channel
        self.inbox = Inbox()
        self.frames = FrameScheduler(wire.SLOTS, time.perf_counter)
        self.bench = Workbench(config.frames, self._on_progress)
        self.scenes = Scenes(self.bench.read_scenes, self.bench.scene_payload, channel.send)
        self.save = Autosave(config.work, self.bench.states.save, time.monotonic)
        self.request: Optional[wire.Request] = None
        self.motion = ("", 0)
        """The client whose camera is shown, and its motion number."""
        self.camera_arrived: Optional[float] = None
        """When the camera that is not rendered yet arrived, in seconds of time.perf_counter."""
        self.touched: Optional[str] = None
        """Id of the one node that the running request is about; None where it may change any."""
        self._works = itertools.count(FIRST_WORK)
        self._published: dict[str, Any] = {}
        self._seq = 0
        self._play_at: Optional[float] = None

    # --- for handlers

    def check_cancelled(self) -> None:
        """Raises Cancelled where the running request was asked to stop."""
        if self.inbox.is_cancelled():
            raise Cancelled(STOPPED)

    def require_host(self, sentence: str) -> None:
        """Raises Forbidden where the running request comes from somebody else than the host."""
        if self.request is None or not allows(self.request.role, "host"):
            raise Forbidden(sentence, "Ask the host of this session to do it.")

    def changed(self) -> None:
        """What is shown is out of date, images and geometry alike."""
        self.frames.changed()
        self.scenes.changed()

    def resize(self, width: int, height: int, ratio: float) -> None:
        """Full images have this size from here on."""
        views = self.bench.views
        if views.resize(width, height, ratio):
            if not views.moved:
                views.reset_camera(None, None)
            self.changed()
            self.publish()

    def note(self, level: str, message: str, hint: Optional[str] = None, log: Optional[str] = None) -> None:
        """A line for every page."""
        self.channel.send(wire.Note(level, message, hint, log))

    def play_from_now(self) -> None:
        """The next time step is due at once."""
        self._play_at = time.monotonic()

    # --- progress

    def _on_progress(self, text: str, fraction: float, heard: bool) -> bool:
        stop = self.inbox.is_cancelled()
        if self.inbox.current is not None:
            words = self.bench.words_for(text) if heard else "Preparing the picture"
            step = wire.Progress(self.inbox.current, words, fraction, self.bench.working_on, stop, heard)
            self.channel.send(step)
        return stop

    # --- the loop

    def run(self) -> None:
        """Serves until told to quit."""
        while True:
            message = self.inbox.get(self._patience())
            if isinstance(message, wire.Quit):
                self._save()
                return
            if message is not None:
                self._take(message)
            self._take_light()
            self._do_what_is_due()
            rendered = self._render()
            if self.save.eager and (rendered or self.frames.wait() is None):
                self._save()  # a step, once drawing it has not crashed ParaView
            if not rendered:
                if not self._publish_scenes():
                    self._prepare()
            elif self.scenes.passed_over():
                self._publish_scenes()

    def _take_light(self) -> None:
        """Whatever says how the next image is to be, before it is rendered: a newer camera overtakes an older one."""
        for _ in range(LIGHT_AT_ONCE):
            self.channel.catch_up()
            message = self.inbox.get_light()
            if message is None:
                return
            self._take(message)

    def _patience(self) -> Optional[float]:
        waits = [self.frames.wait(), self.save.wait(), 0.0 if self.scenes.due else None]
        if self._play_at is not None and self._plays():
            waits.append(max(0.0, self._play_at - time.monotonic()))
        due = [wait for wait in waits if wait is not None]
        return min(due) if due else None

    def _do_what_is_due(self) -> None:
        """In every turn: while a hand moves the camera there is always a message, and saving must not wait for it."""
        if self.save.due():
            self._save()
        if self._plays() and self._play_at is not None and time.monotonic() >= self._play_at:
            self._play_at = time.monotonic() + 1.0 / self.bench.timing.rate
            _, error = self._guarded("playing", lambda: handlers.play_on(self))
            if error is not None:
                self.bench.timing.playing = False
                self._note_error(error)
                self.changed()
            else:
                self.frames.played()
                self.scenes.changed()
            self.publish()

    def _plays(self) -> bool:
        return self.bench.timing.playing and (self.frames.wanted or self.scenes.wanted)

    def _note_error(self, error: dict[str, Any]) -> None:
        self.note("error", error["message"], error["data"].get("hint"), error["data"].get("log"))

    def _save(self) -> None:
        if self.save.now():
            self.channel.send(wire.Saved())
        problem = self.save.take_problem()
        if problem is not None:
            message = f"Your work could not be saved for a restart. {problem.message}"
            self.note("warning", message, f"{problem.hint} It is tried again by itself.")

    def _take(self, message: Any) -> None:
        if isinstance(message, wire.Slot):
            self.frames.slot_free(message.slot)
        elif isinstance(message, wire.Demand):
            if message.images and not self.frames.wanted:
                self.frames.changed(data=False)
            self.frames.demand(message.images)
            if message.size is not None:
                self.resize(*message.size)
            self.scenes.demand(message.limit, message.light)
        elif isinstance(message, wire.Dropped):
            self.scenes.dropped(message.hashes)
        elif isinstance(message, wire.Request):
            self._serve(message)

    def _serve(self, request: wire.Request) -> None:
        if METHODS[request.method].job is not None:
            self._save()  # what may crash must not take the step before it along
        self.request = request
        self.touched = None
        self.inbox.begin(request.id)
        result, error = self._guarded(request.method, lambda: self._call(request))
        if self.bench.progress.stopped:
            # Wherever the stop was noticed last: no algorithm may keep it, or pass what it left for its result.
            self.bench.forget_aborted()
            error = error or Cancelled(STOPPED).to_wire()
        self.inbox.end()
        self.request = None
        lost = self.bench.take_lost()
        if METHODS[request.method].changes or lost:
            self.touched = None if lost else self.touched
            self.changed()
            if self.publish() or error is None:  # one that failed may have left an error, and what was typed
                self.save.touch(eager=METHODS[request.method].latest_wins is None)
        self.touched = None
        if request.id is not None:
            self.channel.send(wire.Reply(request.id, to_json(result) if result is not None else {}, error))
        self._bring_back(lost, error)

    def _bring_back(self, lost: list[Any], answered: Optional[dict[str, Any]]) -> None:
        """Computes again what the view shows and a stopped request took away; after the answer, because it may take as
        long as it took the first time. A job of its own: everybody sees it, and can stop it. What stops it is told
        where the request's answer did not tell it."""
        from .execution import bring_back, is_shown

        if not is_shown(self, lost):
            return
        names = ", ".join(str(self.bench.engine.name_of(node)) for node in lost)
        work = wire.Work(next(self._works), f"Computing {names} again", True)
        self.channel.send(work)
        self.inbox.begin(work.id)
        _, error = self._guarded("bringing the result back", lambda: bring_back(self, lost))
        self.inbox.settle()
        self.bench.forget_aborted()
        self.bench.take_lost()
        self.inbox.end()
        told = answered["message"] if answered is not None and answered["code"] == Failed.code else None
        if error is not None and error["message"] != told:
            self._note_error(error)
        self.changed()
        self.publish()
        self.channel.send(dataclasses.replace(work, running=False))

    def _call(self, request: wire.Request) -> Any:
        refuse_halves(request.params)
        params: Any = from_json(METHODS[request.method].params, request.params)
        return HANDLERS[request.method](self, params)

    def _guarded(self, what: str, work: Any) -> tuple[Any, Optional[dict[str, Any]]]:
        """Result and error of a piece of work; nothing gets past it."""
        try:
            return work(), None
        except PvwError as error:
            return None, error.to_wire()
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            failed = Failed(
                f"{what[:1].upper()}{what[1:]} went wrong inside the server: {error}.",
                "The log has the details.",
                traceback.format_exc(),
            )
            return None, failed.to_wire()

    # --- state

    def publish(self) -> bool:
        """Sends the topics that changed since they were last sent, and says whether there were any; a proxy that cannot
        be described costs a notice."""
        changed, error = self._guarded("describing the session", self._publish)
        if error is not None:
            self._note_error(error)
        return bool(changed)

    def _publish(self) -> bool:
        topics = self.bench.topics(self._published, self.touched)
        for title in self.bench.colors.bars.undrawable:
            self.note(
                "warning",
                f"The scalar bar cannot draw its title “{title}”: no font on this computer has all its characters.",
                "Install a font that has them, such as the Debian packages fonts-noto-cjk or fonts-dejavu.",
            )
        self.bench.colors.bars.undrawable.clear()
        self.frames.show([self.bench.view_id])
        options = self.bench.views.options
        simplify = options.simplify and self.bench.images.may_simplify
        self.frames.set_options(self.bench.view_id, dataclasses.replace(options, simplify=simplify))
        changes = {name: to_json(value) for name, value in topics.items() if self._published.get(name) != value}
        changes.update({name: None for name in self._published if name not in topics})
        if changes:
            self.channel.send(wire.Topics(changes))
        self._published = topics
        return bool(changes)

    # --- images

    def _render(self) -> bool:
        plan = self.frames.plan()
        if plan is None:
            return False
        started = time.perf_counter()
        _, error = self._guarded("rendering", lambda: self._render_into(plan, started))
        if error is not None:
            self.frames.failed(plan)
            self._note_error(error)
        return True

    def _publish_scenes(self) -> bool:
        if not self.scenes.due:
            return False
        _, error = self._guarded("describing the geometry", self.scenes.publish)
        if error is not None:
            self.scenes.failed(self.bench.view_id, error["message"])
        return True

    def _prepare(self) -> None:
        """What the next movement will need, while nobody waits."""
        if self.frames.to_prepare() is not None:
            _, error = self._guarded("preparing coarse geometry", self.bench.images.prepare)
            if error is not None:
                self._note_error(error)

    def _render_into(self, plan: Plan, started: float) -> None:
        client, motion = self.motion
        arrived, self.camera_arrived = self.camera_arrived, None
        width, height = self.bench.render(plan.slot, plan.detail.scale, plan.still, plan.detail.simplified)
        seconds = time.perf_counter() - started
        self.frames.rendered(plan, seconds)
        self._seq += 1
        self.channel.send(
            wire.Image(
                slot=plan.slot,
                view=plan.view,
                seq=self._seq,
                width=width,
                height=height,
                still=plan.still,
                camera=to_json(self.bench.views.camera()),
                client=client,
                motion=motion,
                render_ms=round(seconds * 1e3, 2),
                wait_ms=round((started - arrived) * 1e3, 2) if arrived is not None else 0.0,
                simplified=plan.detail.simplified,
                full=self.bench.views.size,
            )
        )


def serve(config: wire.ServerConfig, confinement: Optional[Confinement] = None) -> None:
    """Runs the server until it is to end (boot.end); what is unsaved then is saved before it returns."""
    channel = Channel(config)
    channel.send(wire.Starting("Loading ParaView"))
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
    renderer = app.bench.start()
    problem = None
    if config.restore is not None:
        channel.send(wire.Starting("Bringing your work back"))
        errors, error = app._guarded("restoring", lambda: app.bench.restore(str(config.restore)))
        problem = error["message"] if error is not None else errors
    app.publish()
    channel.send(
        wire.Ready(
            paraview=app.bench.engine.version(),
            python=platform.python_version(),
            renderer=renderer,
            view=app.bench.view_id,
            extensions=app.bench.readers.extensions(),
            restored=problem,
            confined=None if confinement is None else confinement.active,
            confinement=None if confinement is None else confinement.sentence,
        )
    )
    boot.before_leaving(lambda: app.inbox.put(wire.Quit()))  # until here there was nothing to save
    app.run()
