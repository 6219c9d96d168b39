"""The native window: made at once, given the page's address later, its place remembered.

`run` takes the main thread until the window is closed; every other method may be called from any thread but that one.
There is no bridge into Python from the page: what the page wants, it asks the gateway.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..settings import Place
from .browser import open_outside
from .navigation import belongs

TITLE = "PVW Desktop"
DEFAULT = Place(1440, 900)
SMALLEST = (360, 480)
DARK, LIGHT = "#16191d", "#f6f7f9"
_SETTLE_SECONDS = 0.3
"""The window's place is asked for once it has not moved for this long."""

_SPLASH = """<!doctype html><meta charset="utf-8"><title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
html {{ height: 100%; background: {light}; color: #4b5563; font: 15px system-ui, sans-serif; }}
body {{ height: 100%; margin: 0; display: grid; place-items: center; }}
@media (prefers-color-scheme: dark) {{ html {{ background: {dark}; color: #9aa4b2; }} }}
</style>
<p>Starting…</p>
"""

logger = logging.getLogger(__name__)


class NativeWindow:
    """One window with one page."""

    def __init__(self, storage: Path, place: Place | None, remember: Callable[[Place], None], icon: Path | None = None):
        self._storage = storage
        self._place = place or DEFAULT
        self._remember = remember
        self._icon = icon
        self._origin = ""
        self._page = ""
        self.tell: Callable[[str, str, str | None], None] | None = None
        """Shows a line on the page; None until there is one."""
        self._window: Any = None
        self._changed = threading.Event()
        self._close_asked = threading.Event()
        self._closed = threading.Event()

    def run(self, on_shown: Callable[[], None]) -> None:
        """Shows the window and returns when it is closed. Raises whatever the toolkit raises."""
        import webview

        _quiet(webview)
        webview.settings["ALLOW_DOWNLOADS"] = True
        webview.settings["ALLOW_FILE_URLS"] = False
        webview.settings["OPEN_EXTERNAL_LINKS_IN_BROWSER"] = True
        dark = _prepare_toolkit()
        place = on_some_screen(self._place, webview.screens)
        self._window = webview.create_window(
            TITLE,
            html=_SPLASH.format(title=TITLE, dark=DARK, light=LIGHT),
            width=place.width,
            height=place.height,
            x=place.x,
            y=place.y,
            maximized=place.maximized,
            min_size=SMALLEST,
            background_color=DARK if dark else LIGHT,
            text_select=True,
            zoomable=True,
        )
        self._listen(on_shown)
        threading.Thread(target=self._watch_place, name="window place", daemon=True).start()
        try:
            webview.start(
                private_mode=False,
                storage_path=str(self._storage),
                icon=str(self._icon) if self._icon and sys.platform.startswith("linux") else None,
            )
        finally:
            self._closed.set()
            self._changed.set()
            self._remember(self._place)

    def show_page(self, url: str) -> None:
        """Loads the page; from now on the window shows nothing of another origin."""
        parts = urlsplit(url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._page = parts._replace(fragment="").geturl()
        with self._alive():
            self._window.load_url(url)

    def bring_up(self) -> None:
        """In front of the others, not minimized."""
        with self._alive():
            self._window.show()
            self._window.restore()

    def close(self) -> None:
        """Closes it, as the person would; one that is still being made, as soon as it is there."""
        self._close_asked.set()
        if self._window and not self._closed.is_set():
            with self._alive():
                self._window.destroy()

    def choose_folder(self) -> Path | None:
        """The folder chosen in the system's dialog; None where it was closed."""
        import webview

        def ask() -> Any:
            return self._window.create_file_dialog(webview.FileDialog.FOLDER, directory=str(Path.home()))

        with self._alive():
            chosen = _in_windows_thread(self._window, ask) if sys.platform == "win32" else ask()
            return Path(chosen[0]) if chosen else None
        return None

    def _listen(self, on_shown: Callable[[], None]) -> None:
        events = self._window.events
        events.initialized += _refuse_old_engine
        events.before_show += self._guard
        events.shown += lambda: self._shown(on_shown)
        events.loaded += self._check_origin
        events.maximized += lambda: self._note_maximized(True)
        events.restored += lambda: self._note_maximized(False)
        events.resized += lambda width, height: self._changed.set()
        events.moved += lambda x, y: self._changed.set()

    def _shown(self, on_shown: Callable[[], None]) -> None:
        on_shown()
        if self._close_asked.is_set():
            self.close()

    def _guard(self) -> None:
        """Runs in the window's thread before anything is loaded."""
        if sys.platform.startswith("linux"):
            from .downloads_gtk import keep_downloads
            from .window_gtk import guard_navigation

            keep_downloads(self._window.uid, self._say)
            if guard_navigation(self._window.uid, lambda: self._origin):
                return
        _guard_external_links(self._window)

    def _say(self, level: str, message: str, hint: str | None) -> None:
        if self.tell:
            self.tell(level, message, hint)

    def _check_origin(self) -> None:
        """Where the toolkit does not let us refuse a navigation, it is taken back."""
        with self._alive():
            url = self._window.get_current_url()
            if self._origin and url and not belongs(url, self._origin):
                logger.warning("the window was led to another site; it shows the application's page again")
                self._window.load_url(self._page)

    def _note_maximized(self, maximized: bool) -> None:
        self._place = Place(self._place.width, self._place.height, self._place.x, self._place.y, maximized)

    def _watch_place(self) -> None:
        while not self._closed.is_set():
            self._changed.wait()
            self._changed.clear()
            if self._closed.wait(_SETTLE_SECONDS):
                return
            if self._place.maximized:
                continue
            with contextlib.suppress(Exception):  # it was closed while it was asked
                window = self._window
                self._place = Place(int(window.width), int(window.height), int(window.x), int(window.y))

    @contextlib.contextmanager
    def _alive(self) -> Any:
        """A window that is closed meanwhile is no error."""
        try:
            yield
        except Exception as error:
            if not self._closed.is_set():
                logger.warning("the window did not do what it was asked: %s", error)


def on_some_screen(place: Place, screens: Any) -> Place:
    """The place, if enough of it lies on a screen to take hold of; else only its size, cut to the largest screen."""
    if not screens:
        return place
    width = min(place.width, max(screen.width for screen in screens))
    height = min(place.height, max(screen.height for screen in screens))
    x, y = place.x, place.y
    if x is not None and y is not None:
        grip = (x + width // 2, y + 20)
        held = any(
            screen.x <= grip[0] < screen.x + screen.width and screen.y <= grip[1] < screen.y + screen.height
            for screen in screens
        )
        if not held:
            x = y = None
    return Place(width, height, x, y, place.maximized)


def _quiet(webview: Any) -> None:
    """pywebview writes to stderr by itself; what it says goes to our log."""
    log = logging.getLogger("pywebview")
    log.handlers.clear()
    log.setLevel(logging.INFO)


def _refuse_old_engine(renderer: str) -> bool:
    """On Windows pywebview falls back to the engine of Internet Explorer, which cannot show the page."""
    return renderer != "mshtml"


def _guard_external_links(window: Any) -> None:
    """pywebview hands any address to the system's browser; only the harmless kinds of them may go there."""

    class Careful:
        @staticmethod
        def open(url: str, new: int = 0, autoraise: bool = True) -> bool:
            return open_outside(url)

    if hasattr(window.gui, "webbrowser"):
        window.gui.webbrowser = Careful


def _prepare_toolkit() -> bool:
    """What must come before the window. Whether the system prefers dark colours."""
    if sys.platform.startswith("linux"):
        from .window_gtk import follow_system_theme, name_the_program

        name_the_program()
        return follow_system_theme()
    return False


def _in_windows_thread(window: Any, function: Callable[[], Any]) -> Any:
    """Windows' dialogs lock up when they are opened from another thread than the window's."""
    from System import Func, Object  # type: ignore[import-not-found, unused-ignore]

    return window.native.Invoke(Func[Object](function))
