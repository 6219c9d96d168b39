"""What is said about a ParaView that ended by itself. Pure."""

from __future__ import annotations

import signal

from ...protocol.messages.session import Crash
from .process import Exit
from .restarts import Restore

LOG_LINES = 40

_SIGNALS = {
    "SIGSEGV": "segmentation fault",
    "SIGABRT": "it gave up",
    "SIGBUS": "bus error",
    "SIGFPE": "arithmetic error",
    "SIGILL": "illegal instruction: it was built for another processor",
    "SIGKILL": "killed; often the system does that when memory runs out",
    "SIGTERM": "asked to end by another program",
    "SIGXCPU": "its share of processor time was used up",
}
_FROM_OUTSIDE = {"SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"}
_WINDOWS = {
    0xC0000005: "access violation",
    0xC00000FD: "stack overflow",
    0xC0000409: "it gave up",
    0xC000001D: "illegal instruction: it was built for another processor",
    0xC0000135: "a DLL was not found",
    0xC0000017: "memory ran out",
}


def describe(
    how: Exit,
    *,
    ready: bool,
    during: str | None,
    log: list[str],
    restorable: bool,
    restore: Restore,
    restart_at: float | None,
) -> Crash:
    """The page's words for an end that nobody asked for."""
    return Crash(
        reason=reason(how, ready),
        exit_code=how.code,
        signal=signal_name(how.signal),
        during=during,
        log=log[-LOG_LINES:],
        restorable=restorable,
        restore=restore,
        restart_at=restart_at,
    )


def reason(how: Exit, ready: bool) -> str:
    """One sentence: what ended it."""
    when = "" if ready else " before it was ready"
    if how.signal is not None:
        name = signal_name(how.signal)
        meaning = _SIGNALS.get(name or "", name)
        return f"ParaView was ended by signal {how.signal} ({meaning}){when}"
    code = how.code if how.code is not None else 0
    unsigned = code & 0xFFFFFFFF
    if unsigned in _WINDOWS:
        return f"ParaView crashed with code 0x{unsigned:08X} ({_WINDOWS[unsigned]}){when}"
    return f"ParaView left by itself with exit code {code}{when}"


def was_ended(how: Exit) -> bool:
    """Whether something else ended it: a person, the system, a lack of memory."""
    return signal_name(how.signal) in _FROM_OUTSIDE


def signal_name(number: int | None) -> str | None:
    """SIGSEGV for 11."""
    if number is None:
        return None
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
