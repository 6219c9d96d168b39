"""What fails by its first settings stays, with its error, so that it can be set right."""

from __future__ import annotations

from pathlib import Path

import pytest

from pvw_desktop.protocol.errors import Failed
from tests.server.harness import ROOT, Server

pytestmark = pytest.mark.paraview

FOAM = ROOT / "tests" / "cases" / "10-foam-decomposed"


@pytest.mark.parametrize("case", ["parallel run", "with root mesh"])
def test_a_decomposed_case_can_be_brought_to_show(server: Server, case: str) -> None:
    answer = server.open(FOAM / case / "case.foam")
    if answer["choose"]:
        answer = server.open(FOAM / case / "case.foam", reader="OpenFOAMReader")
    node = answer["node"]
    assert node, "the reader was thrown away"
    prop = server.prop(node, "CaseType")
    wanted = next(choice["value"] for choice in prop["choices"] if "ecomposed" in choice["label"])
    server.call("proxy.apply", node=node, changes=[{"id": node, "values": {"CaseType": wanted}}])
    info = server.topics[f"info/{node}/0"]
    assert info["cells"] == 2 and info["bounds"] == [0, 2, 0, 1, 0, 1]
    assert {0.5, 1.0} <= set(server.topics["time"]["values"])
    assert server.node("case.foam")["state"] == "ok" and server.node("case.foam")["ports"][0]["visible_in"]
    for time, span in ((0.5, (5, 6)), (1.0, (10, 11))):
        server.call("time.set", time=time)
        pressure = [
            a for a in server.topics[f"info/{node}/0"]["arrays"] if (a["name"], a["association"]) == ("p", "CELLS")
        ]
        assert pressure and pressure[0]["ranges"][0] == list(span) or pressure[0]["ranges"][0] == span


def test_a_steady_case(server: Server) -> None:
    answer = server.open(FOAM / "steady" / "steady.foam")
    node = answer["node"] or server.open(FOAM / "steady" / "steady.foam", reader="OpenFOAMReader")["node"]
    pressure = next(a for a in server.topics[f"info/{node}/0"]["arrays"] if a["name"] == "p")
    assert list(pressure["ranges"][0]) == [3, 3]


def test_what_fails_at_its_first_apply_keeps_what_was_typed(server: Server, datasets: Path) -> None:
    node = server.call("pipeline.create", group="sources", name="XMLUnstructuredGridReader", inputs=[])["node"]
    broken, good = ([str(datasets / name)] for name in ("broken/cut.vtu", "mesh.vtu"))
    with pytest.raises(Failed, match="could not be read"):
        server.call("proxy.apply", changes=[{"id": node, "values": {"FileName": broken}}])
    entry = next(item for item in server.nodes if item["node"] == node)
    assert entry["state"] == "error" and "cut.vtu" in entry["message"] and not entry["ports"][0]["visible_in"]
    assert entry["file"] == "cut.vtu"
    server.call("proxy.apply", changes=[{"id": node, "values": {"FileName": good}}])
    entry = next(item for item in server.nodes if item["node"] == node)
    assert entry["state"] == "ok" and entry["ports"][0]["visible_in"], "its first result is shown"


def test_a_filter_on_what_failed_is_refused_with_its_reason(server: Server, datasets: Path) -> None:
    node = server.call("pipeline.create", group="sources", name="XMLUnstructuredGridReader", inputs=[])["node"]
    values = {"FileName": [str(datasets / "broken" / "cut.vtu")]}
    with pytest.raises(Failed):
        server.call("proxy.apply", changes=[{"id": node, "values": values}])
    with pytest.raises(Failed, match="could not be read"):
        server.call("pipeline.create", group="filters", name="Clip", inputs=[{"node": node, "port": 0}])


def test_a_reader_that_only_warns_and_gives_nothing_says_so(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "cut.vtk"
    head = "# vtk DataFile Version 3.0\ncut\nASCII\nDATASET UNSTRUCTURED_GRID\nPOINTS 100000 float\n"
    path.write_text(head + "0 0 0\n" * 10)
    try:
        node = server.open(path)["node"]
    except Failed as error:
        assert "cut.vtk" in error.message
        return
    entry = next(item for item in server.nodes if item["node"] == node)
    assert entry["state"] == "error" and "cut.vtk" in entry["message"]


def test_an_empty_result_says_so(server: Server) -> None:
    wavelet = server.call("pipeline.create", group="sources", name="RTAnalyticSource", inputs=[])["node"]
    server.call("proxy.apply", changes=[{"id": wavelet, "values": {}}])
    contour = server.call("pipeline.create", group="filters", name="Contour", inputs=[{"node": wavelet, "port": 0}])[
        "node"
    ]
    server.call("proxy.apply", changes=[{"id": contour, "values": {"ContourValues": [1e9]}}])
    entry = next(item for item in server.nodes if item["node"] == contour)
    assert entry["state"] == "ok" and "empty" in entry["message"]


@pytest.mark.parametrize(
    "name", ["empty.vtu", "empty.vtk", "empty.foam", "empty.stl", "empty.csv", "empty.pvd", "empty.case"]
)
def test_an_empty_file_costs_a_sentence(server: Server, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    try:
        answer = server.open(path)
        for reader in answer["choose"][:1]:
            answer = server.open(path, reader=reader["name"])
    except Failed as error:
        assert name in error.message or error.hint
        return
    entry = next(item for item in server.nodes if item["node"] == answer["node"])
    assert entry["message"], "an empty picture without a word"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("output.ShallowCopy(no_such_name)", "NameError: name 'no_such_name' is not defined"),
        ("output.(", "SyntaxError: invalid syntax"),
        ("raise ValueError", "ValueError"),
    ],
)
def test_a_script_that_raises_says_so(server: Server, script: str, reason: str) -> None:
    node = server.call("pipeline.create", group="sources", name="ProgrammableSource", inputs=[])["node"]
    with pytest.raises(Failed, match=reason):
        server.call("proxy.apply", changes=[{"id": node, "values": {"Script": script}}])
    entry = next(item for item in server.nodes if item["node"] == node)
    assert entry["state"] == "error" and reason in entry["message"]
    server.call("proxy.apply", changes=[{"id": node, "values": {"Script": "output.Initialize()"}}])
    entry = next(item for item in server.nodes if item["node"] == node)
    assert entry["state"] == "ok" and "empty" in entry["message"]


def test_a_script_that_raises_after_its_result_shows_both(server: Server) -> None:
    wavelet = server.call("pipeline.create", group="sources", name="RTAnalyticSource", inputs=[])["node"]
    server.call("proxy.apply", changes=[{"id": wavelet, "values": {}}])
    given = [{"node": wavelet, "port": 0}]
    node = server.call("pipeline.create", group="filters", name="ProgrammableFilter", inputs=given)["node"]
    script = "output.ShallowCopy(inputs[0].VTKObject)\nraise RuntimeError('half done')"
    server.call("proxy.apply", changes=[{"id": node, "values": {"Script": script}}])
    entry = next(item for item in server.nodes if item["node"] == node)
    assert entry["state"] == "error" and "half done" in entry["message"] and entry["ports"][0]["visible_in"]
