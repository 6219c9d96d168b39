"""What can be told from names alone: natural order, whether ParaView may have a reader. No disks."""

from __future__ import annotations

import re

_EMPTY_ON_PURPOSE = (".foam", ".openfoam")
"""OpenFOAM cases are opened by an empty file that marks the folder."""


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts 2 before 10, and letters without regard to case."""
    parts = re.split(r"(\d+)", name.casefold())
    key = [(1, int(part), part) if part.isdecimal() else (0, 0, part) for part in parts if part]
    return (*key, (-1, 0, name))


def may_be_readable(name: str, extensions: frozenset[str]) -> bool:
    """Whether ParaView may have a reader. In doubt yes: `can.e.4.0`, `wave.vtk.series`, and names without an ending."""
    if not extensions:
        return True
    parts = name.casefold().split(".")
    if len(parts) < 2 or parts[-1] in ("pvsm", "series"):
        return True
    tail = parts[1:]
    endings = {*tail[-3:], ".".join(tail[-2:])}
    bare = {re.sub(r"(-s)?\d*$", "", ending) for ending in endings} - {""}
    return not extensions.isdisjoint(endings | bare)


def may_be_empty(name: str) -> bool:
    """Whether a file of 0 bytes makes sense under this name."""
    return name.casefold().endswith(_EMPTY_ON_PURPOSE)
