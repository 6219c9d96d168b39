"""Why ParaView cannot be asked just now, in one sentence for each state of its process."""

from __future__ import annotations

from ...protocol.errors import Unavailable
from ...protocol.messages.session import ServerStatus

_SENTENCES = {
    "missing": ("ParaView was not found on this computer.", "Install ParaView, or choose where it is."),
    "starting": ("ParaView is still starting.", "Try again in a moment."),
    "crashed": ("ParaView is not running: it stopped unexpectedly.", "Restart it first."),
    "stopping": ("ParaView is stopping.", "Restart it first."),
    "gone": ("ParaView is not running.", "Restart it first."),
}
_BETWEEN = ("ParaView is starting again.", "Try again in a moment.")


def why_unavailable(status: ServerStatus) -> Unavailable:
    """The error for a request that comes while no ParaView answers."""
    return Unavailable(*_SENTENCES.get(status.state, _BETWEEN))
