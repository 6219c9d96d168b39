"""Which names are one series, and in which order: told from the names alone, by the value of their numbers. No disks.

Names are one family where they are equal but for their numbers. Which number counts is decided by the family: one that
is alone in varying; all that vary, where they grow together (`a_000010_t0.05`); a date as a whole; else the last one,
with the others fixed, as in ParaView. What a dot or a minus means is decided by the family too.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from .dates import numbers_of_date

MAX_DIGITS = 40
_NUMBER = re.compile(
    r"(?:(?<![^\W_])[+-])?"  # a sign follows no letter and no digit: t_-5, but Result-5 and 2020-05
    r"[0-9]+(?:\.[0-9]+)*(?:[eE][+-]?[0-9]{1,3}(?![^\W_]))?"
)
_LETTERED_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z_-]*\d+[A-Za-z]*$")
"""Digits here belong to the format and number nothing: .ex2, .h5, .nek5000."""
_JUMP = 10
"""Counters behind a dot (run1.0001) leave a gap this many times as wide between one run and the next."""

Value = tuple["int | Decimal", ...]
Column = range
"""Fields that vary as one: a number, or the numbers of a date."""


@dataclasses.dataclass(frozen=True)
class Series:
    """Names of one series, in the order of their numbers. The label has `..` where they differ."""

    label: str
    names: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class _Name:
    """A name cut into numbers and what lies between: always one gap more than numbers."""

    name: str
    gaps: tuple[str, ...]
    numbers: tuple[str, ...]

    def texts(self, columns: Iterable[Column]) -> tuple[str, ...]:
        return tuple(self.numbers[field] for column in columns for field in column)

    def value(self, column: Column) -> Value:
        texts = [self.numbers[field] for field in column]
        return tuple(int(text) if text.isdecimal() else Decimal(text) for text in texts)


def group_series(names: Iterable[str]) -> tuple[list[Series], list[str]]:
    """Series of at least two, and the names that belong to none."""
    families: dict[tuple[str, ...], list[tuple[_Name, tuple[bool, ...]]]] = defaultdict(list)
    everything = list(names)
    for name in everything:
        cut = _cut(name)
        dashes = tuple(len(gap) > 1 and gap[-1] == "-" and gap[-2].isalpha() for gap in cut.gaps[:-1])
        bare = tuple(gap[:-1] if dash else gap for gap, dash in zip(cut.gaps, dashes, strict=False))
        families[(*bare, cut.gaps[-1])].append((cut, dashes))
    series = [found for family in families.values() if len(family) > 1 for found in _by_sign(family)]
    grouped = {name for item in series for name in item.names}
    return series, [name for name in everything if name not in grouped]


def series_of(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The whole series that `name` belongs to among `names`; alone where there is none."""
    for series in group_series(names)[0]:
        if name in series.names:
            return series.names
    return (name,)


def _cut(name: str) -> _Name:
    extension = _LETTERED_EXTENSION.search(name)
    gaps, numbers, start = [], [], 0
    for match in _NUMBER.finditer(name, 0, extension.start() if extension else len(name)):
        if len(match[0]) - match[0].count(".") > MAX_DIGITS:
            continue
        gap = name[start : match.start()]
        # An ending of numbers is no fraction: can.e.4.0 is part 0 of 4.
        ending = match.end() == len(name) and gap.endswith(".")
        parts = match[0].split(".") if ending else [match[0]]
        gaps += [gap, *["."] * (len(parts) - 1)]
        numbers += parts
        start = match.end()
    return _Name(name, (*gaps, name[start:]), tuple(numbers))


def _by_sign(family: Sequence[tuple[_Name, tuple[bool, ...]]]) -> Iterator[Series]:
    """A minus behind a letter parts (Result-5) or is a sign (z-5 beside z0): the others of the family tell."""
    if not any(any(dashes) for _, dashes in family):
        yield from _by_dots([cut for cut, _ in family])
        return
    signed = [_is_sign(family, field) for field in range(len(family[0][1]))]
    groups: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for cut, dashes in family:
        moved = [sign and dash for sign, dash in zip(signed, dashes, strict=True)]
        gaps = tuple(gap[:-1] if move else gap for gap, move in zip(cut.gaps, [*moved, False], strict=True))
        numbers = tuple(f"-{text}" if move else text for text, move in zip(cut.numbers, moved, strict=True))
        groups[gaps].append(_Name(cut.name, gaps, numbers))
    for members in groups.values():
        yield from _by_dots(members)


def _is_sign(family: Sequence[tuple[_Name, tuple[bool, ...]]], field: int) -> bool:
    with_dash = {cut.numbers[field] for cut, dashes in family if dashes[field]}
    without = {cut.numbers[field] for cut, dashes in family if not dashes[field]}
    if not with_dash or not without:
        return False
    return len(without) > 1 or not with_dash.isdisjoint(without) or any(not text.strip("0.") for text in without)


def _by_dots(members: list[_Name]) -> Iterator[Series]:
    """A dot is the decimal point where the family can be read like that; else it parts two numbers."""
    if len(members) < 2:
        return
    for field in range(len(members[0].numbers)):
        texts = {item.numbers[field] for item in members}
        if any("." in text for text in texts) and (not _are_fractions(texts) or _are_counters(texts)):
            parted: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
            for item in members:
                cut = _part(item, field)
                parted[cut.gaps].append(cut)
            for group in parted.values():
                yield from _by_dots(group)
            return
    yield from _arranged(members)


def _part(item: _Name, field: int) -> _Name:
    parts = item.numbers[field].split(".")
    gaps = (*item.gaps[: field + 1], *["."] * (len(parts) - 1), *item.gaps[field + 1 :])
    return _Name(item.name, gaps, (*item.numbers[:field], *parts, *item.numbers[field + 1 :]))


def _are_fractions(texts: set[str]) -> bool:
    if any(text.count(".") > 1 for text in texts):
        return False
    if any("e" in text.lower() for text in texts):
        return True
    if len({Decimal(text) for text in texts}) < len(texts):  # 4.1 and 4.10 are not meant to be the same
        return False
    ends = [text.partition(".")[2] for text in texts]
    padded = any(end[0] == "0" for end in ends if len(end) > 1)
    return len({len(end) for end in ends}) == 1 or padded or not any(end[-1] == "0" for end in ends if len(end) > 1)


def _are_counters(texts: set[str]) -> bool:
    """run1.0001, run1.0002, run2.0001, run2.0002: every number before the dot has its own count behind it."""
    if any("e" in text.lower() for text in texts):
        return False
    counts: dict[str, list[Decimal]] = defaultdict(list)
    for text in texts:
        counts[text.partition(".")[0]].append(Decimal(text))
    if len(counts) < 2 or any(len(values) < 2 for values in counts.values()):
        return False
    runs = sorted((min(values), max(values)) for values in counts.values())
    between = min(later[0] - earlier[1] for earlier, later in zip(runs, runs[1:], strict=False))
    within = max(_widest(values) for values in counts.values())
    return between > _JUMP * within


def _widest(values: list[Decimal]) -> Decimal:
    ordered = sorted(values)
    return max(later - earlier for earlier, later in zip(ordered, ordered[1:], strict=False))


def _arranged(members: list[_Name]) -> Iterator[Series]:
    columns = _columns(members)
    varying = [column for column in columns if len({item.texts([column]) for item in members}) > 1]
    for fixed in range(len(varying) - 1):
        parts = [_together(part, varying[fixed:]) for part in _partition(members, varying[:fixed])]
        if all(part is not None for part in parts):
            yield from (_series(part, varying[fixed:]) for part in parts if part and len(part) > 1)
            return
    left = members
    for column in reversed(varying):
        alone = []
        for part in _partition(left, [other for other in varying if other != column]):
            if len(part) > 1:
                yield _series(sorted(part, key=lambda item, by=column: (item.value(by), item.name)), [column])  # type: ignore[misc]
            else:
                alone += part
        left = alone


def _partition(members: list[_Name], columns: list[Column]) -> list[list[_Name]]:
    parts: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for item in members:
        parts[item.texts(columns)].append(item)
    return list(parts.values())


def _together(members: list[_Name], columns: list[Column]) -> list[_Name] | None:
    """The names in order, where all columns grow together. A fraction may stand still: it was rounded. Two names with
    whole numbers could be anything."""
    fractions = {column for column in columns if not all(_is_whole(item.texts([column])) for item in members)}
    if len(members) < (2 if fractions else 3):
        return None
    for leading in columns:
        if len({item.texts([leading]) for item in members}) < len(members):
            continue
        ordered = sorted(members, key=lambda item, by=leading: item.value(by))  # type: ignore[misc]
        if all(
            _grows([item.value(column) for item in ordered], strictly=column == leading or column not in fractions)
            for column in columns
        ):
            return ordered
    return None


def _is_whole(texts: Sequence[str]) -> bool:
    return all(text.lstrip("+-").isdecimal() for text in texts)


def _grows(values: list[Value], strictly: bool) -> bool:
    pairs = list(zip(values, values[1:], strict=False))
    return all(a < b for a, b in pairs) if strictly else all(a <= b for a, b in pairs)


def _columns(members: list[_Name]) -> list[Column]:
    """Every number is a column of its own, but for dates: year, month and day, and the time of day behind them."""
    columns, field, count = [], 0, len(members[0].numbers)
    while field < count:
        texts = [[item.numbers[index] for item in members] for index in range(field, count)]
        end = field + numbers_of_date(texts, members[0].gaps[field + 1 :])
        columns.append(range(field, end))
        field = end
    return columns


def _series(ordered: list[_Name], varying: list[Column]) -> Series:
    first = ordered[0]
    shown = {field for column in varying for field in column}
    pieces = list(first.gaps[:1])
    for field, text in enumerate(first.numbers):
        pieces += [".." if field in shown else text, first.gaps[field + 1]]
    return Series("".join(pieces), tuple(item.name for item in ordered))
