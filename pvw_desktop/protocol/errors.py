"""Errors that travel on the wire.

    PvwError              anything that may be told to the person in front of the page
    ├── BadRequest        parameters that do not fit, an unknown method            code -32602
    ├── NotFound          a node, view or file that is not there                   code -32001
    ├── Forbidden         the role does not allow it, or a path leaves its root    code -32002
    ├── Unavailable       ParaView is starting, crashed or missing                 code -32003
    ├── Failed            ParaView tried and could not                             code -32004
    └── Cancelled         the person (or a newer request) asked to stop            code -32005

The message is one sentence that says what happened; `hint` says what to do about it.
"""

from __future__ import annotations

from typing import Any, Optional


class PvwError(Exception):
    """One sentence for a person, with an optional hint and folded detail."""

    code = -32000
    kind = "error"

    def __init__(self, message: str, hint: Optional[str] = None, log: Optional[str] = None):
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.log = log

    def to_wire(self, with_log: bool = True) -> dict[str, Any]:
        """The JSON-RPC error object. `with_log=False` leaves the detail out, for guests."""
        data: dict[str, Any] = {"kind": self.kind}
        if self.hint:
            data["hint"] = self.hint
        if self.log and with_log:
            data["log"] = self.log
        return {"code": self.code, "message": self.message, "data": data}


class BadRequest(PvwError):
    code = -32602
    kind = "bad_request"


class NotFound(PvwError):
    code = -32001
    kind = "not_found"


class Forbidden(PvwError):
    code = -32002
    kind = "forbidden"


class Unavailable(PvwError):
    code = -32003
    kind = "unavailable"


class Failed(PvwError):
    code = -32004
    kind = "failed"


class Cancelled(PvwError):
    code = -32005
    kind = "cancelled"


_BY_KIND = {error.kind: error for error in (PvwError, BadRequest, NotFound, Forbidden, Unavailable, Failed, Cancelled)}


def from_wire(error: dict[str, Any]) -> PvwError:
    """The exception a wire error stands for; an unknown kind becomes a plain PvwError."""
    data = error.get("data") or {}
    kind = _BY_KIND.get(str(data.get("kind", "")), PvwError)
    return kind(str(error.get("message", "unknown error")), data.get("hint"), data.get("log"))
