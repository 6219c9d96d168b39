"""The main thread: takes requests, runs their handlers, publishes what changed, renders what is due.

Knows the channel and the clock; ParaView itself is behind `Workbench`, what follows from a request is in effects.py.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import sys
import time
import traceback
from typing import Any, Callable, Optional

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import Cancelled, Failed, PvwError
from pvw_desktop.protocol.registry import METHODS, Method
from pvw_desktop.protocol.schema import from_json, to_json

from .autosave import Autosave
from .channel import Channel
from .context import STOPPED, Context, Services
from .effects import FOLLOWS, Follows, follows_from, is_eager
from .execution import bring_back, is_shown
from .handlers.registry import HANDLERS
from .inbox import Inbox
from .player import Player
from .publisher import Publisher
from .pv.core.texts import refuse_halves
from .rendering.geometry import Scenes
from .rendering.motion import CameraMotions
from .rendering.scheduler import Plan, RenderScheduler
from .transaction import Transaction
from .workbench import Workbench

Outcome = tuple[Any, Optional[dict[str, Any]]]
"""Result and error of a piece of work."""
Work = Callable[[Context], Any]
LIGHT_AT_ONCE = 16
"""Most messages that are taken before an image which is due."""
FIRST_WORK = 1 << 40
"""Ids of work of the server's own begin here, past those of requests."""


class Application:
    """The loop, and what it serves with."""

    def __init__(self, config: wire.ServerConfig, channel: Channel):
        self.channel = channel
        self.inbox = Inbox()
        self.renders = RenderScheduler(wire.SLOTS, time.perf_counter)
        self.paraview = Workbench(config.frames, self._on_progress)
        self.scenes = Scenes(self.paraview.read_scenes, self.paraview.scene_payload, channel.send)
        self.save = Autosave(config.work, self.paraview.states.save, time.monotonic)
        self.cameras = CameraMotions(self.renders, lambda: self.inbox.taken_arrived)
        self.publisher = Publisher(self.paraview, self.renders, self.cameras, channel.send)
        self.player = Player(self.paraview.animation, time.monotonic)
        self.services = Services(self.paraview, self.inbox, self.cameras, self.player, channel.send)
        self._works = itertools.count(FIRST_WORK)
        self._seq = 0

    def _on_progress(self, text: str, fraction: float, heard: bool) -> bool:
        stop = self.inbox.is_cancelled()
        if self.inbox.current is not None:
            words = self.paraview.words_for(text) if heard else "Preparing the picture"
            step = wire.Progress(self.inbox.current, words, fraction, self.paraview.working_on, stop, heard)
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
            if self.save.eager and (rendered or self.renders.wait() is None):
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
        waits = [
            self.renders.wait(),
            self.save.wait(),
            0.0 if self.scenes.due else None,
            self.player.wait(self._watched),
        ]
        due = [wait for wait in waits if wait is not None]
        return min(due) if due else None

    @property
    def _watched(self) -> bool:
        return self.renders.wanted or self.scenes.wanted

    def _do_what_is_due(self) -> None:
        """In every turn: while a hand moves the camera there is always a message, and saving must not wait for it."""
        if self.save.due():
            self._save()
        if self.player.wait(self._watched) == 0.0:
            _, error = self._in_transaction("playing", None, self.player.step)
            if error is not None:
                self.paraview.animation.playing = False
                self._note_error(error)
                self.changed()
            else:
                self.renders.played()
                self.scenes.changed()
            self.publish()

    def _save(self) -> None:
        if self.save.now():
            self.channel.send(wire.Saved())
        problem = self.save.take_problem()
        if problem is not None:
            message = f"Your work could not be saved for a restart. {problem.message}"
            self.channel.send(wire.Note("warning", message, f"{problem.hint} It is tried again by itself.", None))

    def _take(self, message: Any) -> None:
        if isinstance(message, wire.Slot):
            self.renders.slot_free(message.slot)
        elif isinstance(message, wire.Demand):
            self.renders.demand(message)
            if self.paraview.views.resize(message):
                self.changed()
                self.publish()
            self.scenes.demand(message)
        elif isinstance(message, wire.Dropped):
            self.scenes.dropped(message.hashes)
        elif isinstance(message, wire.Request):
            self._serve(message)

    # --- requests

    def _serve(self, request: wire.Request) -> None:
        method = METHODS[request.method]
        if method.job is not None:
            self._save()  # what may crash must not take the step before it along
        self.inbox.begin(request.id)
        serve = functools.partial(self._call, method, request.params)
        in_whole = self._in_transaction if FOLLOWS[method.effect].undo else self._without_transaction
        result, error = in_whole(request.method, request, serve)
        self.inbox.end()
        lost = self.paraview.take_lost()
        about = request.params.get(method.about) if method.about is not None and not lost else None
        follows = follows_from(method, bool(lost))
        self._follow(follows, about, is_eager(method), error, request.params.get("view") if follows.one_view else None)
        if request.id is not None:
            self.channel.send(wire.Reply(request.id, to_json(result) if result is not None else {}, error))
        self._bring_back(lost, error)

    @staticmethod
    def _call(method: Method, given: dict[str, Any], context: Context) -> Any:
        refuse_halves(given)
        params: Any = from_json(method.params, given)
        return HANDLERS[method.name](context, params)

    def _without_transaction(self, what: str, request: Optional[wire.Request], work: Work) -> Outcome:
        """What a request comes to that leaves nothing to take back."""
        return self._unless_stopped(self._guarded(what, lambda: work(Context(self.services, request))))

    def _in_transaction(self, what: str, request: Optional[wire.Request], work: Work) -> Outcome:
        """What a request or a piece of work comes to: it is kept, or taken back where it failed or was stopped."""
        transaction, error = self._guarded(what, lambda: Transaction(self.paraview))
        if error is not None:
            return None, error
        context = Context(self.services, request, transaction)
        result, error = self._unless_stopped(self._guarded(what, lambda: work(context)))
        if error is None:
            transaction.commit()
            return result, None
        self.inbox.settle()
        _, failed = self._guarded("taking it back", transaction.roll_back)
        self.paraview.forget_aborted()
        if failed is not None:
            self._note_error(failed)
        return None, error

    def _unless_stopped(self, outcome: Outcome) -> Outcome:
        """Wherever a stop was noticed last: no algorithm may keep it, or pass what it left for its result."""
        if not self.paraview.progress.stopped:
            return outcome
        self.paraview.forget_aborted()
        return None, outcome[1] or Cancelled(STOPPED).to_wire()

    def _follow(
        self,
        follows: Follows,
        about: Optional[str],
        eager: bool,
        error: Optional[dict[str, Any]],
        view: Optional[str],
    ) -> None:
        if follows.redraw:
            self.changed(view)
        published = self.publish(about) if follows.publish else False
        if follows.redraw_where_published and published:
            self.changed()
        if follows.save and (published or error is None):  # one that failed may have left an error, and what was typed
            self.save.touch(step=follows.step, eager=eager)

    def _bring_back(self, lost: list[Any], answered: Optional[dict[str, Any]]) -> None:
        """Computes again what the view shows and a stopped request took away; after the answer, because it may take as
        long as it took the first time. A job of its own: everybody sees it, and can stop it. What stops it is told
        where the request's answer did not tell it."""
        context = Context(self.services)
        if not is_shown(context, lost):
            return
        names = ", ".join(str(self.paraview.engine.name_of(node)) for node in lost)
        work = wire.Work(next(self._works), f"Computing {names} again", True)
        self.channel.send(work)
        self.inbox.begin(work.id)
        _, error = self._guarded("bringing the result back", lambda: bring_back(context, lost))
        self.inbox.settle()
        self.paraview.forget_aborted()
        self.paraview.take_lost()
        self.inbox.end()
        told = answered["message"] if answered is not None and answered["code"] == Failed.code else None
        if error is not None and error["message"] != told:
            self._note_error(error)
        self.changed()
        self.publish()
        self.channel.send(dataclasses.replace(work, running=False))

    def _guarded(self, what: str, work: Any) -> Outcome:
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

    def _note_error(self, error: dict[str, Any]) -> None:
        data = error["data"]
        self.channel.send(wire.Note("error", error["message"], data.get("hint"), data.get("log")))

    # --- what is shown

    def changed(self, view: Optional[str] = None) -> None:
        """What is shown, in one view or in all, is out of date, images and geometry alike."""
        self.renders.changed(view)
        self.scenes.changed()

    def restore(self, path: str) -> Optional[str]:
        """Brings saved work back; a sentence where not all of it came."""
        errors, error = self._guarded("restoring", lambda: self.paraview.restore(path))
        told: Optional[str] = error["message"] if error is not None else errors
        return told

    def publish(self, about: Optional[str] = None) -> bool:
        """Sends the topics that changed since they were last sent, and says whether there were any; a proxy that cannot
        be described costs a notice."""
        changed, error = self._guarded("describing the session", lambda: self.publisher.publish(about))
        if error is not None:
            self._note_error(error)
        return bool(changed)

    def _render(self) -> bool:
        plan = self.renders.plan()
        if plan is None:
            return False
        started = time.perf_counter()
        _, error = self._guarded("rendering", lambda: self._render_into(plan, started))
        if error is not None:
            self.renders.failed(plan)
            self._note_error(error)
        return True

    def _publish_scenes(self) -> bool:
        if not self.scenes.due:
            return False
        _, error = self._guarded("describing the geometry", self.scenes.publish)
        if error is not None:
            self.scenes.failed([view.id for view in self.paraview.views.all()], error["message"])
        return True

    def _prepare(self) -> None:
        """What the next movement will need, while nobody waits."""
        ident = self.renders.to_prepare()
        if ident is not None:
            view = self.paraview.views.get(ident)
            _, error = self._guarded("preparing coarse geometry", lambda: self.paraview.images.prepare(view))
            if error is not None:
                self._note_error(error)

    def _render_into(self, plan: Plan, started: float) -> None:
        motion, view = self.cameras.show(plan.view), self.paraview.views.get(plan.view)
        width, height = self.paraview.render(plan.view, plan.slot, plan.detail.scale, plan.still, plan.detail.lod)
        seconds = time.perf_counter() - started
        self.renders.rendered(plan, seconds)
        self._seq += 1
        self.channel.send(
            wire.Image(
                slot=plan.slot,
                view=plan.view,
                seq=self._seq,
                width=width,
                height=height,
                still=plan.still,
                camera=to_json(view.camera()),
                client=motion.client,
                motion=motion.number,
                render_ms=round(seconds * 1e3, 2),
                wait_ms=round((started - motion.arrived) * 1e3, 2) if motion.arrived is not None else 0.0,
                lod=plan.detail.lod,
                full=view.size,
            )
        )
