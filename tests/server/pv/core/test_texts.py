"""Texts and names that XML, JSON or ParaView's own drawing has no way to hold: typed, or brought by files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pvw_desktop.protocol.channel import Demand
from pvw_desktop.protocol.errors import BadRequest
from tests.server.harness import Server
from tests.server.test_pipeline import add

pytestmark = pytest.mark.paraview

IMAGE = """# vtk DataFile Version 3.0
an image
ASCII
DATASET STRUCTURED_POINTS
DIMENSIONS 3 3 3
ORIGIN 0 0 0
SPACING 1 1 1
POINT_DATA 27
"""
LATIN, LATIN_CELLS, ESCAPED = "Überdruck", "Größe", "wave\x1b[1m_x0041_"
"""Names as the file below has them, by VTK's %XX: two are Latin-1, one holds ESC and what looks like an escape."""


@pytest.fixture
def image(tmp_path: Path) -> Path:
    path = tmp_path / "names.vtk"
    numbers = "\n".join(str(index) for index in range(27))
    arrays = "".join(
        f"SCALARS {name} float 1\nLOOKUP_TABLE default\n{numbers}\n" for name in ("%DCberdruck", "wave%1B[1m_x0041_")
    )
    cells = "CELL_DATA 8\nSCALARS Gr%F6%DFe float 1\nLOOKUP_TABLE default\n" + "\n".join("12345678") + "\n"
    path.write_text(IMAGE + arrays + cells)
    return path


def saved(server: Server, do: object) -> ElementTree.Element:
    """The work as it is saved after this."""
    assert server.work is not None
    assert callable(do)
    do()
    before = server.saves
    server.wait(lambda: server.saves > before or server.notes)
    assert not server.notes
    return ElementTree.parse(server.work).getroot()


def color(server: Server, node: str, array: str, association: str = "POINTS") -> None:
    server.call("display.color_by", node=node, port=0, array=array, association=association, component=-1)


def test_a_text_is_cleaned_of_what_no_state_can_hold(server: Server) -> None:
    node = add(server, "TextSource")
    text = "red \x1b[31mtext\x00\ufffe\n\tand\r more é"

    def write() -> None:
        server.call("proxy.apply", changes=[{"id": node, "values": {"Text": text}}])

    root = saved(server, write)
    clean = "red [31mtext\n\tand\r more é"
    assert server.prop(node, "Text")["value"] == clean
    assert clean in [element.get("value") for element in root.iter("Element")]


def test_a_name_is_cleaned_and_needs_a_letter(server: Server) -> None:
    node = add(server, "ConeSource")
    root = saved(server, lambda: server.call("pipeline.rename", node=node, name="\x01 tip\x7f\x1b "))
    assert [item["name"] for item in server.nodes] == ["tip\x7f"]
    assert "tip\x7f" in [item.get("name") for item in root.iter("Item")]
    with pytest.raises(BadRequest, match="at least one letter"):
        server.call("pipeline.rename", node=node, name="\x01")


@pytest.mark.parametrize("name", ["half \ud800", "\udcff"])
def test_half_a_character_is_refused_wherever_it_enters(server: Server, name: str) -> None:
    node = add(server, "TextSource")
    with pytest.raises(BadRequest, match="half a character"):
        server.call("pipeline.rename", node=node, name=name)
    with pytest.raises(BadRequest, match="half a character"):
        server.call("proxy.apply", changes=[{"id": node, "values": {"Text": name}}])
    with pytest.raises(BadRequest, match="half a character"):
        server.call("proxy.apply", changes=[{"id": node, "values": {name: "x"}}])
    with pytest.raises(BadRequest, match="half a character"):
        server.call("pipeline.create", group="sources", name=name, inputs=[])
    assert [item["name"] for item in server.nodes] == ["Text1"]


def test_what_a_file_brings_is_saved_and_comes_back_the_same(
    server: Server, image: Path, pvpython: str, x_server: str, tmp_path: Path
) -> None:
    node = server.open(image)["node"]
    saved(server, lambda: color(server, node, ESCAPED))
    assert server.work is not None
    for name in (ESCAPED, LATIN):
        saved(server, lambda name=name: color(server, node, name))
        again = Server(pvpython, x_server, work=tmp_path / "again.pvsm", restore=server.work)
        try:
            assert again.ready is not None and again.ready.restored is None
            assert again.display(again.nodes[0]["node"])["coloring"]["array"] == name
            again.still()
        finally:
            assert again.close() == 0


def test_names_in_latin_1_are_read_shown_and_used(server: Server, image: Path) -> None:
    node = server.open(image)["node"]
    names = {item["name"] for item in server.topics[f"info/{node}/0"]["arrays"]}
    assert names == {LATIN, LATIN_CELLS, ESCAPED}
    server.call("display.representation", node=node, port=0, representation="Surface")
    color(server, node, LATIN)
    shown = server.display(node)["coloring"]
    assert (shown["array"], shown["scalar_bar"]) == (LATIN, True)
    assert f"color/{shown['map']}" in server.topics
    server.still(server.answered_seq)
    for array, association in ((LATIN_CELLS, "CELLS"), (ESCAPED, "POINTS"), (LATIN, "POINTS")):
        before = server.last_seq
        color(server, node, array, association)
        assert server.display(node)["coloring"]["array"] == array
        server.still(before)
    server.call("color.log", map=shown["map"], log=False)
    server.call("color.rescale", node=node, port=0, mode="data")


def test_a_component_of_a_vector_whose_name_is_latin_1(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "vector.vtk"
    path.write_text(IMAGE + "VECTORS Str%F6mung float\n" + "".join(f"{n} {2 * n} 0\n" for n in range(27)))
    node = server.open(path)["node"]
    at = {"node": node, "port": 0}
    server.call("display.color_by", **at, array="Strömung", association="POINTS", component=1)
    assert server.display(node)["coloring"]["component"] == 1
    shown = server.display(node)["coloring"]["map"]
    assert server.topics[f"color/{shown}"]["range"] == [0, 52]


def test_names_in_latin_1_reach_filters_and_geometry(server: Server, image: Path) -> None:
    node = server.open(image)["node"]
    contour = add(server, "Contour", node, apply=False)
    chosen = server.prop(contour, "SelectInputScalars")
    assert ["POINTS", LATIN] in [choice["value"] for choice in chosen["choices"]]
    values = {"SelectInputScalars": ["POINTS", LATIN], "ContourValues": [12.5]}
    server.call("proxy.apply", changes=[{"id": contour, "values": values}])
    assert server.prop(contour, "SelectInputScalars")["value"] == ["POINTS", LATIN]
    assert server.topics[f"info/{contour}/0"]["cells"] > 0
    server.call("display.show", node=node, port=0, visible=True)
    server.call("display.representation", node=node, port=0, representation="Surface")
    color(server, node, LATIN)
    scene = f"scene/{server.topics['pipeline']['view']}"
    try:
        server.demand(images=True, limit=1 << 28)
        parts = server.wait(lambda: [part for part in server.topics.get(scene, {}).get("parts", []) if part["mesh"]])
        assert LATIN in str(parts)
    finally:
        server.send(Demand(images=True))


def test_a_file_whose_name_is_no_utf_8_is_opened(server: Server, image: Path) -> None:
    path = os.fsdecode(os.fsencode(image.parent) + b"/gr\xf6\xdfe\x01.vtk")
    shutil.copyfile(image, path)
    node = server.call("files.open", (path,), root="r", path="x", series=False)["node"]
    assert [item["name"] for item in server.nodes] == ["größe.vtk"]
    root = saved(server, lambda: color(server, node, LATIN))
    assert any(
        (element.get("value") or "").endswith("gr_xDCF6__xDCDF_e_x0001_.vtk") for element in root.iter("Element")
    )


def test_files_whose_names_are_no_utf_8_come_back_with_the_work(
    server: Server, pvpython: str, x_server: str, datasets: Path, tmp_path: Path
) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/gr\xfcn\\"))
    folder.mkdir()
    one = folder / os.fsdecode(b"caf\xe9.vtu")
    series = [folder / os.fsdecode(b"\xe9t\xe9_%d.vtp" % number) for number in (1, 2, 10)]
    shutil.copyfile(datasets / "mesh.vtu", one)
    for index, path in enumerate(series):
        shutil.copyfile(datasets / "series" / f"ball_{index:02d}.vtp", path)
    points = {}
    for paths in ([datasets / "mesh.vtu"], [one], series):
        node = server.open(*paths)["node"]
        points[server.nodes[-1]["name"]] = server.topics[f"info/{node}/0"]["points"]
    assert points["café.vtu"] == points["mesh.vtu"] > 0
    assert len(server.topics["time"]["values"]) == 3
    saved(server, lambda: server.call("pipeline.rename", node=server.nodes[-1]["node"], name="renamed"))
    assert server.work is not None
    kept = shutil.copyfile(server.work, tmp_path / "kept.pvsm")
    again = Server(pvpython, x_server, restore=kept)
    try:
        assert again.ready is not None and again.ready.restored is None
        assert [item["file"] for item in again.nodes] == ["mesh.vtu", "café.vtu", "été_1.vtp"]
        found = {item["name"]: again.topics[f"info/{item['node']}/0"]["points"] for item in again.nodes}
        assert found == {**{name: count for name, count in points.items() if name != "été_*.vtp"},
                         "renamed": points["été_*.vtp"]}  # fmt: skip
        assert len(again.topics["time"]["values"]) == 3
    finally:
        assert again.close() == 0
    one.unlink()
    gone = Server(pvpython, x_server, restore=kept)
    try:
        assert "café.vtu" in (gone.node("café.vtu")["message"] or "")
    finally:
        assert gone.close() == 0
