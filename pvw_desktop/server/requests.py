"""One request after the other, each in whole: its handler in a transaction that is kept or taken back, what follows
from it, its answer. So goes the server's own work too. Knows no main loop, and nothing of how a request came."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from typing import Any, Callable, Optional

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import Cancelled, Failed
from pvw_desktop.protocol.registry import METHODS, Method
from pvw_desktop.protocol.schema import from_json, to_json

from .autosave import Autosave
from .context import STOPPED, Context, Services
from .drawing import Drawing
from .effects import FOLLOWS, Follows, follows_from, is_eager
from .execution import bring_back, is_shown
from .handlers.registry import HANDLERS
from .inbox import Inbox
from .outcome import Outcome, guarded, note_of
from .publisher import Publisher
from .pv.core.texts import refuse_halves
from .transaction import Transaction

Work = Callable[[Context], Any]
FIRST_WORK = 1 << 40
"""Ids of work of the server's own begin here, past those of requests."""


class Requests:
    """Serves them, on the main thread."""

    def __init__(self, services: Services, inbox: Inbox, publisher: Publisher, drawing: Drawing, autosave: Autosave):
        self._services = services
        self._paraview = services.paraview
        self._inbox = inbox
        self._publisher = publisher
        self._drawing = drawing
        self._autosave = autosave
        self._works = itertools.count(FIRST_WORK)

    def serve(self, request: wire.Request) -> None:
        """Answers a request, once everything that follows from it is under way."""
        method = METHODS[request.method]
        self._inbox.begin(request.id)
        serve = functools.partial(self._call, method, request.params)
        in_whole = self.in_transaction if FOLLOWS[method.effect].undo else self._without_transaction
        result, error = in_whole(request.method, request, serve)
        self._inbox.end()
        lost = self._paraview.take_lost()
        about = request.params.get(method.about) if method.about is not None and not lost else None
        follows = follows_from(method, bool(lost))
        view = self._paraview.views.id_at_place(request.params.get("view")) if follows.one_view else None
        self._follow(follows, about, is_eager(method), error, view)
        if request.id is not None:
            self._services.send(wire.Reply(request.id, result or {}, error))
        self._bring_back(lost, error)

    @staticmethod
    def _call(method: Method, given: dict[str, Any], context: Context) -> Any:
        refuse_halves(given)
        params: Any = from_json(method.params, given)
        return to_json(HANDLERS[method.name](context, params))

    def _without_transaction(self, what: str, request: Optional[wire.Request], work: Work) -> Outcome:
        """What a request comes to that leaves nothing to take back."""
        return self._unless_stopped(guarded(what, lambda: work(Context(self._services, request))))

    def in_transaction(self, what: str, request: Optional[wire.Request], work: Work) -> Outcome:
        """What a request or a piece of work comes to: it is kept, or taken back where it failed or was stopped."""
        transaction, error = guarded(what, lambda: Transaction(self._paraview))
        if error is not None:
            return None, error
        context = Context(self._services, request, transaction)
        result, error = self._unless_stopped(guarded(what, lambda: work(context)))
        if error is None:
            _, error = guarded("keeping it", transaction.commit)
            return result, error
        self._inbox.settle()
        _, failed = guarded("taking it back", transaction.roll_back)
        self._paraview.forget_aborted()
        if failed is not None:
            self._services.send(note_of(failed))
        return None, error

    def _unless_stopped(self, outcome: Outcome) -> Outcome:
        """Wherever a stop was noticed last: no algorithm may keep it, or pass what it left for its result."""
        if not self._paraview.progress.stopped:
            return outcome
        self._paraview.forget_aborted()
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
            self._drawing.changed(view)
        published = self._publisher.publish(about) if follows.publish else False
        if follows.redraw_where_published and published:
            self._drawing.changed(view)
        if follows.retell and published:
            self._drawing.retell()
        if follows.save and (published or error is None):  # one that failed may have left an error, and what was typed
            self._autosave.touch(step=follows.step, eager=eager)

    def _bring_back(self, lost: list[Any], answered: Optional[dict[str, Any]]) -> None:
        """Computes again what the view shows and a stopped request took away; after the answer, because it may take as
        long as it took the first time. A job of its own: everybody sees it, and can stop it. What stops it is told
        where the request's answer did not tell it."""
        context = Context(self._services)
        if not is_shown(context, lost):
            return
        names = ", ".join(str(self._paraview.engine.name_of(node)) for node in lost)
        work = wire.Work(next(self._works), f"Computing {names} again", True)
        self._services.send(work)
        self._inbox.begin(work.id)
        _, error = guarded("bringing the result back", lambda: bring_back(context, lost))
        self._inbox.settle()
        self._paraview.forget_aborted()
        self._paraview.take_lost()
        self._inbox.end()
        told = answered["message"] if answered is not None and answered["code"] == Failed.code else None
        if error is not None and error["message"] != told:
            self._services.send(note_of(error))
        self._drawing.changed()
        self._publisher.publish()
        self._services.send(dataclasses.replace(work, running=False))
