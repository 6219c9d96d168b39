"""Nodes: creating, applying, deleting, renaming, and what stays when something goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pvw_desktop.protocol.channel import Demand
from pvw_desktop.protocol.errors import BadRequest, Failed, Forbidden, NotFound
from tests.server.harness import Server

pytestmark = pytest.mark.paraview


def add(server: Server, name: str, source: str | None = None, apply: bool = True) -> str:
    group = "filters" if source else "sources"
    inputs = [{"node": source, "port": 0}] if source else []
    node = server.call("pipeline.create", group=group, name=name, inputs=inputs)["node"]
    if apply:
        server.call("proxy.apply", changes=[{"id": node, "values": {}}])
    return str(node)


def test_a_new_node_waits_for_apply(server: Server) -> None:
    node = add(server, "SphereSource", apply=False)
    assert server.nodes[0]["state"] == "new" and not server.nodes[0]["ports"][0]["visible_in"]
    server.call("proxy.apply", changes=[{"id": node, "values": {"ThetaResolution": 33}}])
    assert server.nodes[0]["state"] == "ok" and server.nodes[0]["ports"][0]["visible_in"]
    assert server.prop(node, "ThetaResolution")["value"] == 33


def test_a_filter_hides_its_input_and_gives_it_back(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    contour = add(server, "Contour", wavelet)
    visible = {node["node"]: bool(node["ports"][0]["visible_in"]) for node in server.nodes}
    assert visible == {wavelet: False, contour: True}
    server.call("pipeline.delete", node=contour)
    assert [(node["node"], bool(node["ports"][0]["visible_in"])) for node in server.nodes] == [(wavelet, True)]


def test_delete_names_what_depends(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    add(server, "Contour", wavelet)
    with pytest.raises(Failed, match="Contour1 depends on it"):
        server.call("pipeline.delete", node=wavelet)
    assert len(server.nodes) == 2


def test_inputs_come_before_what_depends_on_them(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    contour = add(server, "Contour", wavelet)
    cut = add(server, "Cut", contour)
    assert [node["node"] for node in server.nodes] == [wavelet, contour, cut]
    assert server.node("Slice1")["inputs"] == [{"node": contour, "port": 0}]


def test_rename(server: Server) -> None:
    node = add(server, "ConeSource")
    server.call("pipeline.rename", node=node, name="Spitze é")
    assert server.nodes[0]["name"] == "Spitze é" and server.nodes[0]["node"] == node
    with pytest.raises(BadRequest):
        server.call("pipeline.rename", node=node, name="   ")


def test_unknown_things_are_named(server: Server) -> None:
    with pytest.raises(NotFound, match="no 'NoSuchFilter'"):
        server.call("pipeline.create", group="sources", name="NoSuchFilter", inputs=[])
    with pytest.raises(NotFound):
        server.call("pipeline.delete", node="999999")
    with pytest.raises(BadRequest, match="needs an input"):
        server.call("pipeline.create", group="filters", name="Contour", inputs=[])


def test_a_filter_that_does_not_fit_says_why(server: Server) -> None:
    cone = add(server, "ConeSource")
    with pytest.raises(Failed, match="needs"):
        server.call("pipeline.create", group="filters", name="Contour", inputs=[{"node": cone, "port": 0}])
    reasons = {item["name"]: item["reason"] for item in server.call("catalog.list", node=cone)["items"]}
    assert str(reasons["Contour"]).startswith("needs ") and "array" in str(reasons["Contour"])
    assert reasons["Cut"] is None and reasons["SphereSource"] is None


def test_a_result_with_errors_is_kept_and_says_so(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    calculator = add(server, "Calculator", wavelet, apply=False)
    server.call("proxy.apply", changes=[{"id": calculator, "values": {"Function": "no_such_array * ("}}])
    found = server.node("Calculator1")
    assert found["state"] == "error" and "Calculator1 finished with errors" in found["message"]
    assert [note.message for note in server.notes] == [found["message"]] and server.notes[0].log
    assert server.prop(calculator, "Function")["value"] == "no_such_array * ("
    server.call("proxy.apply", changes=[{"id": calculator, "values": {"Function": "RTData * 2"}}])
    assert server.node("Calculator1")["state"] == "ok"


def test_a_failing_apply_puts_the_values_back(server: Server, datasets: Path) -> None:
    reader = server.open(datasets / "surface.vtp")["node"]
    with pytest.raises(Failed, match="could not be read") as caught:
        path = str(datasets / "broken" / "cut.vtu")
        server.call("proxy.apply", changes=[{"id": reader, "values": {"FileName": [path]}}])
    assert caught.value.hint
    server.call("proxy.apply", changes=[{"id": reader, "values": {}}])
    assert server.node("surface.vtp")["state"] == "ok"
    assert server.topics[f"info/{reader}/0"]["points"] == 226


def test_values_are_checked_before_anything_is_set(server: Server) -> None:
    node = add(server, "SphereSource")
    for values in ({"Radius": "wide"}, {"Radius": -1}, {"ThetaResolution": 2.5}, {"Center": [1, 2]}, {"Nothing": 1}):
        with pytest.raises(BadRequest):
            server.call("proxy.apply", changes=[{"id": node, "values": {"PhiResolution": 50, **values}}])
        assert server.prop(node, "PhiResolution")["value"] == 8


def test_downstream_follows(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    contour = add(server, "Contour", wavelet)
    before = server.topics[f"info/{contour}/0"]["cells"]
    server.call("proxy.apply", changes=[{"id": wavelet, "values": {"WholeExtent": [-20, 20, -20, 20, -20, 20]}}])
    assert server.topics[f"info/{contour}/0"]["cells"] > before


def test_a_plane_inside_a_slice_has_its_own_properties(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    cut = add(server, "Cut", wavelet, apply=False)
    kind = server.prop(cut, "CutFunction")
    shown = [item["name"] for item in server.topics[f"proxy/{cut}"]["properties"]]
    assert "HyperTreeGridImplicitFunction" not in shown and "HyperTreeGridSlicer" not in shown
    plane = next(proxy for proxy in kind["proxies"] if proxy["id"] == kind["value"])
    assert plane["label"] == "Plane" and {"Origin", "Normal"} <= {item["name"] for item in plane["properties"]}
    server.call("proxy.apply", node=cut, changes=[{"id": plane["id"], "values": {"Origin": [3, 0, 0]}}])
    assert server.topics[f"info/{cut}/0"]["bounds"][:2] == [3, 3]


def test_only_the_host_adds_what_runs_code(server: Server) -> None:
    server.role = "control"
    with pytest.raises(Forbidden):
        server.call("pipeline.create", group="sources", name="ProgrammableSource", inputs=[])
    assert server.nodes == []


def test_only_the_host_sets_the_name_of_a_file(server: Server, datasets: Path) -> None:
    reader = server.open(datasets / "surface.vtp")["node"]
    server.role = "control"
    with pytest.raises(Forbidden):
        server.call("proxy.apply", changes=[{"id": reader, "values": {"FileName": ["/etc/passwd"]}}])
    assert server.node("surface.vtp")["file"] == "surface.vtp"


def test_a_name_of_another_file_is_free(server: Server, datasets: Path) -> None:
    server.open(datasets / "surface.vtp")
    server.open(datasets / "surface.vtp")
    assert [node["name"] for node in server.nodes] == ["surface.vtp", "surface.vtp1"]


@pytest.mark.timeout(900)  # some 170 filters
def test_every_filter_of_the_catalog_can_be_made_or_says_why(server: Server) -> None:
    """Creates each filter that claims to accept a Wavelet, without running it: none may take the server down."""
    wavelet = add(server, "RTAnalyticSource")
    server.send(Demand(images=False))  # what nobody looks at takes no time to draw
    items = server.call("catalog.list", node=wavelet)["items"]
    fitting = [item for item in items if item["group"] == "filters" and item["reason"] is None]
    assert len(fitting) > 40
    for item in fitting:
        node = server.call(
            "pipeline.create", group="filters", name=item["name"], inputs=[{"node": wavelet, "port": 0}]
        )["node"]
        assert server.topics[f"proxy/{node}"]["label"] == item["label"]
        server.call("pipeline.delete", node=node)
    server.send(Demand(images=True))


@pytest.mark.parametrize(
    "group, name",
    [
        ("filters", "ProgrammableFilter"), ("sources", "SelectionQuerySource"), ("filters", "ProgrammableAnnotation"),
        ("filters", "PythonCalculator"), ("sources", "XMLPolyDataReader"),
    ],
)  # fmt: skip
def test_control_is_not_enough_for_what_runs_code_or_reads_files(server: Server, group: str, name: str) -> None:
    wavelet = add(server, "RTAnalyticSource")
    server.role = "control"
    inputs = [{"node": wavelet, "port": 0}] if group == "filters" else []
    with pytest.raises(Forbidden):
        server.call("pipeline.create", group=group, name=name, inputs=inputs)
    assert len(server.nodes) == 1


def test_control_sets_only_what_the_panels_show(server: Server) -> None:
    node = add(server, "SphereSource")
    representation = server.display(node)["representation_id"]
    server.role = "control"
    for name in ("SelectionPointLabelFontFile", "ShaderReplacements", "WriteLog"):
        with pytest.raises((Forbidden, BadRequest)):
            server.call("proxy.set", id=representation, values={name: "x"})
    server.call("proxy.set", id=representation, values={"Ambient": 0.3})


def test_a_node_does_not_become_its_own_input(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    resampled = add(server, "ResampleWithDataset", wavelet, apply=False)
    properties = server.topics[f"proxy/{resampled}"]["properties"]
    mesh = next(item["name"] for item in properties if item["widget"] == "input" and item["value"] is None)
    sphere = {"node": add(server, "SphereSource"), "port": 0}
    server.call("proxy.apply", changes=[{"id": resampled, "values": {mesh: sphere}}])
    shrink = add(server, "ShrinkFilter", resampled)
    with pytest.raises(BadRequest, match="depends on this item"):
        server.call("proxy.apply", changes=[{"id": resampled, "values": {mesh: {"node": shrink, "port": 0}}}])
    assert server.prop(resampled, mesh)["value"] == sphere


def test_a_number_that_is_too_large_is_refused(server: Server) -> None:
    node = add(server, "SphereSource")
    for value in (3_000_000_000, 1e300, 2**63):  # what has more than 64 bits is refused before
        with pytest.raises(BadRequest):
            server.call("proxy.apply", changes=[{"id": node, "values": {"ThetaResolution": value}}])
    assert server.prop(node, "ThetaResolution")["value"] == 8


def test_deleting_one_of_two_leaves_the_input_hidden(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    first, second = add(server, "Contour", wavelet), add(server, "Contour", wavelet)
    server.call("pipeline.delete", node=second)
    assert {node["node"]: bool(node["ports"][0]["visible_in"]) for node in server.nodes} == {
        wavelet: False,
        first: True,
    }


def test_no_panel_shows_what_only_a_selection_in_the_view_can_be(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    display = server.display(wavelet)["representation_id"]
    extract = add(server, "ExtractSelection", wavelet, apply=False)
    for proxy in (display, extract):
        assert "Selection" not in [item["name"] for item in server.topics[f"proxy/{proxy}"]["properties"]]


def test_a_filter_that_is_known_to_crash_says_so_before_it_is_applied(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    sentence = "Contingency Statistics is known to crash ParaView"
    items = {item["name"]: item for item in server.call("catalog.list", node=wavelet)["items"]}
    assert items["ContingencyStatistics"]["warning"].startswith(sentence)
    assert "fewer than two Variables of Interest" in items["ContingencyStatistics"]["warning"]
    assert "on a mesh with hexahedra" in items["QuadratureSchemeDictionaryGenerator"]["warning"]
    assert not items["Contour"]["warning"]
    add(server, "ContingencyStatistics", wavelet, apply=False)
    node = server.node("ContingencyStatistics1")
    assert node["state"] == "new" and node["message"].startswith(sentence)
    assert server.nodes[0]["message"] is None


def test_kinds_have_labels_in_words(server: Server) -> None:
    labels = {item["name"]: item["label"] for item in server.call("catalog.list")["items"]}
    assert labels["RTAnalyticSource"] == "Wavelet"
    assert labels["PassArrays"] == "Pass Arrays"
    assert not [label for label in labels.values() if label.startswith("POpen")]
