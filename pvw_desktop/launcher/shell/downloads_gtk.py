"""What the page gives to save, in the GTK window: a file in the person's download folder, and a line that says where.

pywebview asks for a place with a dialog that needs a download folder; where the desktop names none, it fails. Knows no
gateway: it is given a function that tells the person.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any

from ...errors import reason_of

logger = logging.getLogger(__name__)

Tell = Callable[[str, str, "str | None"], None]
"""Level, message and hint of a line on the page."""

_MOST_NAMES = 1000
_UNNAMED = "download"


def keep_downloads(uid: str, tell: Tell) -> bool:
    """Takes over from pywebview what becomes of downloads. False where this is not its GTK window."""
    try:
        from webview.platforms.gtk import BrowserView
    except ImportError:
        return False
    view = BrowserView.instances.get(uid)
    if view is None:
        return False
    context = view.webview.get_context()
    context.disconnect_by_func(view.on_download_started)
    context.connect("download-started", lambda _, download: Download(download, tell))
    return True


class Download:
    """One file on its way to the disk."""

    def __init__(self, download: Any, tell: Tell, folder: Callable[[], Path] | None = None):
        self._tell = tell
        self._folder = folder or download_folder
        self._path: Path | None = None
        self._failed = False
        download.connect("decide-destination", self._decide)
        download.connect("failed", self._fail)
        download.connect("finished", self._finish)

    def _decide(self, download: Any, suggested: str) -> bool:
        try:
            folder = self._folder()
            folder.mkdir(parents=True, exist_ok=True)
            self._path = free_name(folder, suggested)
            download.set_destination(self._path.as_uri())
        except (OSError, ValueError) as error:
            self._refuse(reason_of(error) if isinstance(error, OSError) else str(error))
            download.cancel()
        return True

    def _fail(self, _: Any, error: Any) -> None:
        self._refuse(str(getattr(error, "message", error)))

    def _finish(self, _: Any) -> None:
        """Also follows a failure."""
        if self._path and not self._failed:
            self._tell("info", f"Saved {self._path.name} in {self._path.parent}.", None)

    def _refuse(self, why: str) -> None:
        if self._failed:
            return
        self._failed = True
        logger.warning("a download was not saved: %s", why)
        place = f" in {self._path.parent}" if self._path else ""
        self._tell("error", f"The file could not be saved{place}: {why}.", "Make room on the disk, or free the folder.")


def download_folder() -> Path:
    """The desktop's folder for downloads; `Downloads` in the home folder where it names none or the home itself."""
    from gi.repository import GLib

    named = GLib.get_user_special_dir(GLib.UserDirectory.DIRECTORY_DOWNLOAD)
    home = Path.home()
    return Path(named) if named and Path(named) != home else home / "Downloads"


def free_name(folder: Path, suggested: str) -> Path:
    """A path in the folder that is not taken: `view.png`, `view (2).png` … Raises OSError."""
    name = PurePath(suggested.replace("\0", "")).name.lstrip(".") or _UNNAMED
    stem, ending = os.path.splitext(name)
    for number in range(1, _MOST_NAMES):
        path = folder / (name if number == 1 else f"{stem} ({number}){ending}")
        if not os.path.lexists(path):
            return path
    raise FileExistsError(17, f"there are too many files named {name}")
