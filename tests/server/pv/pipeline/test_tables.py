"""Text files with a table in them: what stands between the columns, and what is text in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pvw_desktop.protocol.errors import BadRequest
from tests.server.harness import Server
from tests.server.test_files import opened

pytestmark = pytest.mark.paraview

TABLES = {
    "comma.csv": "x,y,z,v\n0,0,0,1.5\n1,0,0,2.5\n1,1,0,3.5\n",
    "semicolon.csv": "x;y;z;v\n0;0;0;1.5\n1;0;0;2.5\n1;1;0;3.5\n",
    "tab.tsv": "x\ty\tz\tv\n0\t0\t0\t1.5\n1\t0\t0\t2.5\n1\t1\t0\t3.5\n",
    "blanks.txt": "x y   z v\n0 0   0 1.5\n1 0   0 2.5\n 1 1   0 3.5\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_told_apart(server: Server, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TABLES[name])
    node = opened(server, tmp_path / name, "CSVReader")
    info = server.topics[f"info/{node}/0"]
    ranges = {array["name"]: array["ranges"][0] for array in info["arrays"]}
    assert ranges == {"x": [0, 1], "y": [0, 1], "z": [0, 0], "v": [1.5, 3.5]} and info["cells"] == 3
    assert any("table of 4 columns and 3 rows" in note.message for note in server.notes)
    assert any("Table To Points" in str(note.hint) for note in server.notes)


def test_what_a_table_cannot_give_is_said(server: Server, tmp_path: Path) -> None:
    (tmp_path / "comma.csv").write_text("x;v\n0,5;1\n1,5;2\n")
    node = opened(server, tmp_path / "comma.csv", "CSVReader")
    types = {array["name"]: array["type"] for array in server.topics[f"info/{node}/0"]["arrays"]}
    assert types == {"x": "string", "v": "int"}
    assert any("decimal comma" in note.message for note in server.notes)
    (tmp_path / "empty.csv").write_text("x,y\n")
    opened(server, tmp_path / "empty.csv", "CSVReader")
    assert any("empty.csv is an empty table" in note.message for note in server.notes)


def test_text_is_no_color(server: Server, tmp_path: Path) -> None:
    (tmp_path / "named.csv").write_text("a name,x,y,z,v\nfirst,0,0,0,1\nsecond,1,0,0,2\nthird,1,1,0,3\n")
    table = opened(server, tmp_path / "named.csv", "CSVReader")
    node = server.call("pipeline.create", group="filters", name="TableToPolyData", inputs=[{"node": table, "port": 0}])[
        "node"
    ]
    several = isinstance(server.prop(node, "XColumn")["value"], list)
    columns = {f"{axis}Column": ["ROWS", axis.lower()] if several else axis.lower() for axis in "XYZ"}
    server.call("proxy.apply", changes=[{"id": node, "values": columns}])
    display = server.display(node)
    assert display["coloring"] is None or display["coloring"]["array"] != "a name"
    assert next(array for array in display["arrays"] if array["name"] == "a name")["type"] == "string"
    with pytest.raises(BadRequest, match="holds text"):
        server.call("display.color_by", node=node, array="a name", association="POINTS")
    server.call("display.color_by", node=node, array="v", association="POINTS")
    assert server.display(node)["coloring"]["array"] == "v"
