"""From a text frame to an answer: what is no call is refused, then role and parameters are checked, then it is routed.

A method without a declaration does not exist, and a role that is not enough gets no further. Knows no sockets.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Mapping
from typing import Any

from ...protocol.errors import BadRequest, Forbidden, PvwError, Unavailable
from ...protocol.registry import METHODS, Method, allows
from ...protocol.schema import from_json, to_json
from ..session.clients import MAX_OWED, MAX_TASKS, Client
from ..session.session import Session
from ..workers import asker
from . import jsonrpc
from .handlers import HANDLERS, Handler
from .newest import Newest

log = logging.getLogger(__name__)

QUICK_BYTES = 4096


class Dispatcher:
    """Answers the calls of the clients of all sessions, each in its own."""

    def __init__(self, handlers: Mapping[str, Handler] = HANDLERS):
        self._handlers = handlers

    def receive(self, session: Session, client: Client, text: str) -> None:
        """Handles one text frame of a client of this session. Returns at once; the answer follows in its outbox."""
        try:
            call = jsonrpc.parse(text)
        except jsonrpc.InvalidMessage as error:
            client.send(error.answer)
            return
        if client.newest is None:
            client.newest = Newest(lambda kept: self._handle(session, client, kept, 0))
        if not client.newest.keep(call):
            client.newest.let_through()  # what was said before goes before
            self._handle(session, client, call, len(text))

    def _handle(self, session: Session, client: Client, call: jsonrpc.Call, size: int) -> None:
        try:
            outcome = self._route(session, client, call, size)
        except Exception as error:
            self._refuse(client, call, error)
            return
        if inspect.isawaitable(outcome):
            self._follow(client, call, outcome, size)
        else:
            self._reply(client, call, outcome)

    def _route(self, session: Session, client: Client, call: jsonrpc.Call, size: int) -> Any:
        declared = _permitted(client, call)
        if client.owed + size > MAX_OWED and (declared.answered_by == "server" or size > QUICK_BYTES):
            raise Unavailable("Too much is under way.", "Wait for some answers before you send more.")
        params: Any = from_json(declared.params, call.params)
        if declared.answered_by == "gateway":
            return _bounded(client, self._handlers[call.method](session, client, params))
        if declared.result is None:
            return session.inform(call.method, to_json(params), client.id, client.role)
        return _bounded(client, session.request(call.method, params, client.id, client.role))

    def _follow(self, client: Client, call: jsonrpc.Call, outcome: Awaitable[Any], size: int) -> None:
        def over(done: asyncio.Future[Any]) -> None:
            client.owed -= size

        client.owed += size

        async def finish() -> None:
            asker.set(client.id)
            try:
                result = await outcome
            except Exception as error:
                self._refuse(client, call, error)
            else:
                self._reply(client, call, result)

        if isinstance(outcome, asyncio.Future):  # waits in the bounded queue; a task would keep a place of its own
            outcome.add_done_callback(over)
            outcome.add_done_callback(lambda future: self._settled(client, call, future))
            return
        client.tasks.spawn(finish()).add_done_callback(over)

    def _settled(self, client: Client, call: jsonrpc.Call, future: asyncio.Future[Any]) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            self._reply(client, call, future.result())
        else:
            self._refuse(client, call, error)

    def _reply(self, client: Client, call: jsonrpc.Call, result: Any) -> None:
        if call.id is None:
            return
        try:
            text = jsonrpc.result(call.id, {} if result is None else to_json(result))
        except Exception as error:  # a result that cannot be written is an answer too
            self._refuse(client, call, error)
        else:
            client.send(text)

    def _refuse(self, client: Client, call: jsonrpc.Call, error: BaseException) -> None:
        if not isinstance(error, PvwError):
            log.error("%s failed", call.method, exc_info=error)
        if call.id is not None:
            client.send(jsonrpc.error(call.id, _wire_error(error, client.role)))


def _bounded(client: Client, outcome: Any) -> Any:
    """The outcome, unless it would take time and too much takes time already. What is quick is always answered."""
    if inspect.iscoroutine(outcome) and len(client.tasks) >= MAX_TASKS:
        outcome.close()
        raise Unavailable("Too many requests are under way.", "Wait for some of them.")
    return outcome


def _permitted(client: Client, call: jsonrpc.Call) -> Method:
    declared: Method | None = METHODS.get(call.method)
    if declared is None:
        raise BadRequest(f"There is no method '{call.method[:80]}'.", "rpc.discover lists them.")
    if not client.joined and call.method != "session.hello":
        raise BadRequest("session.hello comes first.")
    if not allows(client.role, declared.role):
        raise Forbidden(f"{call.method} needs the role '{declared.role}'; yours is '{client.role}'.")
    if declared.result is None and call.id is not None:
        raise BadRequest(f"{call.method} is a notification: send it without an id.")
    return declared


def _wire_error(error: BaseException, role: str) -> dict[str, Any]:
    if isinstance(error, PvwError):
        return error.to_wire(with_log=role == "host")
    message = "Something went wrong inside PVW Desktop."
    return {
        "code": jsonrpc.INTERNAL_ERROR,
        "message": message,
        "data": {"kind": "error", "hint": "The log has details."},
    }
