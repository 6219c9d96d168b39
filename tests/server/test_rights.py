"""Who may set what: every property of everything that ParaView has, and what guests get of files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.protocol.widgets import WIDGETS
from tests.server.conftest import Probe

pytestmark = pytest.mark.paraview

PROBE = Path(__file__).with_name("rights_probe.py")
RISKY_NAMES = re.compile("File|Path|Shader|Log$|Format$|Script|Command|URL|Helper|UpdateDataset|BaseName")
RISKY_HELP = re.compile(r"\b(path|file ?name|directory|folder|python|script|shader|printf|snprintf)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def found(probe: Probe, datasets: Path) -> dict[str, Any]:
    return probe(PROBE, datasets)


def test_every_property_has_a_kind_and_its_lowest_role(found: dict[str, Any]) -> None:
    assert len(found["rows"]) > 3000
    assert {row[2] for row in found["rows"]} <= set(WIDGETS)
    wrong = [row[:4] for row in found["rows"] if row[2] in ("file", "label") and row[3] != "host"]
    assert wrong == []


def test_no_text_of_a_guest_names_a_file_or_holds_code(found: dict[str, Any]) -> None:
    texts = [row for row in found["rows"] if row[2] in ("text", "multiline") and row[3] != "host"]
    assert [row[:2] for row in texts if RISKY_NAMES.search(row[1]) or RISKY_HELP.search(row[4])] == []
    of_guests = {(row[0], row[1]) for row in texts}
    assert {("Calculator", "Function"), ("TextSource", "Text"), ("Calculator", "ResultArrayName")} <= of_guests


def test_a_file_exchanged_while_it_is_read_leaves_nothing(found: dict[str, Any]) -> None:
    """Whatever there is to set at its reader: a failure that settings may mend keeps the item, this one never."""
    assert "changed while it was opened" in str(found["error"])
    assert found["left"] == []
