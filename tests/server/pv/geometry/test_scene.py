"""The picture as geometry: what a real ParaView shows, as parts, tables and arrays."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.protocol.channel import Demand, Dropped
from tests.server.harness import Server

pytestmark = pytest.mark.paraview

LIMIT = 64 << 20
FORMATS = {"float32": "f", "float64": "d", "uint8": "B", "int8": "b", "uint16": "H", "int16": "h", "uint32": "I",
           "int32": "i"}  # fmt: skip


class Geometry:
    """A server that somebody asks for geometry."""

    def __init__(self, server: Server):
        self.server = server

    def scene(self, after: int = 0, lod: bool = False) -> dict[str, Any]:
        """The scene past a version."""
        name = f"scene/{self.server.view['view']}" + ("/lod" if lod else "")
        found: dict[str, Any] = self.server.wait(
            lambda: (value := self.server.topics.get(name)) and value["version"] > after and value
        )
        return found

    def settled(self) -> dict[str, Any]:
        """The scene after everything that was asked for."""
        self.server.call("view.set", view=self.server.view["view"])
        for _ in range(2):  # the first may be answered before the scene is read, the second is not
            self.server.call("time.play", playing=False)
        return self.scene()

    def values(self, blob: dict[str, Any]) -> tuple[Any, ...]:
        """The numbers of a blob, one after the other."""
        kept = self.server.blobs[blob["hash"]]
        assert (kept.dtype, kept.components, kept.use) == (blob["type"], blob["components"], blob["use"])
        numbers = struct.unpack(f"<{blob['items'] * blob['components']}{FORMATS[blob['type']]}", kept.payload)
        return numbers

    def create(self, name: str, group: str = "sources", inputs: tuple[str, ...] = (), **values: Any) -> str:
        node = self.server.call(
            "pipeline.create", group=group, name=name, inputs=[{"node": node, "port": 0} for node in inputs]
        )["node"]
        self.server.call("proxy.apply", changes=[{"id": node, "values": values}])
        return str(node)

    def look(self, node: str, **params: Any) -> dict[str, Any]:
        before = self.settled()["version"]
        method = "display.representation" if "representation" in params else "display.set"
        self.server.call(method, node=node, **params)
        return self.scene(before)


@pytest.fixture
def geometry(server: Server) -> Iterator[Geometry]:
    server.demand(images=True, limit=LIMIT)
    yield Geometry(server)
    server.send(Demand(images=True))
    server.wait(lambda: not any(name.startswith("scene/") for name in server.topics))


def test_a_surface_with_normals(geometry: Geometry) -> None:
    node = geometry.create("SphereSource", ThetaResolution=16, PhiResolution=16)
    (part,) = geometry.settled()["parts"]
    mesh = part["mesh"]
    assert (mesh["triangles"]["items"], mesh["points"]["items"]) == (448, 226)
    assert part["node"] == node and part["block"] is None
    assert part["appearance"]["style"] == "surface" and not part["appearance"]["flat"]
    ids = geometry.values(mesh["triangles"])
    assert min(ids) == 0 and max(ids) == 225
    points = geometry.values(mesh["points"])
    assert max(abs(number) for number in points) == pytest.approx(0.5)
    normals = geometry.values(mesh["normals"])
    lengths = [sum(part * part for part in normals[at : at + 3]) for at in range(0, len(normals), 3)]
    assert lengths == pytest.approx([1.0] * 226, abs=1e-4)


def test_point_scalars_and_their_table_are_apart(geometry: Geometry, datasets: Path) -> None:
    server = geometry.server
    node = server.open(datasets / "surface.vtp")["node"]
    server.call("display.color_by", node=node, port=0, array="Normals", association="POINTS", component=0)
    before = geometry.settled()
    part = before["parts"][0]
    assert part["mesh"]["association"] == "POINTS" and part["array"] == "Normals"
    assert len(part["colors"]["colors"]) == 3 * 256
    server.blobs_sent.clear()
    name = server.display(node)["coloring"]["map"]
    wanted = next(
        item["name"] for item in server.call("color.presets")["presets"] if item["name"].startswith("Viridis")
    )
    server.call("color.preset", map=name, preset=wanted)
    after = geometry.scene(before["version"])
    assert after["parts"][0]["mesh"] == part["mesh"]
    assert after["parts"][0]["colors"]["colors"] != part["colors"]["colors"]
    server.call("color.rescale", node=node, mode="custom", range=[-0.25, 0.25])
    ranged = geometry.scene(after["version"])
    assert ranged["parts"][0]["colors"]["range"] == [-0.25, 0.25]
    uses = {server.blobs[hash_].use for hash_ in server.blobs_sent}
    assert uses <= {"annotations"}, "a change of colours sends no geometry"


def test_opacity_sends_nothing_but_the_scene(geometry: Geometry) -> None:
    node = geometry.create("SphereSource")
    geometry.settled()
    geometry.server.blobs_sent.clear()
    scene = geometry.look(node, opacity=0.25)
    assert scene["parts"][0]["appearance"]["opacity"] == 0.25
    assert geometry.server.blobs_sent == []


@pytest.mark.parametrize(
    ("representation", "style", "kind"),
    [
        ("Surface", "surface", "triangles"),
        ("Wireframe", "wireframe", "triangles"),
        ("Points", "points", "triangles"),
        ("Surface With Edges", "surface", "triangles"),
        ("Outline", "wireframe", "lines"),
    ],
)
def test_representations(geometry: Geometry, representation: str, style: str, kind: str) -> None:
    node = geometry.create("SphereSource")
    scene = geometry.look(node, representation=representation) if representation != "Surface" else geometry.settled()
    assert scene["unsupported_reason"] is None
    (part,) = scene["parts"]
    assert part["appearance"]["style"] == style
    assert part["mesh"][kind] is not None
    assert part["appearance"]["edges"] == (representation == "Surface With Edges")


def test_edges_are_those_of_the_cells_and_not_of_the_triangles(geometry: Geometry) -> None:
    node = geometry.create("PlaneSource", XResolution=3, YResolution=2)
    scene = geometry.look(node, representation="Surface With Edges")
    mesh = scene["parts"][0]["mesh"]
    assert mesh["triangles"]["items"] == 12
    ids = geometry.values(mesh["edges"])
    lines = {tuple(sorted(ids[at : at + 2])) for at in range(0, len(ids), 2)}
    assert len(lines) == 17  # 3 rows of 3 and 4 columns of 2, no diagonals


def test_cell_scalars_have_one_item_for_each_triangle(geometry: Geometry) -> None:
    plane = geometry.create("PlaneSource", XResolution=2, YResolution=2)
    high = geometry.create("ElevationFilter", group="filters", inputs=(plane,))
    cells = geometry.create("PointDataToCellData", group="filters", inputs=(high,))
    geometry.server.call("display.color_by", node=cells, port=0, array="Elevation", association="CELLS", component=0)
    mesh = geometry.settled()["parts"][0]["mesh"]
    assert mesh["association"] == "CELLS"
    assert mesh["triangles"]["items"] == mesh["scalars"]["items"] == 8
    values = geometry.values(mesh["scalars"])
    assert values[0::2] == values[1::2] and len(set(values)) > 1, "the two halves of a square have its value"


def test_blocks_are_parts_with_their_names(geometry: Geometry, datasets: Path) -> None:
    geometry.server.open(datasets / "blocks.vtm")
    scene = geometry.settled()
    assert scene["unsupported_reason"] is None
    assert len(scene["parts"]) == 2
    assert len({part["id"] for part in scene["parts"]}) == 2
    assert all(part["block"] for part in scene["parts"])


def test_a_volume(geometry: Geometry, datasets: Path) -> None:
    node = geometry.server.open(datasets / "image.vti")["node"]
    scene = geometry.look(node, representation="Volume")
    assert scene["unsupported_reason"] is None
    (part,) = scene["parts"]
    volume = part["volume"]
    assert volume["dimensions"] == [17, 17, 17] and volume["scalars"]["items"] == 17**3
    assert volume["origin"] == [-8.0, -8.0, -8.0] and volume["spacing"] == [1.0, 1.0, 1.0]
    assert volume["blend"] == "composite" and len(volume["opacity"]) >= 4
    low, high = part["colors"]["range"]
    values = geometry.values(volume["scalars"])
    assert low <= min(values) + 1 and high >= max(values) - 1


def test_a_slice_of_an_image(geometry: Geometry, datasets: Path) -> None:
    node = geometry.server.open(datasets / "image.vti")["node"]
    scene = geometry.look(node, representation="Slice")
    assert scene["unsupported_reason"] is None
    (part,) = scene["parts"]
    assert part["mesh"]["points"]["items"] == 17 * 17
    assert part["mesh"]["triangles"]["items"] == 2 * 16 * 16
    assert part["mesh"]["scalars"]["items"] == 17 * 17
    assert not part["appearance"]["lighting"]


def test_what_only_paraview_draws_is_said(geometry: Geometry) -> None:
    node = geometry.create("SphereSource")
    scene = geometry.look(node, representation="3D Glyphs")
    assert "Sphere1" in scene["unsupported_reason"] and "3D Glyphs" in scene["unsupported_reason"]
    assert scene["parts"] == []
    geometry.server.call("pipeline.rename", node=node, name="Ball")
    assert "Ball is drawn" in geometry.scene(after=scene["version"])["unsupported_reason"]
    assert geometry.look(node, representation="Surface")["unsupported_reason"] is None


def test_what_is_hidden_is_no_part(geometry: Geometry) -> None:
    node = geometry.create("SphereSource")
    before = geometry.settled()
    geometry.server.call("display.show", node=node, port=0, visible=False)
    assert geometry.scene(before["version"])["parts"] == []


def test_past_the_limit_nothing_is_sent(geometry: Geometry) -> None:
    server = geometry.server
    server.demand(images=True, limit=20_000)
    geometry.create("SphereSource", ThetaResolution=200, PhiResolution=200)
    server.blobs_sent.clear()
    scene = geometry.settled()
    assert scene["parts"] == [] and scene["bytes"] > 1_000_000
    assert "MB" in scene["unsupported_reason"] and "20 kB" in scene["unsupported_reason"]
    assert server.blobs_sent == []
    server.demand(images=True, limit=LIMIT)
    whole = geometry.scene(scene["version"])
    assert whole["unsupported_reason"] is None and whole["parts"]


def test_scalar_bar_and_text_are_a_picture_and_the_images_stay_as_they_were(geometry: Geometry, datasets: Path) -> None:
    server = geometry.server
    server.call("view.size", view=server.view["view"], width=400, height=300)
    node = server.open(datasets / "surface.vtp")["node"]
    server.call("display.color_by", node=node, port=0, array="Normals", association="POINTS", component=0)
    scene = geometry.settled()
    assert scene["annotations_size"] == [400, 300]
    pixels = server.blobs[scene["annotations"]["hash"]].payload
    alpha = pixels[3::4]
    assert 0 < sum(value > 0 for value in alpha) < len(alpha) / 2
    seen, first = server.still(server.last_seq - 1)
    server.call("view.set", view=server.view["view"], orientation_axes=True)
    _, second = server.still(seen.seq)
    assert first == second
    server.call("color.scalar_bar", node=node, visible=False)
    without = geometry.scene(scene["version"])
    assert without["annotations"] is None or without["annotations"]["hash"] != scene["annotations"]["hash"]


def test_a_time_step_seen_before_is_not_sent_again(geometry: Geometry, datasets: Path) -> None:
    server = geometry.server
    server.open(*sorted((datasets / "series").glob("ball_*.vtp")))
    first = geometry.settled()
    server.call("time.step", to="next")
    second = geometry.scene(first["version"])
    assert second["parts"][0]["mesh"]["points"] != first["parts"][0]["mesh"]["points"]
    server.blobs_sent.clear()
    server.call("time.step", to="previous")
    again = geometry.scene(second["version"])
    assert again["parts"][0]["mesh"]["points"] == first["parts"][0]["mesh"]["points"]
    assert not {"points", "indices"} & {server.blobs[hash_].use for hash_ in server.blobs_sent}


def test_what_the_gateway_dropped_comes_again(geometry: Geometry) -> None:
    server = geometry.server
    geometry.create("SphereSource")
    points = geometry.settled()["parts"][0]["mesh"]["points"]["hash"]
    server.blobs_sent.clear()
    server.send(Dropped([points]))
    server.wait(lambda: points in server.blobs_sent)


def test_a_coarse_copy_of_what_is_heavy(geometry: Geometry, coarse: bool) -> None:
    server = geometry.server
    server.demand(images=True, limit=LIMIT, lod=True)
    geometry.create("SphereSource", ThetaResolution=300, PhiResolution=300)
    whole = geometry.settled()["parts"][0]["mesh"]["triangles"]["items"]
    if not coarse:
        assert f"scene/{server.view['view']}/lod" not in server.topics
        return
    lod = geometry.scene(lod=True)
    assert lod["lod"] and lod["unsupported_reason"] is None
    assert 1000 < lod["parts"][0]["mesh"]["triangles"]["items"] < whole / 5
    assert lod["parts"][0]["mesh"]["normals"] is not None
    assert lod["parts"][0]["id"] == geometry.scene()["parts"][0]["id"]


def test_surroundings(geometry: Geometry) -> None:
    server = geometry.server
    before = geometry.settled()
    assert {light["kind"] for light in before["lights"]} == {"headlight", "camera"}
    assert before["orientation_axes"] is True
    server.call("view.set", view=server.view["view"], background=[0.25, 0.5, 0.75], orientation_axes=False)
    after = geometry.scene(before["version"])
    assert after["background"][0] == pytest.approx([0.25, 0.5, 0.75])
    assert after["orientation_axes"] is False


def test_the_camera_alone_changes_no_scene(geometry: Geometry) -> None:
    server = geometry.server
    geometry.create("SphereSource")
    before = geometry.settled()
    camera = {**server.view["camera"], "position": [3.0, 2.0, 1.0]}
    server.notify("view.camera.set", view=server.view["view"], camera=camera, motion=1, interactive=False)
    server.still(server.answered_seq)
    assert geometry.scene()["version"] == before["version"]


def test_without_images_the_scene_comes_all_the_same(geometry: Geometry) -> None:
    server = geometry.server
    server.demand(images=False, limit=LIMIT)
    before = geometry.scene()
    seen = server.last_seq
    geometry.create("ConeSource")
    scene = geometry.scene(before["version"])
    server.wait(lambda: geometry.scene()["parts"])
    assert geometry.scene()["parts"][0]["mesh"]["triangles"]["items"] > 0
    assert scene["version"] > before["version"] and server.last_seq == seen


def test_empty_data_is_an_empty_scene(geometry: Geometry) -> None:
    wavelet = geometry.create("RTAnalyticSource")
    geometry.server.call("display.show", node=wavelet, visible=False)
    geometry.create("Threshold", group="filters", inputs=(wavelet,), LowerThreshold=1e9, UpperThreshold=2e9)
    scene = geometry.settled()
    assert scene["unsupported_reason"] is None and scene["parts"] == []
