"""Displays, colour maps, views, cameras and images."""

from __future__ import annotations

import math
import struct
from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.protocol.errors import BadRequest, Failed, NotFound
from tests.server.harness import Server

pytestmark = pytest.mark.paraview


@pytest.fixture
def mesh(server: Server, datasets: Path) -> str:
    return str(server.open(datasets / "mesh.vtu")["node"])


def test_a_mesh_is_coloured_at_first_sight(server: Server, mesh: str) -> None:
    coloring = server.display(mesh)["coloring"]
    assert (coloring["array"], coloring["association"], coloring["scalar_bar"]) == ("RTData", "POINTS", True)
    low, high = server.topics["color/RTData"]["range"]
    array = server.display(mesh)["arrays"][0]
    assert [low, high] == pytest.approx(array["ranges"][0])
    assert server.topics["color/RTData"]["preset"], "the colour map that ParaView begins with has no name"


def infinities(folder: Path) -> Path:
    """A plane with an infinity, its opposite and NaN among the values of a float, a double and a vector."""
    head = "# vtk DataFile Version 3.0\nx\nBINARY\nDATASET STRUCTURED_POINTS\nDIMENSIONS 5 2 1\nORIGIN 0 0 0\n"
    values = (2.0, math.inf, -math.inf, math.nan, 5.0) * 2
    arrays = [
        b"SPACING 1 1 1\nPOINT_DATA 10\nSCALARS single float\nLOOKUP_TABLE default\n" + struct.pack(">10f", *values),
        b"\nSCALARS double double\nLOOKUP_TABLE default\n" + struct.pack(">10d", *values),
        b"\nVECTORS vector double\n" + struct.pack(">30d", *(part for value in values for part in (value, 0, 0))),
        b"\nSCALARS nothing double\nLOOKUP_TABLE default\n" + struct.pack(">10d", *[math.nan] * 10),
    ]
    (folder / "infinite.vtk").write_bytes(head.encode() + b"".join(arrays))
    return folder / "infinite.vtk"


def test_a_range_is_that_of_what_is_finite(server: Server, tmp_path: Path) -> None:
    node = server.open(infinities(tmp_path))["node"]
    ranges = {array["name"]: array["ranges"] for array in server.topics[f"info/{node}/0"]["arrays"]}
    assert ranges["single"] == ranges["double"] == [[2, 5]]
    assert ranges["vector"] == [[2, 5], [2, 5], [0, 0], [0, 0]]
    assert ranges["nothing"] == [None]
    server.call("display.color_by", node=node, array="double")
    assert server.topics["color/double"]["range"] == [2, 5]


def test_solid_color_and_back(server: Server, mesh: str) -> None:
    server.call("display.color_by", node=mesh, array=None)
    assert server.display(mesh)["coloring"] is None
    server.call("display.color_by", node=mesh, array="RTData")
    assert server.display(mesh)["coloring"]["scalar_bar"]
    with pytest.raises(NotFound):
        server.call("display.color_by", node=mesh, array="Pressure")


def test_component(server: Server, datasets: Path) -> None:
    node = server.open(datasets / "surface.vtp")["node"]
    server.call("display.color_by", node=node, array="Normals", component=1)
    assert server.display(node)["coloring"]["component"] == 1
    server.call("display.color_by", node=node, array="Normals", component=-1)
    assert server.display(node)["coloring"]["component"] == -1
    with pytest.raises(BadRequest):
        server.call("display.color_by", node=node, array="Normals", component=3)


def test_representations(server: Server, mesh: str) -> None:
    for kind in ("Wireframe", "Points", "Surface With Edges", "Outline", "Surface"):
        server.call("display.representation", node=mesh, representation=kind)
        assert server.display(mesh)["representation"] == kind
    with pytest.raises(BadRequest):
        server.call("display.representation", node=mesh, representation="Hologram")


def test_volume(server: Server, datasets: Path) -> None:
    node = server.open(datasets / "image.vti")["node"]
    server.call("display.representation", node=node, representation="Volume")
    assert server.display(node)["representation"] == "Volume"
    assert server.display(node)["coloring"]["array"] == "RTData"
    server.still(server.answered_seq)


def test_plain_looks(server: Server, mesh: str) -> None:
    server.call("display.color_by", node=mesh, array=None)
    server.call("display.set", node=mesh, opacity=0.4, line_width=3, point_size=5, solid_color=[1, 0, 0])
    found = server.display(mesh)
    assert (found["opacity"], found["line_width"], found["point_size"]) == (0.4, 3, 5)
    assert found["solid_color"] == [1, 0, 0]
    with pytest.raises(BadRequest):
        server.call("display.set", node=mesh, opacity=2)


def test_what_is_refused_in_part_is_refused_whole(server: Server, mesh: str) -> None:
    before, view = server.display(mesh), server.view
    with pytest.raises(BadRequest):
        server.call("display.set", node=mesh, opacity=0.2, line_width=4, solid_color=[2, 0, 0])
    with pytest.raises(BadRequest):
        server.call("view.set", view=view["view"], orientation_axes=False, parallel=True, background=[0, 0, 7])
    assert server.display(mesh) == before and server.view == view


def test_hidden_and_shown(server: Server, mesh: str) -> None:
    server.call("display.show", node=mesh, visible=False)
    assert not server.display(mesh)["visible"] and server.view["bounds"] is None
    server.call("display.show", node=mesh, visible=True)
    assert server.display(mesh)["visible"] and server.view["bounds"] is not None


def test_rescale(server: Server, mesh: str) -> None:
    data = server.topics["color/RTData"]["range"]
    server.call("color.rescale", node=mesh, mode="custom", range=[10, 20])
    assert server.topics["color/RTData"]["range"] == [10, 20]
    for mode in ("data", "time", "visible"):
        server.call("color.rescale", node=mesh, mode=mode)
        low, high = server.topics["color/RTData"]["range"]
        assert low >= data[0] - 1e-3 and high <= data[1] + 1e-3 and low < high
    with pytest.raises(BadRequest):
        server.call("color.rescale", node=mesh, mode="custom", range=[5, 5])


def test_rescale_needs_an_array(server: Server, mesh: str) -> None:
    server.call("display.color_by", node=mesh, array=None)
    with pytest.raises(BadRequest, match="solid color"):
        server.call("color.rescale", node=mesh, mode="data")


def test_presets(server: Server, mesh: str) -> None:
    presets = server.call("color.presets")["presets"]
    assert len(presets) > 50 and all(len(preset["colors"]) == 32 for preset in presets)
    wanted = next(preset for preset in presets if preset["name"].startswith("Viridis"))
    before = server.topics["color/RTData"]
    server.call("color.preset", map="RTData", preset=wanted["name"])
    after = server.topics["color/RTData"]
    assert after["colors"][0] == "#440154" and after["range"] == before["range"] and after["preset"] == wanted["name"]
    server.call("color.preset", map="RTData", preset=wanted["name"], invert=True)
    assert server.topics["color/RTData"]["colors"][-1] == "#440154"
    with pytest.raises(NotFound):
        server.call("color.preset", map="RTData", preset="No such")


def test_log_scale(server: Server, mesh: str) -> None:
    server.call("color.log", map="RTData", log=True)
    assert server.topics["color/RTData"]["log"]
    server.call("color.log", map="RTData", log=False)
    assert not server.topics["color/RTData"]["log"]
    server.call("color.rescale", node=mesh, mode="custom", range=[-5, 20])
    with pytest.raises(BadRequest, match="above zero"):
        server.call("color.log", map="RTData", log=True)


def test_scalar_bar(server: Server, mesh: str) -> None:
    server.call("color.scalar_bar", node=mesh, visible=False)
    assert not server.display(mesh)["coloring"]["scalar_bar"]
    server.call("color.scalar_bar", node=mesh, visible=True)
    assert server.display(mesh)["coloring"]["scalar_bar"]


# --- view


def move(server: Server, camera: dict[str, Any], **extra: Any) -> None:
    server.notify("view.camera.set", view=server.view["view"], camera=camera, **extra)


def test_camera_and_images_belong_together(server: Server, mesh: str) -> None:
    camera = dict(server.view["camera"], position=[40.0, 30.0, 20.0])
    move(server, camera, motion=7, interactive=True)
    image = server.wait(lambda: next((im for im in server.images if im.motion == 7), None))
    assert not image.still and image.client == "test" and image.camera["position"] == [40, 30, 20]
    still, _ = server.still(image.seq)
    assert still.motion == 7 and (still.width, still.height) == (server.view["width"], server.view["height"])


def test_a_flood_of_cameras_ends_at_the_last_one(server: Server, mesh: str) -> None:
    camera = server.view["camera"]
    already = server.last_seq
    for step in range(1, 301):
        angle = step / 50
        move(server, dict(camera, position=[50 * math.cos(angle), 50 * math.sin(angle), 5]), motion=step + 1000)
    still = server.wait(lambda: next((im for im in server.images if im.motion == 1300 and im.still), None))
    rendered = [image for image in server.images if already < image.seq <= still.seq]
    assert len(rendered) < 150, "cameras that were out of date were rendered all the same"
    assert [image.motion for image in rendered] == sorted(image.motion for image in rendered)


def test_a_camera_that_looks_nowhere_is_refused(server: Server, mesh: str) -> None:
    camera = dict(server.view["camera"], position=[1, 1, 1], focal_point=[1, 1, 1])
    with pytest.raises(BadRequest):
        server.call("view.camera.set", view=server.view["view"], camera=camera)
    with pytest.raises(BadRequest):
        server.call("view.camera.set", view=server.view["view"], camera=dict(camera, position=["a", 0, 0]))


@pytest.mark.parametrize("direction, axis, sign", [("+x", 0, -1), ("-x", 0, 1), ("+y", 1, -1), ("-z", 2, 1)])
def test_looking_along_an_axis(server: Server, mesh: str, direction: str, axis: int, sign: int) -> None:
    version = server.view["camera_version"]
    server.call("view.camera.reset", view=server.view["view"], direction=direction)
    camera = server.view["camera"]
    offset = [eye - focus for eye, focus in zip(camera["position"], camera["focal_point"], strict=True)]
    assert offset[axis] * sign > 10 and all(abs(part) < 1e-6 for i, part in enumerate(offset) if i != axis)
    assert server.view["camera_version"] > version


def test_size(server: Server, mesh: str) -> None:
    server.call("view.size", view=server.view["view"], width=500, height=300, ratio=2)
    image = server.wait(lambda: next((im for im in server.images if (im.width, im.height) == (500, 300)), None))
    assert image.still
    server.call("view.size", view=server.view["view"], width=16000, height=9000)
    assert (server.view["width"], server.view["height"]) == (7680, 4320)
    server.call("view.size", view=server.view["view"], width=640, height=400)
    server.wait(lambda: next((im for im in server.images if (im.width, im.height) == (640, 400)), None))
    with pytest.raises(BadRequest):
        server.call("view.size", view=server.view["view"], width=0, height=400)


def test_a_camera_that_nobody_moved_fits_the_shape_of_the_view(server: Server, mesh: str) -> None:
    view = server.view["view"]

    def distance() -> float:
        camera = server.view["camera"]
        return math.dist(camera["position"], camera["focal_point"])

    server.call("view.camera.reset", view=view, direction="iso")
    wide = distance()
    server.call("view.size", view=view, width=300, height=600)
    narrow = distance()
    assert narrow > 1.5 * wide
    move(server, server.view["camera"])
    server.call("view.size", view=view, width=640, height=400)
    assert distance() == pytest.approx(narrow)


def test_surroundings(server: Server, mesh: str) -> None:
    view = server.view["view"]
    server.call("view.set", view=view, background=[1, 1, 1], orientation_axes=False, parallel=True)
    found = server.view
    assert found["background"] == [1, 1, 1] and not found["orientation_axes"] and found["camera"]["parallel"]
    _, pixels = server.still(server.answered_seq)
    assert pixels[:3] == b"\xff\xff\xff"
    server.call("view.set", view=view, background=[0.3, 0.3, 0.4], orientation_axes=True, parallel=False)


def test_no_slot_no_render(server: Server, mesh: str) -> None:
    """Back-pressure: with both slots taken nothing is rendered, and the newest camera follows when one is free."""
    from pvw_desktop.protocol.channel import Slot

    server.still(server.answered_seq)
    server.auto_free = False
    camera, begin = server.view["camera"], server.last_seq
    taken = []
    for step in range(1, 6):
        move(server, dict(camera, position=[50, 5, step]), motion=2000 + step, interactive=False)
        server.call("color.presets")
        taken = [image for image in server.images if image.seq > begin]
    assert len(taken) == 2
    server.auto_free = True
    for image in taken:
        server.send(Slot(image.slot))
    server.wait(lambda: server.images[-1].motion == 2005)


def test_the_picture_is_the_right_way_up(server: Server, datasets: Path) -> None:
    """Rows come bottom first: a cone that points up is narrow in the last rows."""
    node = server.call("pipeline.create", group="sources", name="ConeSource", inputs=[])["node"]
    server.call("proxy.apply", changes=[{"id": node, "values": {"Direction": [0, 1, 0], "Resolution": 60}}])
    server.call("display.color_by", node=node, array=None)
    server.call("view.set", view=server.view["view"], background=[0, 0, 0], orientation_axes=False)
    server.call("view.camera.reset", view=server.view["view"], direction="-z")
    image, pixels = server.still(server.answered_seq)
    widths = []
    for share in (0.35, 0.65):
        begin = int(image.height * share) * image.width * 3
        row = pixels[begin : begin + image.width * 3]
        widths.append(sum(1 for index in range(0, len(row), 3) if row[index] > 30))
    assert widths[0] > 1.3 * widths[1] > 0
    server.call("view.set", view=server.view["view"], background=[0.3, 0.3, 0.4], orientation_axes=True)


# --- time


def test_time(server: Server, datasets: Path) -> None:
    server.open(datasets / "ball.pvd")
    assert server.topics["time"]["index"] == 0
    server.call("time.step", to="next")
    assert (server.topics["time"]["time"], server.topics["time"]["index"]) == (0.5, 1)
    server.call("time.step", to="last")
    assert server.topics["time"]["time"] == 1.5
    server.call("time.step", to="next")
    assert server.topics["time"]["time"] == 1.5
    before = server.view["bounds"]
    server.call("time.set", time=0)
    assert server.topics["time"]["index"] == 0 and server.view["bounds"] != before


def test_play_to_the_end_and_around(server: Server, datasets: Path) -> None:
    server.open(datasets / "ball.pvd")
    server.call("time.play", playing=True, rate=30, loop=False)
    server.wait(lambda: not server.topics["time"]["playing"])
    assert server.topics["time"]["time"] == 1.5
    server.call("time.play", playing=True, rate=30, loop=True)
    for expected in (1.0, 0.0, 1.0):
        server.wait(lambda expected=expected: server.topics["time"]["time"] == expected)  # type: ignore[misc]
    server.call("time.play", playing=False, loop=False)
    assert not server.topics["time"]["playing"]


def test_nothing_to_play(server: Server, mesh: str) -> None:
    with pytest.raises(BadRequest, match="no time steps"):
        server.call("time.play", playing=True)


def test_nothing_to_look_at(server: Server) -> None:
    with pytest.raises((NotFound, Failed)):
        server.call("display.set", node="1", opacity=1)


def test_a_reset_with_nothing_drawn_leaves_the_camera_where_it_is(server: Server, mesh: str) -> None:
    looked = server.view["camera"]
    server.call("display.show", node=mesh, visible=False)
    server.call("view.camera.reset", view=server.view["view"])
    assert server.view["camera"] == looked
    server.call("view.camera.reset", view=server.view["view"], direction="+x")
    turned = server.view["camera"]
    assert turned["focal_point"] == looked["focal_point"] and turned["view_up"] == [0, 0, 1]
    away = [focus - eye for focus, eye in zip(turned["focal_point"], turned["position"], strict=True)]
    was = [focus - eye for focus, eye in zip(looked["focal_point"], looked["position"], strict=True)]
    assert away == pytest.approx([math.dist(was, (0, 0, 0)), 0, 0]), "as far away as before"
    server.call("display.show", node=mesh, visible=True)
    server.call("view.camera.reset", view=server.view["view"])
    assert server.view["camera"]["focal_point"] == looked["focal_point"]
