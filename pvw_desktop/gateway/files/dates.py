"""Which numbers of names are one date: year, month and day, and the time of day behind them. Told from the digits and
what lies between, in all names of a family at once. No disks."""

from __future__ import annotations

from collections.abc import Sequence

_DATE_GAPS = ("-", "_", ".")
_CLOCK_GAPS = ("T", "t", "_", "-", " ", ":", ".", "h", "H", "m", "M")


def numbers_of_date(texts: Sequence[Sequence[str]], gaps: Sequence[str]) -> int:
    """How many numbers, from the first on, are one date; 1 where it is a number like any. `texts` has the digits of
    each number in every name, `gaps` what follows each number."""
    if not all(len(text) == 4 or len(text) == 8 for text in texts[0]) or not _between(texts[0], 4, 1900, 2199):
        return 1
    if all(len(text) == 8 for text in texts[0]):
        if not all(1 <= int(text[4:6]) <= 12 and 1 <= int(text[6:]) <= 31 for text in texts[0]):
            return 1
        end = 1
    elif len(texts) < 2 or gaps[0] not in _DATE_GAPS or not _between(texts[1], 2, 1, 12):
        return 1
    elif len(texts) > 2 and gaps[1] == gaps[0] and _between(texts[2], 2, 1, 31):
        end = 3
    else:
        return 2 if gaps[0] == "-" else 1
    for clock in texts[end:]:
        if gaps[end - 1] not in _CLOCK_GAPS or not all(len(text) in (2, 4, 6) and text.isdecimal() for text in clock):
            break
        end += 1
    return end


def _between(texts: Sequence[str], digits: int, least: int, most: int) -> bool:
    """Whether each begins with so many digits of a number from `least` to `most`; more may follow behind a year."""
    return all(
        text.isdecimal() and (len(text) == digits or digits == 4) and least <= int(text[:digits]) <= most
        for text in texts
    )
