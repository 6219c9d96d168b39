"""Confinement of this process to what it has to read, by Linux's Landlock: whatever a reader is made to open, the
kernel refuses what is not listed here. Standard library only; called once, before ParaView and before any thread.

The data folders can be read and not written. Nothing of a home folder can be read but caches that Mesa and fontconfig
keep. TCP connects to the gateway (and to a display of another computer) alone.
"""

from __future__ import annotations

import ctypes
import dataclasses
import os
import shutil
import stat
import struct
import sys
import tempfile
from collections.abc import Iterable
from typing import Optional

from pvw_desktop.protocol.channel import ServerConfig

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH, _RULE_NET_PORT = 1, 2
_NET_CONNECT, _NET_BIND = 2, 1
_SCOPE_SIGNAL = 2
_PR_SET_NO_NEW_PRIVS = 38

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = (1 << bit for bit in range(4))
TRUNCATE, IOCTL_DEV = 1 << 14, 1 << 15
_ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
_FS_BITS = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many rights on files each ABI knows; from 5 on 16."""
_LOOK = READ_FILE | READ_DIR
_RUN = _LOOK | EXECUTE
_DEVICE = READ_FILE | WRITE_FILE | IOCTL_DEV
_ALL = (1 << 16) - 1

_SYSTEM = "/usr /lib /lib32 /lib64 /libx32 /bin /sbin /app /nix/store /gnu/store /snap /opt/rocm".split()
_SETTINGS = (
    "/etc/ld.so.cache /etc/ld.so.conf /etc/ld.so.conf.d /etc/ld.so.preload /etc/fonts /etc/localtime /etc/timezone "
    "/etc/glvnd /etc/vulkan /etc/OpenCL /etc/drirc /etc/X11 /etc/openmpi /etc/pmix /etc/alternatives "
    "/etc/nsswitch.conf /etc/hosts /etc/host.conf /etc/resolv.conf /etc/gai.conf "
    "/etc/python3 /etc/python3.9 /etc/python3.10 /etc/python3.11 /etc/python3.12 /etc/python3.13 /etc/python3.14 "
    "/var/cache/fontconfig /tmp/.X11-unix /sys "
    "/proc/self /proc/cpuinfo /proc/meminfo /proc/stat /proc/filesystems /proc/loadavg /proc/version /proc/sys "
    "/proc/driver"
).split()
_DEVICES = "/dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/dri /dev/kfd".split()
_CACHES = ("mesa_shader_cache", "mesa_shader_cache_db", "fontconfig", "nvidia")


@dataclasses.dataclass(frozen=True)
class Confinement:
    """What came of it."""

    active: bool
    sentence: str


_active = False


def confine(config: ServerConfig) -> tuple[ServerConfig, Optional[Confinement]]:
    """Confines this process to what `config.confine` asks for. The configuration that comes back names the mapped file
    in a way that still can be opened. None where nobody asked; never raises for a kernel that cannot."""
    global _active
    roots = config.confine
    if roots is None:
        return config, None
    # A confined process may not look into /proc/<pid> of another.
    handle = os.open(config.frames, os.O_RDWR)
    os.set_inheritable(handle, False)
    config = dataclasses.replace(config, frames=f"/proc/self/fd/{handle}")
    try:
        kernel = _Landlock()
        kernel.restrict(_paths(config, roots), _ports(config.port))
    except OSError as error:
        return config, Confinement(False, f"This session is not confined: Landlock said {error.strerror or error}.")
    _active = True
    return config, Confinement(
        True, f"Confined to {len(roots)} data folder{'s' * (len(roots) != 1)} by Landlock, ABI {kernel.abi}."
    )


def clean_up() -> None:
    """Takes the folder for temporary files away; the process is about to leave."""
    if _active and tempfile.tempdir:
        shutil.rmtree(tempfile.tempdir, ignore_errors=True)


def keeps_out(path: str) -> bool:
    """Whether it is the confinement that keeps a file from being read."""
    if not _active:
        return False
    try:
        with open(path, "rb"):
            return False
    except PermissionError:
        return True
    except OSError:
        return False


def _paths(config: ServerConfig, roots: Iterable[str]) -> list[tuple[str, int]]:
    """Every path that may be used, with what may be done below it."""
    found = [(path, _LOOK) for path in roots]
    found += [(path, _RUN) for path in (*_SYSTEM, *_programs())]
    found += [(path, _LOOK) for path in (*_SETTINGS, *_fonts(), config.restore, os.environ.get("XAUTHORITY")) if path]
    found += [(path, _DEVICE | READ_DIR) for path in (*_DEVICES, *_graphics_devices())]
    found += [(path, _ALL & ~EXECUTE) for path in ("/dev/shm", _own_temporary(config), *_caches())]
    if config.work is not None:
        found.append((os.path.dirname(config.work), _ALL & ~EXECUTE))
    return found


def _programs() -> list[str]:
    """Where ParaView, its Python and our own files lie; never a whole home folder."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    program = os.path.realpath("/proc/self/exe")
    prefix = os.path.dirname(os.path.dirname(program))
    found = [package, program, os.path.dirname(program), sys.prefix, sys.base_prefix]
    found += (
        [prefix] if not _holds_a_home(prefix) else [os.path.join(prefix, name) for name in ("lib", "lib64", "share")]
    )
    found += [entry for entry in sys.path if entry and os.path.abspath(entry) != os.path.dirname(package)]
    found += os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    return [path for path in dict.fromkeys(found) if path and not _holds_a_home(path)]


def _holds_a_home(path: str) -> bool:
    home = os.path.realpath(os.path.expanduser("~"))
    return os.path.commonpath([home, os.path.realpath(path)]) == os.path.realpath(path)


def _fonts() -> list[str]:
    return [os.path.expanduser(path) for path in ("~/.fonts", "~/.local/share/fonts", "~/.config/fontconfig")]


def _graphics_devices() -> list[str]:
    return [os.path.join("/dev", name) for name in os.listdir("/dev") if name.startswith("nvidia")]


def _caches() -> list[str]:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    found = [os.path.join(base, name) for name in _CACHES]
    for path in found[:3]:
        try:
            os.makedirs(path, exist_ok=True)
        except OSError:
            pass
    return found


def _own_temporary(config: ServerConfig) -> str:
    """A folder for temporary files that nobody else uses, beside the work where there is one."""
    beside = os.path.dirname(config.work) if config.work is not None else None
    try:
        folder = tempfile.mkdtemp(prefix="pvw-", dir=beside)
    except OSError:
        folder = tempfile.mkdtemp(prefix="pvw-")
    tempfile.tempdir = folder
    os.environ.update(TMPDIR=folder, TMP=folder, TEMP=folder)
    return folder


def _ports(gateway: int) -> list[int]:
    """TCP ports that may be connected to."""
    host, _, screen = os.environ.get("DISPLAY", "").rpartition(":")
    number = screen.partition(".")[0]
    return [gateway, 6000 + int(number)] if host not in ("", "unix") and number.isdecimal() else [gateway]


class _Landlock:
    """The three system calls, by the ABI of the kernel that runs. Raises OSError where there is none."""

    def __init__(self) -> None:
        if not sys.platform.startswith("linux"):
            raise OSError(0, f"that {sys.platform} does not have it")
        self._libc = ctypes.CDLL(None, use_errno=True)
        self.abi = self._call(_CREATE_RULESET, None, ctypes.c_size_t(0), _CREATE_RULESET_VERSION)

    def restrict(self, paths: Iterable[tuple[str, int]], ports: Iterable[int]) -> None:
        """From here on this thread, and every thread and process that comes from it, is confined."""
        handled = (1 << _FS_BITS.get(self.abi, 16)) - 1
        net = _NET_BIND | _NET_CONNECT if self.abi >= 4 else 0
        scoped = _SCOPE_SIGNAL if self.abi >= 6 else 0
        size = 24 if self.abi >= 6 else 16 if self.abi >= 4 else 8
        attributes = struct.pack("QQQ", handled, net, scoped)[:size]
        ruleset = self._call(_CREATE_RULESET, attributes, ctypes.c_size_t(size), 0)
        try:
            for path, access in paths:
                self._allow(ruleset, path, access & handled)
            for port in ports if net else ():
                self._call(_ADD_RULE, ruleset, _RULE_NET_PORT, struct.pack("QQ", _NET_CONNECT, port), 0)
            if self._libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
            self._call(_RESTRICT_SELF, ruleset, 0)
        finally:
            os.close(ruleset)

    def _allow(self, ruleset: int, path: str, access: int) -> None:
        try:
            handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:  # what is not there needs no rule
            return
        try:
            if not stat.S_ISDIR(os.fstat(handle).st_mode):
                access &= _ON_FILES
            self._call(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, struct.pack("=Qi", access, handle), 0)
        finally:
            os.close(handle)

    def _call(self, number: int, *arguments: object) -> int:
        result = int(self._libc.syscall(ctypes.c_long(number), *arguments))
        if result < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        return result
