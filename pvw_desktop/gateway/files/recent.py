"""Files that were opened before, kept in one small JSON file. Ids are opaque: no path goes to the page."""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import secrets
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ...protocol.errors import NotFound
from ...protocol.messages.files import Recent, RecentFile
from ...protocol.names import show_name

log = logging.getLogger(__name__)

MAX_FILES = 20
FOLDER_LETTERS = 48


@dataclasses.dataclass(frozen=True)
class Remembered:
    """One file."""

    id: str
    path: str
    opened: float
    series: bool = False


class RecentFiles:
    """The newest first. Without `path`, or where it cannot be written, they last as long as the application runs."""

    def __init__(self, path: Path | None = None, wall: Callable[[], float] = time.time):
        self._path = path
        self._wall = wall
        self.problem: str | None = None
        """One sentence where they could not be read or kept."""
        self._files: list[Remembered] = self._load() if path is not None else []

    def topic(self) -> Recent:
        """The value of the topic `recent`."""
        return Recent([_shown(item) for item in self._files])

    def remember(self, path: str, series: bool) -> None:
        """Puts a file first."""
        others = [item for item in self._files if (item.path, item.series) != (path, series)]
        self._files = [Remembered(secrets.token_urlsafe(12), path, self._wall(), series), *others][:MAX_FILES]

    def forget(self, file_id: str) -> None:
        """Takes a file off the list; raises NotFound."""
        self._files.remove(self.find(file_id))

    def find(self, file_id: str) -> Remembered:
        """The file with this id; raises NotFound."""
        for item in self._files:
            if item.id == file_id:
                return item
        raise NotFound("That file is not among the recent files any more.")

    def save(self) -> None:
        """Writes them down. Touches disks: call it in a worker."""
        if self._path is None:
            return
        try:
            _write(self._path, {"version": 1, "files": [dataclasses.asdict(item) for item in self._files]})
        except OSError as error:
            self._path = None
            self.problem = f"Recent files cannot be remembered after this session: {error.strerror or error}."

    def _load(self) -> list[Remembered]:
        if self._path is None:
            return []
        try:
            return _parsed(json.loads(self._path.read_text("utf-8")))
        except FileNotFoundError:
            return []
        except OSError as error:
            self.problem = f"The list of recent files cannot be read: {error.strerror or error}."
            self._path = None  # writing would replace what is there with less
            return []
        except (ValueError, TypeError, KeyError, RecursionError):
            self.problem = "The list of recent files was damaged; it starts empty, the old one is kept beside it."
            self._set_aside(self._path)
            return []

    def _set_aside(self, path: Path) -> None:
        try:
            os.replace(path, path.with_name(path.name + ".bad"))
        except OSError as error:
            log.warning("a damaged list of recent files could not be renamed: %s", error)


def _parsed(data: Any) -> list[Remembered]:
    found = []
    for item in data["files"]:
        ok = isinstance(item["id"], str) and isinstance(item["path"], str) and isinstance(item["series"], bool)
        if not ok or not item["id"] or len(item["id"]) > 64 or "\0" in item["path"]:
            raise ValueError("a recent file lacks its id or path")
        found.append(Remembered(item["id"], item["path"], float(item["opened"]), item["series"]))
    return found[:MAX_FILES]


def _write(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _shown(item: Remembered) -> RecentFile:
    path = Path(item.path)
    return RecentFile(item.id, show_name(path.name), show_name(short_folder(path.parent)), item.opened, item.series)


def short_folder(folder: Path, home: Path | None = None) -> str:
    """The folder for reading: `~` for the home folder, `…` for the middle of a long one."""
    home = home or Path(os.path.expanduser("~"))
    text = f"~/{folder.relative_to(home).as_posix()}" if folder.is_relative_to(home) else str(folder)
    text = "~" if text == "~/." else text
    if len(text) <= FOLDER_LETTERS:
        return text
    return f"{text[: FOLDER_LETTERS // 3]}…{text[-(FOLDER_LETTERS - FOLDER_LETTERS // 3 - 1) :]}"
