"""What a piece of work comes to: its result, or its error as the wire has it. Nothing gets past `guarded`, so that no
request, image or save ends the server. Knows nothing of what the work is."""

from __future__ import annotations

import sys
import traceback
from typing import Any, Callable, Optional

from pvw_desktop.protocol.channel import Note
from pvw_desktop.protocol.errors import Failed, PvwError

Outcome = tuple[Any, Optional[dict[str, Any]]]
"""Result and error of a piece of work."""


def guarded(what: str, work: Callable[[], Any]) -> Outcome:
    """Does a piece of work; an error that nobody foresaw says that `what` went wrong."""
    try:
        return work(), None
    except PvwError as error:
        return None, error.to_wire()
    except Exception as error:
        return None, unforeseen(what, error).to_wire()


def unforeseen(what: str, error: Exception) -> Failed:
    """Says, in the log and to whoever asked, that `what` went wrong by an error that nobody foresaw."""
    traceback.print_exception(type(error), error, error.__traceback__, file=sys.stderr)
    return Failed(
        f"{what[:1].upper()}{what[1:]} went wrong inside the server: {error}.",
        "The log has the details.",
        "".join(traceback.format_exception(type(error), error, error.__traceback__)),
    )


def note_of(error: dict[str, Any]) -> Note:
    """The line for every page that says an error which no request is told."""
    data = error["data"]
    return Note("error", error["message"], data.get("hint"), data.get("log"))
