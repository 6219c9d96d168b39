"""A Windows job object: when the launcher ends, however it ends, the system ends what is in the job.

Does nothing on other systems; they have process groups and end of file on stdin.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import Any

logger = logging.getLogger(__name__)

_CREATE_SUSPENDED = 0x00000004
_CREATE_NO_WINDOW = 0x08000000
_KILL_ON_JOB_CLOSE = 0x00002000
_EXTENDED_LIMIT_INFORMATION = 9

CREATION_FLAGS = _CREATE_SUSPENDED | _CREATE_NO_WINDOW if sys.platform == "win32" else 0
"""Suspended, so that nothing it starts can be outside of the job."""


class Job:
    """An open job object."""

    def __init__(self, handle: int):
        self._handle: int | None = handle

    def terminate(self) -> None:
        """Ends every process in it."""
        if self._handle:
            _kernel32().TerminateJobObject(self._handle, 1)

    def close(self) -> None:
        """Lets go of it, which ends every process in it."""
        if self._handle:
            _kernel32().CloseHandle(self._handle)
            self._handle = None


def contain(process: subprocess.Popen[bytes]) -> Job | None:
    """Puts a suspended process into a new job and lets it run."""
    if sys.platform != "win32":
        return None
    import ctypes

    handle = int(process._handle)  # type: ignore[attr-defined, unused-ignore]
    kernel = _kernel32()
    job = kernel.CreateJobObjectW(None, None)
    limits = _limits()
    contained = (
        job
        and kernel.SetInformationJobObject(
            job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        and kernel.AssignProcessToJobObject(job, handle)
    )
    if not contained:
        logger.warning("pvpython runs outside of a job object (error %d)", kernel.GetLastError())
    ctypes.windll.ntdll.NtResumeProcess(handle)
    return Job(job) if contained else None


def _kernel32() -> Any:
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    kernel.TerminateJobObject.argtypes = (wintypes.HANDLE, wintypes.UINT)
    kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    return kernel


def _limits() -> Any:
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION with KILL_ON_JOB_CLOSE."""
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class Extended(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    limits = Extended()
    limits.BasicLimitInformation.LimitFlags = _KILL_ON_JOB_CLOSE
    return limits
