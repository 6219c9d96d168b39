"""The table on the terminal and in the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.figures import Row, at_least, at_most
from tests.bench.table import BEGIN, END, as_markdown, as_text, between, cells, write_between

ROW = Row("sphere: images a second", "fps", (30.0, 32.0, 31.0), (10.0, 10.0, 10.0), aim=at_least(2.2), note="a note")
ALONE = Row("p50", "ms", (5.0,), (10.0,), "bare loop", at_most(0.4))
FAILED = Row("memory", "", problem="RuntimeError: a|b\nc")


def test_a_row_in_words() -> None:
    assert cells(ROW) == ("sphere: images a second", "10 fps", "31 (30–32) fps", "3.10 ×", "≥ 2.2 ×", "yes")
    assert cells(ALONE) == ("p50", "bare loop: 10 ms", "5 ms", "0.50 ×", "≤ 0.4 ×", "NO")


def test_a_row_without_its_other() -> None:
    assert cells(Row("x", "fps", (3.0,), aim=at_least(2)))[1] == "no stock here"


def test_a_row_that_failed_says_why() -> None:
    name, other, ours, *_ = cells(FAILED)
    assert (name, other, ours) == ("memory", "", "no figure: RuntimeError: a|b\nc")


def test_columns_stand_below_each_other() -> None:
    head, group, row, note, *_ = as_text({"Images": [ROW], "Memory": [FAILED]})
    assert group == "Images" and note.strip() == "a note"
    assert head.index("ours") == row.index("31 (30")
    assert head.index("ratio") == row.index("3.10")


def test_markdown() -> None:
    text = as_markdown({"Images": [ROW, ALONE], "Memory": [FAILED]}, ["Taken on a machine."])
    lines = text.splitlines()
    assert "Taken on a machine." in lines
    assert "| sphere: images a second [1] | 10 fps | 31 (30–32) fps | 3.10 × | ≥ 2.2 × | yes |" in lines
    assert "1. a note" in lines
    assert "a\\|b c" in text, "what a cell says must not end it"
    columns = {line.replace("\\|", "").count("|") for line in lines if line.startswith("|")}
    assert columns == {7}


def test_notes_that_are_the_same_are_told_once() -> None:
    text = as_markdown({"Images": [ROW, ROW]}, [])
    assert text.count("a note") == 1 and text.count("[1]") == 2


def test_what_stands_between_the_marks_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    write_between(page, "\nnew\n")
    assert page.read_text("utf-8") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"


@pytest.mark.parametrize("text", ["nothing", f"{BEGIN} only", f"{END} {BEGIN}"])
def test_a_page_without_marks(text: str) -> None:
    with pytest.raises(ValueError, match="missing"):
        between(text, "new")


def test_the_documentation_has_the_marks() -> None:
    page = Path(__file__).parents[2] / "docs" / "performance.md"
    assert "new table" in between(page.read_text("utf-8"), "new table")
