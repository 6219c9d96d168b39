"""Interactive and still images of a real ParaView: their detail, their order, and what bad input does to them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import BadRequest, NotFound
from tests.server.harness import Server

pytestmark = pytest.mark.paraview

HEAVY = {"ThetaResolution": 900, "PhiResolution": 900}
"""1.6 million triangles: too many for software OpenGL to draw 30 times a second."""


def sphere(server: Server, **values: Any) -> str:
    node = str(server.call("pipeline.create", group="sources", name="SphereSource")["node"])
    server.call("proxy.apply", changes=[{"id": node, "values": values}])
    server.still()
    return node


def orbit(server: Server, count: int) -> list[wire.Image]:
    """Turns the camera image by image; the images that came for it."""
    found: list[wire.Image] = []
    begin = max((image.motion for image in server.images), default=0)
    for step in range(1, count + 1):
        motion = begin + step
        camera = {**server.view["camera"], "position": [3.0, 0.1 * step, 2.0], "focal_point": [0.0, 0.0, 0.0]}
        server.notify("view.camera.set", view=server.view["view"], camera=camera, motion=motion, interactive=True)
        found.append(_came(server, motion))
    return found


def _came(server: Server, motion: int) -> wire.Image:
    image: wire.Image = server.wait(lambda: next((im for im in server.images if im.motion == motion), None))
    return image


def rest(server: Server, after: wire.Image) -> wire.Image:
    """The still image after the last one of a motion."""
    image: wire.Image = server.wait(lambda: next((im for im in server.images if im.seq > after.seq and im.still), None))
    return image


def test_what_is_heavy_is_coarse_and_smaller_while_it_moves_and_whole_at_rest(server: Server, coarse: bool) -> None:
    sphere(server, **HEAVY)
    images = orbit(server, 12)
    assert images[-1].lod == coarse and not images[-1].still
    still = rest(server, images[-1])
    assert not still.lod
    assert (still.width, still.height) == (server.view["width"], server.view["height"])
    assert still.render_ms > images[-1].render_ms


def test_what_is_light_moves_in_full(server: Server) -> None:
    sphere(server, ThetaResolution=12, PhiResolution=12)
    # A second for an image: whatever else the machine does, this is light.
    server.call("view.quality", view=server.view["view"], quality={"rate": 1.0, "full_size": False, "lod": True})
    server.call("view.size", view=server.view["view"], width=320, height=200)
    server.wait(lambda: server.images[-1].width == 320)
    images = orbit(server, 8)
    assert not any(image.lod for image in images)
    assert {(image.width, image.height) for image in images} == {(320, 200)}


def test_the_quality_of_interactive_images_is_kept_to(server: Server) -> None:
    sphere(server, **HEAVY)
    view = server.view["view"]
    quality = {"rate": 30.0, "full_size": True, "lod": False}
    server.call("view.quality", view=view, quality=quality)
    assert server.view["quality"] == quality
    images = orbit(server, 3)
    assert not any(image.lod for image in images)
    assert {image.width for image in images} == {server.view["width"]}


@pytest.mark.parametrize("rate", [0, -1, 1000, float("nan"), "fast"])
def test_a_rate_that_makes_no_sense_is_refused(server: Server, rate: Any) -> None:
    quality = {"rate": rate, "full_size": False, "lod": True}
    with pytest.raises(BadRequest):
        server.call("view.quality", view=server.view["view"], quality=quality)


def test_the_users_own_settings_of_the_view_are_what_is_saved(server: Server) -> None:
    sphere(server)
    rest(server, orbit(server, 3)[-1])
    saves = server.saves
    server.call("view.set", view=server.view["view"], orientation_axes=False)
    server.wait(lambda: server.saves > saves)
    assert server.work is not None
    state = ElementTree.parse(server.work)

    def saved(name: str) -> list[float]:
        elements = state.findall(f".//Property[@name='{name}']/Element")
        return [float(element.attrib["value"]) for element in elements]

    assert (saved("LODThreshold"), saved("LODResolution"), saved("UseFXAA")) == ([20.0], [0.5], [1.0])


def test_a_still_image_is_smoothed_and_a_moving_one_is_not(server: Server) -> None:
    """A white sphere before black: antialiasing alone makes edges grey beyond what shading does at the rim."""
    node = sphere(server, ThetaResolution=64, PhiResolution=64)
    server.call("view.quality", view=server.view["view"], quality={"rate": 5.0, "full_size": True, "lod": False})
    server.call("view.set", view=server.view["view"], orientation_axes=False, background=[0, 0, 0])
    representation = server.display(node)["representation_id"]
    server.call("proxy.set", id=representation, values={"Ambient": 1.0, "Diffuse": 0.0, "Specular": 0.0})

    def greys(image: wire.Image) -> int:
        begin = image.slot * wire.SLOT_BYTES
        reds = bytes(server.memory[begin : begin + image.width * image.height * 3 : 3])
        return sum(20 < value < 200 for value in reds)

    (moving,) = orbit(server, 1)
    rough = greys(moving)
    smooth = greys(rest(server, moving))
    assert smooth > rough + 50


def test_each_image_has_the_camera_it_was_made_with(server: Server) -> None:
    sphere(server)
    images = orbit(server, 10)
    heights = [(image.camera or {})["position"][1] for image in images]
    assert heights == pytest.approx([0.1 * step for step in range(1, 11)])
    assert (rest(server, images[-1]).camera or {})["position"][1] == pytest.approx(1.0)


def test_the_wait_of_a_camera_is_told(server: Server) -> None:
    sphere(server)
    waits = [image.wait_ms for image in orbit(server, 5)]
    assert all(0 < wait < 5000 for wait in waits)


def test_resizing_at_every_moment_ends_at_the_last_size_and_renders_little(server: Server) -> None:
    sphere(server)
    view, already = server.view["view"], server.last_seq
    ids = [server.begin("view.size", view=view, width=300 + step, height=200) for step in range(200)]
    for ident in ids:
        server.finish(ident)
    last = server.wait(lambda: next((im for im in server.images if im.width == 499), None))
    assert last.still
    assert last.seq - already < 100


@pytest.mark.parametrize("size", [(0, 100), (-5, 100), (30000, 30000), (100.5, 100), (float("inf"), 10)])
def test_a_size_that_no_screen_has_is_refused(server: Server, size: tuple[Any, Any]) -> None:
    before = server.view["width"], server.view["height"]
    with pytest.raises(BadRequest):
        server.call("view.size", view=server.view["view"], width=size[0], height=size[1])
    assert (server.view["width"], server.view["height"]) == before


def test_the_size_belongs_to_the_place_of_the_view_and_not_to_the_view(server: Server, tmp_path: Path) -> None:
    """A state that is opened takes its own view along: what was told to the one before holds for it."""
    sphere(server)
    before = server.view["view"]
    quality = {"rate": 12.0, "full_size": True, "lod": False}
    server.call("view.quality", view=before, quality=quality)
    server.call("view.set", view=before, orientation_axes=False)
    server.wait(lambda: server.work is not None and server.work.exists())
    state = tmp_path / "kept.pvsm"
    shutil.copyfile(str(server.work), state)
    seen = server.last_seq
    opening = server.begin("files.open", (state,), root="r", path=state.name, series=False)
    late = server.begin("view.size", view=before, width=500, height=300)
    server.finish(opening)
    server.finish(late)
    assert server.view["view"] != before
    assert (server.view["width"], server.view["height"], server.view["quality"]) == (500, 300, quality)
    server.wait(lambda: server.images[-1].still and server.images[-1].view == server.view["view"])
    fresh = [image for image in server.images if image.seq > seen and image.view != before]
    assert {(image.width, image.height) for image in fresh} == {(500, 300)}
    with pytest.raises(NotFound):
        server.call("view.size", view="1", width=500, height=300)


def test_a_size_that_comes_with_the_demand_holds_before_anything_is_drawn(server: Server) -> None:
    sphere(server)
    server.send(wire.Demand(images=False))
    server.call("view.quality", view=server.view["view"], quality=server.view["quality"])
    seen = server.last_seq
    server.send(wire.Demand(images=True, size=(640, 360, 1.0)))
    server.wait(lambda: server.last_seq > seen)
    image = next(image for image in server.images if image.seq > seen)
    assert (image.width, image.height, image.full) == (640, 360, (640, 360))
    assert (server.view["width"], server.view["height"]) == (640, 360)


def test_a_newer_camera_overtakes_the_still_image_of_an_older_one(server: Server) -> None:
    """The still image is due and waits for a slot; with the slot comes a newer camera."""
    sphere(server)
    view = server.view["view"]
    turned = {**server.view["camera"], "position": [3.0, 5.0, 2.0], "focal_point": [0.0, 0.0, 0.0]}
    params = {"view": view, "camera": turned, "motion": 2**41, "interactive": True}
    server.auto_free = False
    try:
        for _ in range(wire.SLOTS):
            seen = server.last_seq
            server.call("view.set", view=view, orientation_axes=True)
            server.still(seen)
        held = server.images[-1]
        server.call("view.set", view=view, orientation_axes=True)
        server.send(wire.Slot(held.slot), wire.Request(None, "view.camera.set", params, "test", "host"))
        following = server.wait(lambda: next((im for im in server.images if im.seq > held.seq), None))
        assert (following.motion, following.still) == (2**41, False)
    finally:
        server.auto_free = True
        server.send(*(wire.Slot(slot) for slot in range(wire.SLOTS)))


def test_a_camera_that_is_no_number_changes_nothing(server: Server) -> None:
    sphere(server)
    view, seen = server.view["view"], server.last_seq
    for bad in (float("nan"), float("inf"), None, "here", [1, 2]):
        camera = {**server.view["camera"], "position": [bad, 0, 0]}
        server.notify("view.camera.set", view=view, camera=camera, motion=2**40, interactive=True)
    server.call("view.set", view=view, orientation_axes=True)
    server.wait(lambda: server.last_seq > seen)
    assert not any(image.motion == 2**40 for image in server.images)


def test_playing_shows_steps_quickly_and_ends_still(server: Server, datasets: Any) -> None:
    files = sorted((datasets / "series").glob("ball_*.vtp"))
    server.open(*files)
    server.still()
    seen = server.last_seq
    server.call("time.play", playing=True, rate=20.0)
    server.wait(lambda: server.topics["time"]["playing"] is False)
    steps = server.wait(lambda: [image for image in server.images if image.seq > seen and not image.still])
    server.wait(lambda: server.images[-1].still)
    assert len(steps) >= 2 and not any(image.lod for image in steps)
