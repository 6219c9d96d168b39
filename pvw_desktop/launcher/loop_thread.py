"""The event loop's thread, and the signals that end it. Knows what it runs only as something with a life.

The thread lives from `start` to the end of the application, so the processes that are started from it do too.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Protocol

from ..errors import ExitCode, StartError
from .runtime import Runtime

SHOWN_SECONDS = 1.5
"""How long the gateway waits for the window, so that both do not import their libraries at the same time."""
SAME_SIGNAL_SECONDS = 0.3
"""A signal is heard twice, by Python's handler and by its wake-up socket; whichever comes second is the same one."""

logger = logging.getLogger(__name__)


class Frontend(Protocol):
    """What shows the page."""

    def show_page(self, runtime: Runtime) -> None:
        """The page answers. Called in the loop's thread; must not block."""

    def run(self) -> None:
        """Takes the main thread until the person closed it or `end` was called."""

    def end(self) -> None:
        """The application ends. Called from any thread, perhaps before `run`."""


class LoopThread:
    """Runs a Runtime from beginning to end."""

    def __init__(self, build: Callable[[], Runtime]):
        self._build = build
        self._loop: asyncio.AbstractEventLoop | None = None
        self._runtime: Runtime | None = None
        self._frontend: Frontend | None = None
        self._page_answers = False
        self._lock = threading.Lock()
        self._go_on = threading.Event()
        self._over = threading.Event()
        self._ending = False
        self._signalled = 0.0
        self._thread = threading.Thread(target=self._main, name="application")
        self.exit_code: int = ExitCode.OK
        self.error: BaseException | None = None

    def start(self, frontend: Frontend) -> None:
        """Begins. ParaView is started at once, the gateway once `window_is_there` was called or some time went by."""
        self._frontend = frontend
        self._catch_signals()
        self._thread.start()

    def window_is_there(self) -> None:
        """What shows the page is on screen: the processor is free for the rest."""
        self._go_on.set()

    def replace_frontend(self, frontend: Frontend) -> None:
        """The first one failed; this one gets the page."""
        with self._lock:
            self._frontend = frontend
            runtime, loop = self._runtime, self._loop
            if self._page_answers and runtime and loop:
                loop.call_soon_threadsafe(frontend.show_page, runtime)
            if self._over.is_set():
                frontend.end()
        self._go_on.set()

    def end(self, exit_code: int = ExitCode.OK) -> None:
        """Ends the application; from any thread."""
        with self._lock:
            if not self._ending:
                self._ending = True
                self.exit_code = exit_code
            self._go_on.set()
            if self._loop and self._runtime:
                self._loop.call_soon_threadsafe(self._runtime.ended.set)

    def join(self) -> int:
        """Waits for the end; the exit code. Raises what went wrong."""
        while self._thread.is_alive():
            self._thread.join(0.5)  # with a limit: on Windows a wait without one hears no signal
        for number in _signals():  # one more of them must not change the exit code while Python itself ends
            signal.signal(number, signal.SIG_IGN)
        if self.error:
            raise self.error
        return self.exit_code

    def _main(self) -> None:
        try:
            asyncio.run(self._live())
        except BaseException as error:
            if not isinstance(error, StartError):
                logger.exception("the application failed")
            self.error = error
        finally:
            with self._lock:
                self._over.set()
                frontend = self._frontend
            if frontend:
                frontend.end()

    async def _live(self) -> None:
        runtime = self._build()
        runtime.start_paraview()
        with self._lock:
            self._loop, self._runtime = asyncio.get_running_loop(), runtime
            if self._ending:
                runtime.ended.set()
        try:
            with contextlib.suppress(asyncio.TimeoutError):  # a slow disk must not keep the page away
                await asyncio.wait_for(runtime.wait_launched(), SHOWN_SECONDS)
            await asyncio.to_thread(self._go_on.wait, SHOWN_SECONDS)
            await runtime.start_gateway()
            with self._lock:
                self._page_answers = True
                if self._frontend:
                    self._frontend.show_page(runtime)
            await runtime.ended.wait()
        finally:
            with self._lock:
                self._loop = None
            await runtime.stop()

    def _catch_signals(self) -> None:
        for number in _signals():
            signal.signal(number, lambda number, frame: self._on_signal(number))
        # a window's own event loop on macOS and Windows does not let Python run its handlers
        receiving, sending = socket.socketpair()
        sending.setblocking(False)
        signal.set_wakeup_fd(sending.fileno(), warn_on_full_buffer=False)
        threading.Thread(target=self._hear_signals, args=(receiving, sending), name="signals", daemon=True).start()

    def _hear_signals(self, receiving: socket.socket, sending: socket.socket) -> None:
        while data := receiving.recv(1):  # `sending` is held here, or it would be closed
            self._on_signal(data[0])

    def _on_signal(self, number: int) -> None:
        now = time.monotonic()
        if self._signalled and now - self._signalled < SAME_SIGNAL_SECONDS:
            return
        if self._signalled:
            self._force(number)
        self._signalled = now
        threading.Thread(target=self.end, args=(128 + number,), name="end").start()  # a handler must not take a lock

    def _force(self, number: int) -> None:
        """The person asked a second time: nothing is waited for any more."""
        if self._runtime:
            self._runtime.kill()
        os._exit(128 + number)


def _signals() -> list[signal.Signals]:
    """Those that mean: end. Which there are depends on the system."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    return [signal.Signals[name] for name in names if name in signal.Signals.__members__]
