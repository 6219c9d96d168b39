"""ParaView's progress events, and the way to stop an algorithm at the next one."""

from __future__ import annotations

import time
from typing import Any, Callable, Optional

from ..properties.access import Proxy
from .engine import Engine
from .texts import text_of

REPORT_EVERY = 0.1
"""Seconds between reports. ParaView itself sends at most one event each 0.1 s."""
DEAF = "Representation"
"""In the class of what makes a picture of a result: ParaView extracts surfaces there, and asks nobody until it has."""


class Progress:
    """Turns progress events into calls, and `stop` into AbortExecute on every algorithm of the pipeline."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._report: Optional[Callable[[str, float, bool], bool]] = None
        self._last = 0.0
        self.stopped = False
        """Whether algorithms were told to stop and not yet let go on."""
        self._ended: dict[str, Proxy] = {}
        """Nodes that came to an end after the stop, with less than their result: aborted, or fed by one that was."""
        self._observers: list[tuple[Any, int]] = []
        self._handler = engine.session.GetProgressHandler()
        self._handler.AddObserver("ProgressEvent", self._on_progress)

    def watch(self, report: Optional[Callable[[str, float, bool], bool]]) -> None:
        """Calls `report(class, fraction, heard)` with each event until told otherwise; where it returns True, all
        stops. What is not `heard` goes on to its end all the same."""
        self._report = report

    def _on_progress(self, _object: Any, _event: str) -> None:
        # The socket's thread needs the interpreter lock to learn of a Cancel; inside a filter this is its only chance.
        time.sleep(0.001)
        if self._report is None:
            return
        name = text_of(self._handler.GetLastProgressText())
        heard = DEAF not in name
        now = time.monotonic()
        fraction = min(max(self._handler.GetLastProgress() / 100.0, 0.0), 1.0)
        if now - self._last < REPORT_EVERY and fraction not in (0.0, 1.0):
            return
        self._last = now
        if self._report(name, fraction, heard):
            if not self.stopped:
                self._watch_ends()
            self.stopped = True
            self._abort()

    def _abort(self) -> None:
        """Tells what runs, and what never came to its end. Not the others: the flag makes an algorithm count as
        modified, and a complete result would be given up. What runs next is told when it says that it begins."""
        for algorithm in self._algorithms():
            if algorithm.GetProgress() < 1.0:
                algorithm.SetAbortExecute(1)

    def _algorithms(self) -> list[Any]:
        found = [node.GetClientSideObject() for _, node in self._engine.nodes()]
        return [item for item in found if item is not None and hasattr(item, "SetAbortExecute")]

    def _watch_ends(self) -> None:
        for _, node in self._engine.nodes():
            algorithm = node.GetClientSideObject()
            if algorithm is not None:
                ident = str(node.GetGlobalIDAsString())
                keep = self._keeper(ident, node)
                self._observers.append((algorithm, algorithm.AddObserver("EndEvent", keep)))

    def _keeper(self, ident: str, node: Proxy) -> Callable[..., None]:
        return lambda *_: self._ended.__setitem__(ident, node)

    def clear(self) -> list[Proxy]:
        """Lets algorithms run again after a stop (newer VTK keeps the flag until it is taken back); the nodes that have
        less than their result since."""
        for algorithm in self._algorithms() if self.stopped else []:
            if algorithm.GetAbortExecute():
                algorithm.SetAbortExecute(0)
        self.stopped = False
        for algorithm, tag in self._observers:
            algorithm.RemoveObserver(tag)
        self._observers.clear()
        ended = list(self._ended.values())
        self._ended.clear()
        return ended
