"""The three ways to show the page, each with the same life: told the address, run in the main thread, ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from ...errors import say
from ..discovery.machine import Machine
from ..runtime import Runtime
from ..settings import Settings
from .browser import AppBrowser, find_app_browser, open_outside
from .window import NativeWindow

logger = logging.getLogger(__name__)


class WindowFrontend:
    """The native window."""

    def __init__(self, storage: Path, settings: Settings, icon: Path | None, on_shown: Callable[[], None]):
        self._on_shown = on_shown
        self._window = NativeWindow(storage, settings.window, settings.remember_window, icon)

    def show_page(self, runtime: Runtime) -> None:
        async def choose() -> Path | None:
            return await asyncio.to_thread(self._window.choose_folder)

        loop = asyncio.get_running_loop()
        runtime.choose_folder_with = choose
        self._window.tell = lambda *line: _in_loop(loop, runtime.tell, *line)
        runtime.on_raise = lambda: _beside(self._window.bring_up)
        _beside(self._window.show_page, runtime.new_sign_in_url())

    def run(self) -> None:
        self._window.run(self._on_shown)

    def end(self) -> None:
        self._window.close()


class BrowserFrontend:
    """A browser as an app window, else the person's browser, else the address in the terminal."""

    def __init__(self, profile: Path, machine: Machine):
        self._profile = profile
        self._machine = machine
        self._browser: AppBrowser | None = None
        self._ended = threading.Event()

    def show_page(self, runtime: Runtime) -> None:
        runtime.on_raise = lambda: _beside(self._open, runtime.new_sign_in_url)
        _beside(self._open, runtime.new_sign_in_url)

    def run(self) -> None:
        _wait(self._ended)
        if self._browser:
            self._browser.close()

    def end(self) -> None:
        self._ended.set()

    def _open(self, new_url: Callable[[], str]) -> None:
        program = find_app_browser(self._machine)
        if not program or not self._show_as_app(program, new_url()):
            if not open_outside(new_url()):
                _print_address(new_url())

    def _show_as_app(self, program: str, url: str) -> bool:
        try:
            browser = AppBrowser.open(program, url, self._profile, self._machine)
        except OSError as error:
            logger.warning("%s cannot be started: %s", program, error)
            return False
        if self._browser is None:  # a later one only hands the address on to the first
            self._browser = browser
            browser.wait()
            self._ended.set()
        return True


class AddressFrontend:
    """The address on stdout, and nothing else there."""

    def __init__(self, ready_json: bool):
        self._ready_json = ready_json
        self._ended = threading.Event()

    def show_page(self, runtime: Runtime) -> None:
        if self._ready_json:
            ready = {"url": runtime.url, "sign_in_url": runtime.new_sign_in_url(), "pid": os.getpid()}
            _print(json.dumps(ready))
        else:
            _print_address(runtime.new_sign_in_url())

    def run(self) -> None:
        _wait(self._ended)

    def end(self) -> None:
        self._ended.set()


def _in_loop(loop: asyncio.AbstractEventLoop, function: Callable[..., None], *args: object) -> None:
    """From the window's thread; a loop that has ended has nobody to tell."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(function, *args)


def _print_address(url: str) -> None:
    say("open the address below in a browser on this computer; it signs in once")
    _print(url)


def _print(line: str) -> None:
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except (OSError, ValueError) as error:  # nobody reads it: the page is served all the same
        logger.warning("the address cannot be printed: %s", error)


def _wait(event: threading.Event) -> None:
    while not event.wait(0.5):  # with a limit: on Windows a wait without one hears no signal
        pass


def _beside(function: Callable[..., None], *args: object) -> None:
    """In a thread of its own: windows and browsers take their time, and the event loop has none."""
    threading.Thread(target=function, args=args, name="frontend", daemon=True).start()
