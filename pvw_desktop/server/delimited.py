"""How a text file with a table in it is written: what stands between its columns. Pure: knows no ParaView."""

from __future__ import annotations

import csv
import dataclasses
import re
from typing import Optional

HEAD_BYTES = 64 * 1024
_LINES = 50
_CANDIDATES = (",", "\t", ";", "|", " ")
"""Where two explain a file equally well, the earlier one."""
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eEdD][-+]?\d+)?|[-+]?(inf|nan)", re.IGNORECASE)
_COMMA_NUMBER = re.compile(r"[-+]?\d*,\d+([eEdD][-+]?\d+)?")


@dataclasses.dataclass(frozen=True)
class Written:
    """What was found."""

    delimiter: str
    decimal_comma: bool

    @property
    def merged(self) -> bool:
        """Whether several delimiters in a row are one: columns lined up with blanks."""
        return self.delimiter == " "


def written(head: bytes) -> Optional[Written]:
    """From the first bytes of a file; None where nothing tells, as in a table of one column."""
    lines = [line for line in head.decode("utf-8", "replace").splitlines() if line.strip()]
    if len(head) >= HEAD_BYTES:
        lines = lines[:-1]  # it may be cut
    best: Optional[tuple[tuple[float, int], Written]] = None
    for delimiter in _CANDIDATES:
        rows = _rows(lines[:_LINES], delimiter)
        if not rows or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
            continue
        cells = [cell.strip() for row in rows[1:] or rows for cell in row]
        commas = 0 if delimiter == "," else sum(bool(_COMMA_NUMBER.fullmatch(cell)) for cell in cells)
        numbers = commas + sum(bool(_NUMBER.fullmatch(cell)) for cell in cells)
        score = numbers / len(cells), len(rows[0])
        if best is None or score > best[0]:
            best = score, Written(delimiter, commas > 0)
    return best[1] if best is not None else None


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    if delimiter == " ":
        return [line.split() for line in lines]
    return list(csv.reader(lines, delimiter=delimiter))
