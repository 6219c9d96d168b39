"""Texts for guests: no folder of the host's is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.gateway.session.discretion import Discretion

FOLDERS = [(Path("/home/sims"), "sims"), (Path("/home/sims/wing é"), "Wing"), (Path("/"), "everything")]
DISCREET = Discretion(top=["work", "home", "größe"], windows=False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/home/sims/a/b.vtu", "sims/a/b.vtu"),
        ("/home/sims", "sims"),
        ("/home/sims/wing é/x y.vtu", "Wing/x y.vtu"),
        ("file:///home/sims/x.vtu", "sims/x.vtu"),
        ("Error opening file /home/sims/x.vtu: no.", "Error opening file sims/x.vtu: no."),
        ("/home/simsalabim/x.vtu", "…/x.vtu"),
        ("/home/sims.old/x.vtu", "…/x.vtu"),
        ("cannot read '/home/me/my data/x.vtu' (code 3)", "cannot read '…/x.vtu' (code 3)"),
        ('File "/home/me/x.py", line 3', 'File "…/x.py", line 3'),
        ("/home/me/.local/state/pvw/work.pvsm", "…/work.pvsm"),
        ("a\n/home/me/x.vtu\nb", "a\n…/x.vtu\nb"),
        ("//home/me/x", "…/x"),
        ("/größe/x", "…/x"),
        ("in /home/me/.", "in …/."),
        # what is no path of this computer
        ("/Base/Zone 1/Velocity", "/Base/Zone 1/Velocity"),
        ("kg/m/s", "kg/m/s"),
        ("run/home/x.vtu", "run/home/x.vtu"),
        ("https://www.paraview.org/home/x", "https://www.paraview.org/home/x"),
        ("/homework/x", "/homework/x"),
        ("1/2", "1/2"),
    ],
)
def test_what_a_guest_reads(text: str, told: str) -> None:
    message = {"jsonrpc": "2.0", "id": 1, "result": {"deep": [{"value": text}], "n": 1.5, "none": None}}
    heard = json.loads(DISCREET.text(json.dumps(message), FOLDERS))
    assert heard["result"]["deep"][0]["value"] == told
    assert (heard["result"]["n"], heard["result"]["none"]) == (1.5, None)


def test_paths_of_windows() -> None:
    discreet = Discretion(windows=True)
    for text in (
        r"cannot read C:\Users\me\x.vtu",
        "cannot read C:/Users/me/x.vtu",
        r"cannot read \\server\share\x.vtu",
    ):
        assert json.loads(discreet.text(json.dumps([text]), [])) == ["cannot read …/x.vtu"]


def test_of_a_crash_a_guest_hears_the_reason_alone() -> None:
    crash = {"reason": "Signal 11.", "log": ["reading secret.vtu"], "during": "Opening x"}
    status = {"state": "crashed", "text": "x", "pid": 12, "crash": crash, "missing": None}
    topics = [{"name": "server", "version": 1, "value": status}, {"name": "time", "version": 1, "value": None}]
    for message in (
        {"method": "state.changed", "params": {"changes": topics}},
        {"id": 1, "result": {"topics": topics}},
    ):
        heard = json.loads(DISCREET.text(json.dumps(message), []))
        (server, _) = (heard.get("params") or heard["result"]).popitem()[1]
        assert server["value"] == {**status, "pid": None, "crash": {**crash, "log": []}}


json_values: Any = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=8,
)
parts = st.text("ab é._-'\"()\\\n", min_size=1, max_size=6)


@given(json_values, st.lists(parts, max_size=3).map("/".join), st.sampled_from(["", "see ", "'", '"', "(", "\n"]))
def test_the_name_of_a_folder_never_gets_through(value: Any, below: str, before: str) -> None:
    text = json.dumps({"result": [value, f"{before}/home/someone/{below}"]})
    assert "/home/" not in DISCREET.text(text, FOLDERS)


@given(json_values)
def test_what_names_no_folder_stays_as_it_is(value: Any) -> None:
    text = json.dumps({"result": value})
    if "/" not in text:
        assert json.loads(DISCREET.text(text, FOLDERS)) == json.loads(text)
