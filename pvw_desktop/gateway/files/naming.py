"""What can be told from names alone: natural order, numbered series, whether ParaView may have a reader. No disks."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable

_DIGITS = re.compile(r"\d+")
_LETTERED_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z_-]*\d+[A-Za-z]*$")
"""Digits here belong to the format and number nothing: .ex2, .h5, .nek5000."""
_EMPTY_ON_PURPOSE = (".foam", ".openfoam")
"""OpenFOAM cases are opened by an empty file that marks the folder."""

NaturalKey = tuple[tuple[int, int, str] | tuple[int, str, str], ...]


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts 2 before 10, and letters without regard to case."""
    parts = re.split(r"(\d+)", name.casefold())
    key = [(1, int(part), part) if part.isdecimal() else (0, 0, part) for part in parts if part]
    return (*key, (-1, 0, name))


@dataclasses.dataclass(frozen=True)
class Series:
    """Names that are equal but for one run of digits, in the order of their numbers."""

    prefix: str
    suffix: str
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"{self.prefix}..{self.suffix}"


def group_series(names: Iterable[str]) -> tuple[list[Series], list[str]]:
    """Series of at least two, and the names that belong to none.

    The last run of digits counts first, as in ParaView: `run2_t010.vtu` is time 10 of run 2. Names that stay alone by
    their last run are tried by the one before.
    """
    left = list(names)
    series: list[Series] = []
    depth = 0
    while left:
        groups: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        alone = []
        for name in left:
            runs = _runs(name)
            if depth < len(runs):
                start, end = runs[-1 - depth]
                groups[name[:start], name[end:]].append((int(name[start:end]), name))
        if not groups:
            break
        grouped: set[str] = set()
        for (prefix, suffix), members in groups.items():
            if len(members) > 1:
                ordered = tuple(name for _, name in sorted(members))
                series.append(Series(prefix, suffix, ordered))
                grouped.update(ordered)
        alone = [name for name in left if name not in grouped]
        left, depth = alone, depth + 1
    return series, left


def _runs(name: str) -> list[tuple[int, int]]:
    extension = _LETTERED_EXTENSION.search(name)
    end = extension.start() if extension else len(name)
    return [match.span() for match in _DIGITS.finditer(name, 0, end) if match.end() - match.start() <= 18]


def series_of(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The whole series that `name` belongs to among `names`; alone where there is none."""
    for series in group_series(names)[0]:
        if name in series.names:
            return series.names
    return (name,)


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
