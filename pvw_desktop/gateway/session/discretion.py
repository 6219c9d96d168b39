"""What leaves for anybody but the host says nothing of this computer's folders: paths are relative to a data folder, or
cut to their last name, and what is for the host alone is left out.

One place for all of it (replies, errors, topics, notices, events), at the text that is about to be sent: what comes to
be later is covered without knowing of it. Knows no sockets and no clients.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_HOST_ONLY: dict[str, dict[str, Any]] = {
    "server": {"pid": None, "crash.log": [], "missing.searched": [], "missing.command": None},
}
"""Fields of topics, and what guests get in their place."""
_BEFORE = r"(?<![\w/.~-])(?:file://)?"
_USUAL_TOP = "bin dev etc home lib media mnt opt private proc root run srv sys tmp usr var Users Volumes".split()


class Discretion:
    """Rewrites texts for guests."""

    def __init__(self, top: Iterable[str] | None = None, windows: bool = os.name == "nt"):
        # A path begins with a folder that this computer has at its top: `/Base/Zone` inside a file is none.
        names = sorted({*_USUAL_TOP, *(_top_level() if top is None else top)}, key=lambda name: (-len(name), name))
        drive = r"|[A-Za-z]:[\\/]|\\\\(?=\w)" if windows else ""
        start = rf"{_BEFORE}(?:/+(?:{_any(names)})(?![\w.-]){drive})"
        self._path = re.compile(rf"{start}[^\s'\"<>|:;,()]*")
        self._quoted = re.compile(rf"(?<=['\"]){start}[^'\"\n]*(?=['\"])")
        self._sign = re.compile(rf'"server"|/(?:{_any(json.dumps(name)[1:-1] for name in names)})'
                                + (r"|[A-Za-z]:(?:\\\\|/)|\\\\\\\\" if windows else ""))  # fmt: skip

    def text(self, text: str, folders: Iterable[tuple[Path, str]]) -> str:
        """The same JSON text without what is for the host alone. `folders` are the data folders and their names."""
        known = sorted(((str(folder), label) for folder, label in folders), key=lambda item: -len(item[0]))
        if not self._sign.search(text) and not any(json.dumps(folder)[1:-1] in text for folder, _ in known):
            return text
        message = json.loads(text)
        _empty_host_only(message)
        return json.dumps(self._value(message, known), separators=(",", ":"))

    def _value(self, value: Any, folders: list[tuple[str, str]]) -> Any:
        if isinstance(value, str):
            return self.words(value, folders)
        if isinstance(value, list):
            return [self._value(item, folders) for item in value]
        if isinstance(value, dict):
            return {self.words(key, folders): self._value(item, folders) for key, item in value.items()}
        return value

    def words(self, text: str, folders: list[tuple[str, str]]) -> str:
        """One string for a guest; `folders` has the longest first."""
        if "/" not in text and "\\" not in text:
            return text
        for folder, label in folders:
            if folder in text and folder != os.sep:
                text = re.sub(rf"{_BEFORE}{re.escape(folder)}(?![\w.-])", lambda _, name=label: name, text)  # type: ignore[misc]
        return self._path.sub(_last_name, self._quoted.sub(_last_name, text))


def _any(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in names)


def _last_name(path: re.Match[str]) -> str:
    return "…/" + re.split(r"[/\\]", path[0].rstrip("/\\"))[-1]


def _top_level() -> list[str]:
    try:
        return os.listdir(os.sep)
    except OSError:
        return []


def _empty_host_only(message: Any) -> None:
    found = message.get("params") or message.get("result") if isinstance(message, dict) else None
    topics = (found.get("changes") or found.get("topics")) if isinstance(found, dict) else None
    for topic in topics if isinstance(topics, list) else []:
        if isinstance(topic, dict):
            for path, empty in _HOST_ONLY.get(str(topic.get("name")), {}).items():
                _set(topic.get("value"), path.split("."), empty)


def _set(value: Any, path: list[str], empty: Any) -> None:
    for name in path[:-1]:
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, dict) and path[-1] in value:
        value[path[-1]] = empty
