"""How the figures are told: a table on the terminal, a table in docs/performance.md between two marks. Pure but for
`write_between`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .figures import Row, number, summary

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
HEAD = ("what", "beside it", "ours", "ratio", "aim", "met")


def cells(row: Row) -> tuple[str, str, str, str, str, str]:
    """One row as words."""
    other = summary(row.other, row.unit)
    if other and row.against != "stock":
        other = f"{row.against}: {other}"
    if row.problem:
        return row.name, other, f"no figure: {row.problem}", "", row.aim.text(row.unit) if row.aim else "", ""
    if not other and row.aim and row.aim.of == "ratio":
        other = f"no {row.against} here"
    return (
        row.name,
        other,
        summary(row.ours, row.unit),
        "" if row.ratio is None else f"{number(row.ratio)} ×",
        row.aim.text(row.unit) if row.aim else "",
        {True: "yes", False: "NO", None: ""}[row.met],
    )


def as_text(groups: dict[str, list[Row]]) -> Iterator[str]:
    """The table for a terminal, a headed block for each group."""
    told = {group: [cells(row) for row in rows] for group, rows in groups.items()}
    everything = [HEAD, *(cell for rows in told.values() for cell in rows)]
    widths = [min(46, max(len(line[column]) for line in everything)) for column in range(len(HEAD))]
    yield _line(HEAD, widths)
    for group, rows in told.items():
        yield group
        for row, line in zip(groups[group], rows, strict=True):
            yield _line((f"  {line[0]}", *line[1:]), widths)
            if row.note:
                yield f"      {row.note}"


def _line(texts: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        text.ljust(width + (2 if column == 0 else 0))
        for column, (text, width) in enumerate(zip(texts, widths, strict=True))
    ).rstrip()


def as_markdown(groups: dict[str, list[Row]], facts: Sequence[str]) -> str:
    """Machine and date, then one table; notes stand below it with numbers."""
    lines = ["", *facts, "", f"| {' | '.join(HEAD)} |", "|---|---|---|---|---|---|"]
    notes: list[str] = []
    for group, rows in groups.items():
        lines.append(f"| **{group}** | | | | | |")
        for row in rows:
            name, *rest = cells(row)
            if row.note:
                if row.note not in notes:
                    notes.append(row.note)
                name += f" [{notes.index(row.note) + 1}]"
            lines.append(f"| {' | '.join(_escaped(text) for text in (name, *rest))} |")
    lines += ["", *(f"{place}. {note}" for place, note in enumerate(notes, 1)), ""]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def between(text: str, block: str) -> str:
    """The text with what stands between the marks replaced. Raises ValueError where a mark is missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the marks {BEGIN} and {END} are missing")
    return f"{before}{BEGIN}\n{block.strip(chr(10))}\n{END}{after}"


def write_between(path: Path, block: str) -> None:
    """Puts a block between the marks of a file."""
    path.write_text(between(path.read_text("utf-8"), block), "utf-8")
