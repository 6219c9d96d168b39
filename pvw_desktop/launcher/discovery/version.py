"""What version a pvpython is: from its path, from the files beside it, or by asking it and remembering the answer.

Asking costs 0.6 s and 230 MB, so it is the last resort, and never `--help` (ParaView 6.2 on Windows waits for a key).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from ..system.asking import ask
from ..system.files import write_atomically
from .candidate import Version

ASK_TIMEOUT = 15.0
"""Seconds: a cold start from a network drive, watched by a virus scanner."""
ANSWER_BYTES = 1 << 16

_BESIDE = ("share/paraview-*", "lib/paraview-*", "lib64/paraview-*", "lib/*/paraview-*", "lib/cmake/paraview-*")
_ANSWER = re.compile(r"paraview version (\d+\.\d+(?:\.\d+)?)", re.IGNORECASE)


class Unanswered(Exception):
    """pvpython did not say its version. The message says what it did instead."""


def version_from_files(program: Path) -> Version | None:
    """The version that a folder's name or the files of the installation give away, without starting anything."""
    real = Path(os.path.realpath(program))
    by_name = Version.in_path(program) or Version.in_path(real)
    if by_name:
        return by_name
    if not real.name.startswith("pvpython"):
        return None  # another program in /usr/bin has the same files beside it
    prefix = real.parent.parent
    releases = {
        version for pattern in _BESIDE for path in prefix.glob(pattern) if (version := Version.parse(path.name))
    }
    return releases.pop() if len(releases) == 1 else None


def ask_version(command: tuple[str, ...], environ: Mapping[str, str], timeout: float = ASK_TIMEOUT) -> Version:
    """Runs `--version`; raises Unanswered."""
    try:
        asked = ask([*command, "--version"], environ, timeout, ANSWER_BYTES)
    except OSError as error:
        raise Unanswered(f"it cannot be started ({(error.strerror or str(error)).lower()})") from None
    if asked.too_much:
        raise Unanswered("it is no ParaView: asked for its version, it printed without end")
    if asked.code is None:
        raise Unanswered(f"it did not say its version within {timeout:.0f} s")
    text = asked.output.decode("utf-8", "replace")
    match = _ANSWER.search(text)
    version = Version.parse(match.group(1)) if match else None
    if version is None:
        raise Unanswered(_unexpected(text, asked.code))
    return version


def _unexpected(text: str, code: int) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return f"it is no ParaView: asked for its version, it printed nothing (exit code {code})"
    return f"it is no ParaView: asked for its version, it printed “{lines[-1][:120]}” (exit code {code})"


class VersionCache:
    """Answers of `--version` by program, as long as the file is the same."""

    def __init__(self, path: Path | None):
        self._path = path
        self._entries: dict[str, str] = _load(path) if path else {}

    def get(self, program: Path) -> Version | None:
        """The version remembered for this very file."""
        key = _identity(program)
        return Version.parse(self._entries.get(key, "")) if key else None

    def put(self, program: Path, version: Version) -> None:
        """Remembers an answer. A cache that cannot be written is no reason to fail."""
        key = _identity(program)
        if not key or not self._path:
            return
        self._entries[key] = str(version)
        try:
            write_atomically(self._path, json.dumps(self._entries, indent=1))
        except OSError:
            self._path = None


def _load(path: Path) -> dict[str, str]:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {key: value for key, value in data.items() if isinstance(key, str) and isinstance(value, str)}


def _identity(program: Path) -> str | None:
    try:
        real = os.path.realpath(program)
        facts = os.stat(real)
    except (OSError, ValueError):
        return None
    return f"{real}|{facts.st_mtime_ns}|{facts.st_size}"
