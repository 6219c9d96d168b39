"""The page in a web browser, where there is no native window: Chrome or Edge as an app window with a profile of its
own, else the person's browser. Opens no address but http, https and mailto.
"""

from __future__ import annotations

import contextlib
import html
import logging
import os
import shutil
import signal
import subprocess
import sys
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

from ...config import bundle_folder, read_environment
from ..discovery.machine import Machine
from ..paraview.environment import clean_environment
from ..system.files import write_atomically

SCHEMES = ("http", "https", "mailto")
END_SECONDS = 3.0

_ON_PATH = (
    "google-chrome-stable",
    "google-chrome",
    "chromium",
    "chromium-browser",
    "microsoft-edge-stable",
    "microsoft-edge",
    "brave-browser",
    "msedge",
    "chrome",
)
_MAC = ("Google Chrome", "Microsoft Edge", "Chromium", "Brave Browser")
_WINDOWS = (r"Microsoft\Edge\Application\msedge.exe", r"Google\Chrome\Application\chrome.exe")

logger = logging.getLogger(__name__)


def may_open(url: str) -> bool:
    """Whether an address may leave the application for the system's browser."""
    try:
        return urlsplit(url).scheme.lower() in SCHEMES
    except ValueError:
        return False


def open_outside(url: str) -> bool:
    """Opens an address in the person's browser. False where it may not be, or nothing opens it."""
    if not may_open(url):
        logger.warning("an address was not opened: only %s are", ", ".join(SCHEMES))
        return False
    return _xdg_open(url) if bundle_folder() and sys.platform.startswith("linux") else webbrowser.open(url)


def _xdg_open(url: str) -> bool:
    """From a frozen build, the browser must not get the libraries of the build."""
    environ = clean_environment(read_environment(), sys.platform, bundle_folder())
    try:
        subprocess.Popen(["xdg-open", url], env=environ, stdin=subprocess.DEVNULL, start_new_session=True)
    except OSError as error:
        logger.warning("xdg-open cannot be started: %s", error)
        return False
    return True


def find_app_browser(machine: Machine) -> str | None:
    """A browser that shows one page as a window of its own."""
    if machine.mac:
        places = [machine.at(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in _MAC]
        return next((str(place) for place in places if place.is_file()), None)
    if machine.windows:
        bases = [machine.environ.get(name) for name in ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA")]
        places = [Path(base) / name.replace("\\", os.sep) for base in bases if base for name in _WINDOWS]
        return next((str(place) for place in places if place.is_file()), None)
    search = machine.environ.get("PATH", "")
    return next((found for name in _ON_PATH if (found := shutil.which(name, path=search))), None)


class AppBrowser:
    """A browser window with a profile of its own, so that its process ends with the window."""

    def __init__(self, process: subprocess.Popen[bytes]):
        self._process = process

    @classmethod
    def open(cls, program: str, url: str, profile: Path, machine: Machine) -> AppBrowser:
        """Raises OSError."""
        profile.mkdir(mode=0o700, parents=True, exist_ok=True)
        address = url if _is_confined(program) else _redirect(url, profile)
        command = [program, f"--app={address}", f"--user-data-dir={profile}", "--no-first-run"]
        command.append("--no-default-browser-check")
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # as root, Chromium refuses to start with it
        process = subprocess.Popen(
            command,
            env=clean_environment(machine.environ, machine.platform, bundle_folder()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name == "posix",
        )
        return cls(process)

    def wait(self) -> None:
        """Returns once the window is closed."""
        self._process.wait()

    def close(self) -> None:
        """Ends the browser with all its processes."""
        for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
            if self._process.poll() is None:
                self._signal(number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(END_SECONDS)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            if os.name == "posix":
                os.killpg(self._process.pid, number)
            else:
                self._process.send_signal(number)


def _redirect(url: str, folder: Path) -> str:
    """A file that leads to the address: on a command line every user of this computer could read the code in it."""
    path = folder / "open.html"
    write_atomically(path, f'<!doctype html><meta http-equiv="refresh" content="0; url={html.escape(url)}">')
    return path.as_uri()


def _is_confined(program: str) -> bool:
    """Whether this browser cannot read a file of ours, as one from a snap cannot."""
    if "/snap/" in os.path.realpath(program):
        return True
    try:
        with open(program, "rb") as file:
            start = file.read(4096)
    except OSError:
        return False
    return start.startswith(b"#!") and b"snap" in start
