"""What VTK says through its output window, and what Python scripts of filters raise, caught and made readable."""

from __future__ import annotations

import dataclasses
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Callable

from vtkmodules.vtkCommonCore import vtkOutputWindow

from .texts import text_of

_WHERE = re.compile(r"^(?:ERROR|Warning|Generic Warning): In .*?, line \d+\s*", re.DOTALL)
_WHO = re.compile(r"^\s*(\w+) \(0x[0-9a-fA-F]+\): ")
_FAILED = re.compile(r"^Algorithm (\w+)\s*\(0x[0-9a-fA-F]+\) returned failure for request")

_RAISED = re.compile(r"^(?:Traceback \(most |[ ]+File \").*\n(?:[ \t].*\n)*([A-Za-z_][\w.]*(?:: .*)?)$", re.MULTILINE)
"""An exception as Python prints it; of a syntax error only what follows the first line."""
_ECHO = "could not do what was asked"
_NO_INPUT = "Missing input data"
_KEPT = 100_000
_MANAGER = re.compile(r"\bvtk(?:SM|SI|PVXML|PVSession)\w* \(0x")


@dataclasses.dataclass
class Heard:
    """Errors and warnings, as single sentences, and the text they came in."""

    errors: list[str] = dataclasses.field(default_factory=list)
    warnings: list[str] = dataclasses.field(default_factory=list)
    full: list[str] = dataclasses.field(default_factory=list)

    @property
    def log(self) -> str:
        """Everything that was said, the newest last, cut to its last 8000 letters."""
        return "\n".join(self.full)[-8000:]

    def and_then(self, later: Heard) -> Heard:
        """Both together."""
        return Heard([*self.errors, *later.errors], [*self.warnings, *later.warnings], [*self.full, *later.full])


class Listener:
    """Collects messages while a piece of work runs; outside of one they go where VTK sends them."""

    def __init__(self) -> None:
        self._heard: list[Heard] = []
        self._wanted: Callable[[str], bool] = lambda text: True
        window = vtkOutputWindow.GetInstance()
        self._keep = [self._make(kind) for kind in ("ErrorEvent", "WarningEvent")]
        for kind, observer in zip(("ErrorEvent", "WarningEvent"), self._keep):
            window.AddObserver(kind, observer)

    def _make(self, kind: str) -> Any:
        def observe(_window: Any, _event: str, said: Any = "") -> None:
            text = text_of(said)
            if self._heard and self._wanted(text):
                heard = self._heard[-1]
                heard.full.append(text.strip())
                (heard.errors if kind == "ErrorEvent" else heard.warnings).append(readable(text))

        observe.CallDataType = "string0"  # type: ignore[attr-defined]  # VTK's Python observers ask for it this way
        return observe

    @contextmanager
    def listen(self) -> Iterator[Heard]:
        """What is said inside the `with`."""
        heard = Heard()
        self._heard.append(heard)
        before = sys.stderr
        # straight to the real stream: what is said inside is not said outside as well
        printed = _Printed(before.stream if isinstance(before, _Printed) else before, lambda: self._wanted(""))
        sys.stderr = printed
        try:
            yield heard
        finally:
            sys.stderr = before
            self._heard.remove(heard)
            for found in _RAISED.finditer(printed.text):
                heard.full.append(found.group().strip())
                heard.errors.append(found.group(1)[:500])

    @contextmanager
    def without_algorithms(self) -> Iterator[None]:
        """Passes over what readers and filters say inside the `with`: they are asked again later. What the server
        manager says stays."""
        before, self._wanted = self._wanted, lambda text: _MANAGER.search(text) is not None
        try:
            yield
        finally:
            self._wanted = before


class _Printed:
    """A stream that keeps what goes through it: the script of a programmable filter fails with no more than a printed
    exception, and ParaView goes on with an empty result."""

    def __init__(self, stream: Any, wanted: Callable[[], bool]):
        self.stream = stream
        self.text = ""
        self._wanted = wanted
        self._thread = threading.get_ident()

    def write(self, text: str) -> int:
        if self._wanted() and threading.get_ident() == self._thread:  # another thread's trouble is not the filter's
            self.text = (self.text + text)[-_KEPT:]
        return int(self.stream.write(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def readable(text: str) -> str:
    """One message without file names, line numbers and addresses."""
    plain = _WHO.sub("", _WHERE.sub("", text.strip()))
    failed = _FAILED.match(plain)
    if failed:
        return f"{failed.group(1)} {_ECHO}"
    return " ".join(plain.split())[:500]


def gist(heard: Heard) -> str:
    """The sentence that says most: the first error that is not just 'X could not do'."""
    return (telling(heard) or heard.errors or ["it gave no reason"])[0].rstrip(".")


def telling(heard: Heard) -> list[str]:
    """The errors that say more than that something further up failed."""
    return [error for error in heard.errors if not error.rstrip(".").endswith((_ECHO, _NO_INPUT))]
