"""ParaView's progress events, and the way to stop an algorithm at the next one."""

from __future__ import annotations

import time
from typing import Any, Callable, Optional

from .engine import Engine
from .texts import text_of

REPORT_EVERY = 0.1
"""Seconds between reports. ParaView itself sends at most one event each 0.1 s."""


class Progress:
    """Turns progress events into calls, and `stop` into AbortExecute on every algorithm of the pipeline."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._report: Optional[Callable[[str, float], bool]] = None
        self._last = 0.0
        self.stopped = False
        """Whether algorithms were told to stop and not yet let go on."""
        self._handler = engine.session.GetProgressHandler()
        self._handler.AddObserver("ProgressEvent", self._on_progress)

    def watch(self, report: Optional[Callable[[str, float], bool]]) -> None:
        """Calls `report(class, fraction)` with each event until told otherwise; where it returns True, all stops."""
        self._report = report

    def _on_progress(self, _object: Any, _event: str) -> None:
        # The socket's thread needs the interpreter lock to learn of a Cancel; inside a filter this is its only chance.
        time.sleep(0.001)
        if self._report is None:
            return
        now = time.monotonic()
        fraction = min(max(self._handler.GetLastProgress() / 100.0, 0.0), 1.0)
        if now - self._last < REPORT_EVERY and fraction not in (0.0, 1.0):
            return
        self._last = now
        if self._report(text_of(self._handler.GetLastProgressText()), fraction):
            self.stopped = True
            self._abort(True)

    def _abort(self, stop: bool) -> None:
        for _, node in self._engine.nodes():
            algorithm = node.GetClientSideObject()
            if algorithm is not None and hasattr(algorithm, "SetAbortExecute"):
                algorithm.SetAbortExecute(1 if stop else 0)

    def clear(self) -> None:
        """Lets algorithms run again after a stop: newer VTK keeps the flag until it is taken back."""
        self.stopped = False
        self._abort(False)
