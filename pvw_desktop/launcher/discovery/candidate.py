"""One ParaView that was found, and what was found out about it."""

from __future__ import annotations

import dataclasses
import functools
import re
from pathlib import Path

OLDEST = (5, 10)
"""ParaView 5.9 carries Python 3.8, which is older than what the server is written for."""

FLATPAK_ID = "org.paraview.ParaView"

_VERSION = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?")
_IN_PATH = re.compile(r"paraview[-_ ]?v?(\d+\.\d+(?:\.\d+)?)", re.IGNORECASE)


@functools.total_ordering
@dataclasses.dataclass(frozen=True)
class Version:
    """A version of ParaView; the patch is None where only the release is known, such as 5.11."""

    major: int
    minor: int
    patch: int | None = None

    @classmethod
    def parse(cls, text: str) -> Version | None:
        """The first version in a text."""
        match = _VERSION.search(text)
        if not match:
            return None
        major, minor, patch = match.groups()
        return cls(int(major), int(minor), int(patch) if patch is not None else None)

    @classmethod
    def in_path(cls, path: Path) -> Version | None:
        """The version a folder's name gives away, as /opt/ParaView-5.13.1-MPI-Linux-Python3.10 does."""
        for part in reversed(path.parts):
            match = _IN_PATH.search(part)
            if match:
                return cls.parse(match.group(1))
        return None

    @property
    def release(self) -> tuple[int, int]:
        return (self.major, self.minor)

    def __lt__(self, other: Version) -> bool:
        return (*self.release, self.patch or 0) < (*other.release, other.patch or 0)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}" + (f".{self.patch}" if self.patch is not None else "")


@dataclasses.dataclass(frozen=True)
class Candidate:
    """A way to start pvpython. `problem` is one sentence where it cannot be used."""

    command: tuple[str, ...]
    origin: str
    """Where it was found, for a person: "--pvpython", "PATH", "/opt"."""
    version: Version | None = None
    problem: str | None = None
    asked_for: bool = False
    """Whether the person named it: then no other is taken in its place without a word."""

    @property
    def program(self) -> Path:
        return Path(self.command[0])

    @property
    def flatpak(self) -> bool:
        return FLATPAK_ID in self.command

    @property
    def usable(self) -> bool:
        return self.problem is None

    @property
    def name(self) -> str:
        """For a person: ParaView 5.11."""
        return f"ParaView {self.version}" if self.version else "ParaView"

    def __str__(self) -> str:
        return " ".join(self.command)
