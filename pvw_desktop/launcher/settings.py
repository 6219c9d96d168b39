"""What the application remembers between runs: the chosen pvpython, the window's place. A file that is damaged is
set aside and costs nothing but itself.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
from pathlib import Path
from typing import Any

from .system.files import write_atomically

_VERSION = 1

logger = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class Place:
    """Size and place of the window. Without x and y the system chooses the place."""

    width: int
    height: int
    x: int | None = None
    y: int | None = None
    maximized: bool = False


class Settings:
    """The settings file. Reading never fails; writing says so in the log and goes on."""

    def __init__(self, path: Path):
        self._path = path
        self._data = _read(path)

    @property
    def pvpython(self) -> str | None:
        value = self._data.get("pvpython")
        return value if isinstance(value, str) and value else None

    def remember_pvpython(self, path: str) -> None:
        self._put("pvpython", path)

    @property
    def window(self) -> Place | None:
        return _place(self._data.get("window"))

    def remember_window(self, place: Place) -> None:
        self._put("window", dataclasses.asdict(place))

    def _put(self, key: str, value: Any) -> None:
        # read again: another run of the application may have written meanwhile
        data = {**_read(self._path), "version": _VERSION, key: value}
        self._data = data
        try:
            write_atomically(self._path, json.dumps(data, indent=1, ensure_ascii=False))
        except OSError as error:
            logger.warning("settings cannot be written to %s: %s", self._path, error)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text("utf-8"))
        if isinstance(data, dict):
            return data
    except FileNotFoundError:
        return {}
    except OSError as error:
        logger.warning("settings cannot be read: %s", error)
        return {}
    except ValueError:
        pass
    _set_aside(path)
    return {}


def _set_aside(path: Path) -> None:
    bad = path.with_name(f"{path.name}.bad")
    logger.warning("%s is damaged; it is kept as %s and settings start anew", path, bad.name)
    try:
        os.replace(path, bad)
    except OSError as error:
        logger.warning("it cannot be renamed: %s", error)


def _place(data: Any) -> Place | None:
    if not isinstance(data, dict):
        return None
    width, height = (_number(data.get(key), 200, 20000) for key in ("width", "height"))
    x, y = (_number(data.get(key), -20000, 20000) for key in ("x", "y"))
    if width is None or height is None:
        return None
    if x is None or y is None:
        x = y = None
    return Place(width, height, x, y, data.get("maximized") is True)


def _number(value: Any, low: int, high: int) -> int | None:
    return value if type(value) is int and low <= value <= high else None
