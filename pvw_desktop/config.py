"""What this run was asked to do: built once from the command line and the environment, then handed down.

The only file that reads the environment. Knows nothing of how the rest uses it.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from .errors import ExitCode, StartError, reason_of

Command = Literal["open", "serve", "doctor", "bench"]
Frontend = Literal["window", "browser", "none"]


@dataclasses.dataclass(frozen=True)
class Config:
    """One run of the application."""

    command: Command
    environ: Mapping[str, str]
    """The environment as it was at the start; children get theirs from here."""
    frontend: Frontend = "window"
    paths: tuple[Path, ...] = ()
    """What to open once ParaView is ready: files and folders, absolute, not checked yet."""
    data: tuple[Path, ...] = ()
    """Folders the page may read, absolute; they exist."""
    pvpython: Path | None = None
    page: Path | None = None
    """Another build of the page (PVW_PAGE), for who works on it."""
    port: int = 0
    """0: any free port."""
    ready_json: bool = False
    json: bool = False
    log_level: str = "warning"

    @property
    def takes_part_in_single_instance(self) -> bool:
        """A server, or a start that names its port, is its own instance."""
        return self.command == "open" and self.port == 0


def read_environment() -> Mapping[str, str]:
    """The environment of this process, as it is now."""
    return types.MappingProxyType(dict(os.environ))


def set_for_this_process(name: str, value: str) -> None:
    """For libraries that take their settings from the environment; what the person set stays."""
    os.environ.setdefault(name, value)


def bundle_folder() -> Path | None:
    """The folder a frozen build was unpacked to; None where this runs from sources or a wheel."""
    folder = getattr(sys, "_MEIPASS", None)
    return Path(folder) if folder else None


def build_config(options: argparse.Namespace, environ: Mapping[str, str], cwd: Path) -> Config:
    """Checks what the command line says; raises StartError for what cannot be done."""
    command: Command = options.command
    if command == "doctor":
        return Config("doctor", environ, json=options.json, pvpython=_path(options.pvpython, cwd))
    if command == "bench":
        named = _path(options.paths, cwd)
        paths = (named,) if named else ()
        return Config("bench", environ, paths=paths, json=options.json, pvpython=_path(options.pvpython, cwd))
    _check_host(options.host)
    return Config(
        command=command,
        environ=environ,
        frontend=_frontend(options),
        paths=tuple(_absolute(path, cwd) for path in options.paths),
        data=tuple(_data_folder(_absolute(path, cwd)) for path in options.data),
        pvpython=_path(options.pvpython, cwd),
        page=_path(environ.get("PVW_PAGE"), cwd),
        port=_port(options.port),
        ready_json=getattr(options, "ready_json", False),
        log_level=options.log_level,
    )


def _frontend(options: argparse.Namespace) -> Frontend:
    if options.command == "serve" or options.no_window:
        return "none"
    return "browser" if options.browser else "window"


def _check_host(host: str) -> None:
    if host not in ("127.0.0.1", "localhost"):
        raise StartError(
            f"the page is served to this computer alone, so it cannot listen on {host}",
            "Leave --host out; other people are let in with Share in the application",
            ExitCode.USAGE,
        )


def _port(port: int) -> int:
    if not 0 <= port <= 65535:
        raise StartError(f"{port} is no port number", "Give --port a number from 1 to 65535", ExitCode.USAGE)
    return port


def _path(text: str | None, cwd: Path) -> Path | None:
    return _absolute(text, cwd) if text else None


def _absolute(text: str, cwd: Path) -> Path:
    # normpath and not resolve: a link that the person named stays the name that the page shows
    return Path(os.path.normpath(cwd / os.path.expanduser(text)))


def _data_folder(folder: Path) -> Path:
    if not os.path.isdir(folder):
        what = "is a file, not a folder" if os.path.exists(folder) else "does not exist"
        raise StartError(f"the data folder {folder} {what}", "Give --data a folder that exists", ExitCode.DATA)
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise StartError(
            f"the data folder {folder} cannot be read ({reason_of(error)})",
            "Give --data a folder you may read",
            ExitCode.DATA,
        ) from None
    return folder
