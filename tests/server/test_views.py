"""Several views: each has displays, a camera, a size, images and geometry of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.protocol.channel import Demand, ViewDemand
from pvw_desktop.protocol.errors import BadRequest, Failed, NotFound
from pvw_desktop.server.pv.views.registry import MAX_VIEWS
from tests.server.harness import Server

pytestmark = pytest.mark.paraview


@pytest.fixture
def second(server: Server) -> str:
    return str(server.call("view.create")["view"])


def sphere(server: Server, view: str | None = None) -> str:
    node = str(server.call("pipeline.create", group="sources", name="SphereSource", inputs=[])["node"])
    server.call("proxy.apply", changes=[{"id": node, "values": {}}], view=view)
    return node


def image_of(server: Server, view: str, motion: int) -> Any:
    """The still image of a view that shows a movement."""
    return server.wait(
        lambda: next((i for i in server.images if i.view == view and i.still and i.motion == motion), None)
    )


def test_a_new_view_is_empty_and_the_first_one_stays_first(server: Server) -> None:
    node = sphere(server)
    first = server.topics["pipeline"]["view"]
    second = server.call("view.create")["view"]
    assert server.topics["pipeline"]["view"] == first != second
    assert server.topics[f"view/{second}"]["kind"] == "render" and server.topics[f"view/{second}"]["bounds"] is None
    (port,) = server.node("Sphere1")["ports"]
    assert port["visible_in"] == [first] and port["can_show_in"] == [first, second]
    assert f"display/{second}/{node}/0" not in server.topics


def test_displays_are_each_view_s_own(server: Server, second: str) -> None:
    node = sphere(server)
    server.call("display.show", node=node, visible=True, view=second)
    server.call("display.representation", node=node, representation="Wireframe", view=second)
    server.call("display.set", node=node, opacity=0.25, view=second)
    assert (server.display(node)["representation"], server.display(node)["opacity"]) == ("Surface", 1.0)
    there = server.display(node, view=second)
    assert (there["representation"], there["opacity"], there["view"]) == ("Wireframe", 0.25, second)
    server.call("display.show", node=node, visible=False)
    assert server.node("Sphere1")["ports"][0]["visible_in"] == [second]


def test_what_is_applied_is_shown_in_the_view_that_is_named(server: Server, second: str) -> None:
    sphere(server, second)
    assert server.node("Sphere1")["ports"][0]["visible_in"] == [second]
    assert server.view["bounds"] is None and server.topics[f"view/{second}"]["bounds"] is not None


def test_cameras_and_sizes_are_each_view_s_own(server: Server, second: str) -> None:
    sphere(server)
    before = server.view["camera"]
    server.call("view.size", view=second, width=320, height=200)
    server.call("view.camera.reset", view=second, direction="+x")
    assert server.view["camera"] == before
    assert (server.topics[f"view/{second}"]["width"], server.view["width"]) == (320, 1280)
    moved = {**before, "position": [9.0, 0.0, 0.0]}
    server.notify("view.camera.set", view=second, camera=moved, motion=7, interactive=False)
    image = image_of(server, second, 7)
    assert (image.width, image.height) == (320, 200)
    assert list(image.camera["position"]) == [9.0, 0.0, 0.0]
    assert server.view["camera"] == before


def test_text_and_lines_of_a_view_grow_with_its_ratio_alone(server: Server, second: str) -> None:
    """The size and a placed camera as they were: there is nothing else to see it by."""
    sphere(server, second)
    server.call("view.size", view=second, width=320, height=200)
    camera = server.topics[f"view/{second}"]["camera"]
    server.notify("view.camera.set", view=second, camera=camera, motion=3, interactive=False)
    before = image_of(server, second, 3)
    server.call("view.size", view=second, width=320, height=200, ratio=2)
    assert server.topics[f"view/{second}"]["ratio"] == 2
    server.wait(lambda: [i for i in server.images if i.view == second and i.seq > before.seq and i.still])


def test_there_is_a_bound_to_views(server: Server) -> None:
    """Each has a window and is drawn at each change."""
    views = [server.call("view.create")["view"] for _ in range(MAX_VIEWS - 1)]
    with pytest.raises(BadRequest, match=f"{MAX_VIEWS} views"):
        server.call("view.create")
    server.call("view.delete", view=views[0])
    server.call("view.create")


def test_what_is_wanted_of_one_view_is_given_of_no_other(server: Server, second: str) -> None:
    sphere(server)
    server.call("display.show", node=server.node("Sphere1")["node"], visible=True, view=second)
    first = server.topics["pipeline"]["view"]
    seen = ViewDemand(True, 1 << 24, size=(320, 200, 1.0))
    server.send(Demand(True, {first: ViewDemand(False), second: seen}))
    server.wait(lambda: f"scene/{second}" in server.topics)
    assert f"scene/{first}" not in server.topics
    assert (server.topics[f"view/{second}"]["width"], server.view["width"]) == (320, 1280)
    count = len(server.images)
    for motion, view in ((8, first), (9, second)):
        camera = {**server.topics[f"view/{view}"]["camera"], "position": [9.0, 0.0, 0.0]}
        server.notify("view.camera.set", view=view, camera=camera, motion=motion, interactive=False)
    image_of(server, second, 9)
    assert {image.view for image in server.images[count:]} == {second}
    server.send(Demand(True))
    image_of(server, first, 8)
    server.wait(lambda: f"scene/{second}" not in server.topics)


def test_what_is_changed_around_the_data_of_one_view_draws_no_other(server: Server, second: str) -> None:
    sphere(server)
    drawn = {server.topics["pipeline"]["view"], second}
    server.wait(lambda: drawn == {i.view for i in server.images if i.still and i.seq > server.answered_seq})
    count = len(server.images)
    server.call("view.set", view=second, background=[0.2, 0.4, 0.6])
    server.call("view.camera.reset", view=second, direction="+y")
    camera = {**server.topics[f"view/{second}"]["camera"], "position": [0.0, 9.0, 0.0]}
    server.notify("view.camera.set", view=second, camera=camera, motion=5, interactive=False)
    image_of(server, second, 5)
    # Another round: whatever was due in the first view would have come before its answer's image.
    server.call("view.set", view=second, background=[0.6, 0.4, 0.2])
    server.notify("view.camera.set", view=second, camera=camera, motion=6, interactive=False)
    image_of(server, second, 6)
    assert {image.view for image in server.images[count:]} == {second}


def test_a_view_that_is_gone_is_told_and_takes_nothing_along(server: Server, second: str) -> None:
    node = sphere(server)
    server.call("display.show", node=node, visible=True, view=second)
    server.call("view.delete", view=second)
    assert not [name for name in server.topics if second in name.split("/")[1:2]]
    assert server.node("Sphere1")["ports"][0]["visible_in"] == [server.topics["pipeline"]["view"]]
    for method, params in (
        ("view.delete", {}),
        ("view.camera.reset", {}),
        ("view.set", {"orientation_axes": False}),
        ("display.show", {"node": node, "visible": True}),
        ("display.set", {"node": node, "opacity": 0.5}),
        ("proxy.apply", {"changes": [{"id": node, "values": {}}]}),
    ):
        with pytest.raises(NotFound, match="view is gone"):
            server.call(method, view=second, **params)
    with pytest.raises(BadRequest, match="last view stays"):
        server.call("view.delete", view=server.topics["pipeline"]["view"])


def test_a_gone_view_keeps_no_display_of_a_node_without_a_result(server: Server, second: str, datasets: Path) -> None:
    node = server.open(datasets / "mesh.vtu", view=second)["node"]
    server.call("display.show", node=node, visible=False, view=second)
    with pytest.raises(Failed):
        cut = str(datasets / "broken" / "cut.vtu")
        server.call("proxy.apply", changes=[{"id": node, "values": {"FileName": cut}}])
    assert server.node("mesh.vtu")["state"] == "modified" and f"display/{second}/{node}/0" in server.topics
    server.call("view.delete", view=second)
    assert not [name for name in server.topics if second in name.split("/")[1:2]]


def test_what_waits_behind_a_state_opens_where_its_view_was(server: Server, datasets: Path, tmp_path: Path) -> None:
    sphere(server)
    view, state = server.topics["pipeline"]["view"], tmp_path / "sphere.pvsm"
    state.write_bytes(server.saved())
    asked = [
        server.begin("files.open", (str(path),), root="r", path=path.name, series=False, view=view)
        for path in (state, datasets / "mesh.vtu")
    ]
    for ident in asked:
        server.finish(ident)
    now = server.topics["pipeline"]["view"]
    assert now != view
    assert server.node("mesh.vtu")["ports"][0]["visible_in"] == [now]


def test_removing_everything_leaves_one_empty_view(server: Server, second: str) -> None:
    node = sphere(server, second)
    server.call("pipeline.clear")
    assert server.nodes == [] and [name for name in server.topics if name.startswith("view/")] == [
        f"view/{server.topics['pipeline']['view']}"
    ]
    assert not [name for name in server.topics if node in name.split("/")]


def test_a_name_draws_nothing(server: Server) -> None:
    node = sphere(server)
    server.still(server.answered_seq)
    drawn = server.last_seq
    server.call("pipeline.rename", node=node, name="Ball")
    server.call("display.set", node=node, opacity=0.5)
    image, _ = server.still(drawn)
    assert image.seq == drawn + 1
