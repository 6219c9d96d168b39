"""State files: what this page does not show stays in them, 2D mode is ParaView's, and nothing is left after Remove
everything. What is saved, restored, and why a save fails."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import Failed
from tests.server.harness import Server

pytestmark = pytest.mark.paraview

SIZE = 640, 400


@pytest.fixture(scope="module")
def several(pvpython: str, x_server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `several.pvsm` and `flat.png`, by plain pvpython."""
    folder = tmp_path_factory.mktemp("several")
    script = Path(__file__).with_name("plain_state.py")
    subprocess.run(
        [pvpython, "--force-offscreen-rendering", str(script), str(folder)],
        check=True,
        timeout=110,
        env={**os.environ, "DISPLAY": x_server},
    )
    return folder


def extent(image: Image.Image) -> tuple[int, int, int, int]:
    """The box around what is not black."""
    box = image.convert("L").point(lambda value: 255 * (value > 40)).getbbox()
    assert box
    return box


def picture(server: Server, after: int) -> Image.Image:
    frame, rows = server.still(after)
    return Image.frombytes("RGB", (frame.width, frame.height), rows).transpose(Image.Transpose.FLIP_TOP_BOTTOM)


def sized(server: Server) -> None:
    server.call("view.size", view=server.view["view"], width=SIZE[0], height=SIZE[1], ratio=1)


def renamed_and_saved(server: Server) -> Path:
    """The work, once a change of name is in it."""
    work = server.work
    assert work is not None
    server.call("pipeline.rename", node=server.node("Wavelet1")["node"], name="renamed")
    server.wait(lambda: work.exists() and "renamed" in work.read_text())
    return work


def proxies(path: Path, group: str) -> list[str]:
    """Names in a group of a state file."""
    items = ElementTree.parse(path).getroot().iterfind(f".//ProxyCollection[@name='{group}']/Item")
    return sorted(str(item.get("name")) for item in items)


def plain_values(proxy: dict[str, Any]) -> dict[str, Any]:
    """A proxy's values but for those that are proxies, whose ids differ."""
    return {item["name"]: item["value"] for item in proxy["properties"] if not item["proxies"]}


def test_views_of_kinds_that_no_page_knows_are_named_and_what_was_shown_has_a_view(
    server: Server, several: Path
) -> None:
    server.open(several / "several.pvsm")
    (note,) = [note for note in server.notes if note.level == "info"]
    assert note.message.startswith("several.pvsm also has ") and "(Line Chart View)" in note.message
    assert note.message.endswith("not shown here, and kept in the state when it is saved.")
    server.notes.clear()
    server.open(several / "chart.pvsm")
    (note,) = [note for note in server.notes if note.level == "info"]
    assert note.message.startswith("chart.pvsm also has ") and note.message.count("(") == 1
    assert [name for name in server.topics if name.startswith("view/")] == [f"view/{server.view['view']}"]
    assert server.view["kind"] == "render"
    server.call("display.show", node=server.node("Wavelet1")["node"], visible=True)
    assert server.is_visible("Wavelet1")


def test_2d_mode_draws_as_paraview_does(server: Server, several: Path) -> None:
    server.open(several / "several.pvsm")
    sized(server)
    wanted = extent(Image.open(several / "flat.png"))
    frame = server.wait(lambda: next((im for im in server.images if (im.width, im.height) == SIZE and im.still), None))
    assert extent(picture(server, frame.seq - 1)) == pytest.approx(wanted, abs=2)
    assert server.view["camera"]["parallel"], "a page that draws by itself has to know"
    camera = server.view["camera"]
    server.notify("view.camera.set", view=server.view["view"], camera=camera, motion=1, interactive=False)
    frame = server.wait(lambda: next((im for im in server.images if im.motion == 1 and im.still), None))
    assert extent(picture(server, frame.seq - 1)) == pytest.approx(wanted, abs=2)


def test_what_is_not_shown_is_said_and_kept(server: Server, several: Path) -> None:
    server.open(several / "several.pvsm")
    said = " ".join(note.message for note in server.notes)
    assert "LineChartView1" in said and "RenderView2" in said and "kept" in said
    assert {node["name"]: node["state"] for node in server.nodes} == {
        "Wavelet1": "ok", "PlotOverLine1": "ok", "Sphere1": "ok"
    }  # fmt: skip
    work = renamed_and_saved(server)
    for group in ("views", "layouts", "representations", "animation"):
        assert len(proxies(work, group)) == len(proxies(several / "several.pvsm", group)), group


def test_the_saved_state_opens_in_plain_paraview(server: Server, several: Path, pvpython: str, x_server: str) -> None:
    server.open(several / "several.pvsm")
    work = renamed_and_saved(server)
    script = (
        "from paraview.simple import *; LoadState({!r}); print(sorted(k[0] for k in GetSources()), len(GetViews()))"
    )
    answer = subprocess.run(
        [pvpython, "--force-offscreen-rendering", "-c", script.format(str(work))],
        capture_output=True, text=True, timeout=110, env={**os.environ, "DISPLAY": x_server},
    )  # fmt: skip
    assert "['PlotOverLine1', 'Sphere1', 'renamed'] 3" in answer.stdout, answer.stderr[-2000:]


def test_after_remove_everything_the_session_is_a_fresh_one(
    pvpython: str, x_server: str, several: Path, datasets: Path, tmp_path: Path
) -> None:
    server = Server(pvpython, x_server, work=tmp_path / "work.pvsm")
    sized(server)
    before = {name: value for name, value in server.topics.items()}
    view = server.view
    server.open(datasets / "ball.pvd")
    server.call("time.step", to="last")
    assert server.topics["time"]["time"] == 1.5
    server.open(several / "several.pvsm")
    server.call("view.set", view=server.view["view"], orientation_axes=False, background=[1.0, 0.5, 0.0])
    server.call("pipeline.clear")
    now, ident = server.topics, server.view["view"]
    assert now["time"] == before["time"]
    for name in ("camera", "center_of_rotation", "orientation_axes", "background", "bounds"):
        assert server.view[name] == view[name], name
    assert plain_values(now[f"proxy/{ident}"]) == plain_values(before[f"proxy/{view['view']}"])
    saved = tmp_path / "work.pvsm"
    server.call("pipeline.create", group="sources", name="ConeSource", inputs=[])
    server.wait(lambda: saved.exists() and "Cone1" in saved.read_text())
    assert len(proxies(saved, "views")) == 1
    assert not proxies(saved, "representations") and not proxies(saved, "lookup_tables")
    assert server.close() == 0


def test_a_missing_file_is_an_error_and_apply_reads_it_once_it_is_back(
    pvpython: str, x_server: str, datasets: Path, tmp_path: Path
) -> None:
    data, away, work = tmp_path / "mesh.vtu", tmp_path / "away", tmp_path / "work.pvsm"
    shutil.copyfile(datasets / "mesh.vtu", data)
    first = Server(pvpython, x_server, work=work)
    first.open(data)
    first.send(wire.Quit())
    assert first.process.wait(120) == 0
    first.close()
    os.rename(data, away)
    server = Server(pvpython, x_server, work=work, restore=work)
    node = server.node("mesh.vtu")
    assert node["state"] == "error" and "mesh.vtu is not there any more" in node["message"]
    with pytest.raises(Failed, match="not there any more"):
        server.call("proxy.apply", node=node["node"], changes=[])
    sphere = server.call("pipeline.create", group="sources", name="SphereSource", inputs=[])["node"]
    server.call("proxy.apply", node=sphere, changes=[])
    assert not server.notes, "the node says it, and nothing has to repeat it"
    server.call("pipeline.delete", node=sphere)
    os.rename(away, data)
    server.call("proxy.apply", node=node["node"], changes=[])
    assert server.topics[f"info/{node['node']}/0"]["points"] == 4913
    assert server.node("mesh.vtu")["state"] == "ok" and server.node("mesh.vtu")["ports"][0]["visible_in"]
    assert server.close() == 0


def test_what_nobody_sees_has_no_result_after_a_restore_and_gets_it_when_asked(
    pvpython: str, x_server: str, datasets: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work.pvsm"
    first = Server(pvpython, x_server, work=work)
    mesh = first.open(datasets / "mesh.vtu")["node"]
    shrink = first.call("pipeline.create", group="filters", name="ShrinkFilter", inputs=[{"node": mesh, "port": 0}])
    first.call("proxy.apply", node=shrink["node"], changes=[])
    points = first.topics[f"info/{shrink['node']}/0"]["points"]
    assert points > 4913
    for node in (shrink["node"], mesh):
        first.call("display.show", node=node, visible=False)
    table = first.open(datasets / "table.csv")["node"]
    rows = first.topics[f"info/{table}/0"]["cells"]
    first.send(wire.Quit())
    assert first.process.wait(120) == 0
    first.close()
    second = Server(pvpython, x_server, work=work, restore=work)
    states = {node["name"]: node["state"] for node in second.nodes}
    assert states == {"mesh.vtu": "modified", "Shrink1": "modified", "table.csv": "ok"}
    assert rows > 0 and second.topics[f"info/{second.node('table.csv')['node']}/0"]["cells"] == rows
    ident = second.node("Shrink1")["node"]
    assert not any(name.startswith(f"info/{ident}") for name in second.topics), "no numbers of what is not there"
    assert second.node("Shrink1")["ports"][0]["can_show_in"]
    second.call("display.show", node=ident, visible=True)
    assert {node["name"]: node["state"] for node in second.nodes} == dict.fromkeys(states, "ok")
    assert second.topics[f"info/{ident}/0"]["points"] == points
    assert second.topics[f"info/{second.node('mesh.vtu')['node']}/0"]["points"] == 4913
    assert second.close() == 0


def test_a_node_in_error_is_still_in_error_after_a_restore(
    pvpython: str, x_server: str, datasets: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work.pvsm"
    first = Server(pvpython, x_server, work=work)
    reader = first.call("pipeline.create", group="sources", name="XMLUnstructuredGridReader", inputs=[])["node"]
    broken = [str(datasets / "broken" / "cut.vtu")]
    with pytest.raises(Failed):
        first.call("proxy.apply", changes=[{"id": reader, "values": {"FileName": broken}}])
    wavelet = first.call("pipeline.create", group="sources", name="RTAnalyticSource", inputs=[])["node"]
    first.call("proxy.apply", changes=[{"id": wavelet, "values": {}}])
    inputs = [{"node": wavelet, "port": 0}]
    calculator = first.call("pipeline.create", group="filters", name="Calculator", inputs=inputs)["node"]
    first.call("proxy.apply", changes=[{"id": calculator, "values": {"Function": "nonsense <&> +"}}])
    first.call("pipeline.create", group="filters", name="Clip", inputs=inputs)
    was = [(node["name"], node["state"], node["message"]) for node in first.nodes]
    assert sorted(state for _, state, _ in was) == ["error", "error", "new", "ok"]
    first.send(wire.Quit())
    assert first.process.wait(120) == 0
    first.close()
    second = Server(pvpython, x_server, work=work, restore=work)
    assert [(node["name"], node["state"], node["message"]) for node in second.nodes] == was
    assert [node["file"] for node in second.nodes if node["file"]] == ["cut.vtu"]
    assert second.close() == 0


def test_a_save_that_fails_says_what_stops_it(pvpython: str, x_server: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    server = Server(pvpython, x_server, work=folder / "work.pvsm")
    folder.rename(tmp_path / "gone")
    server.call("pipeline.create", group="sources", name="SphereSource", inputs=[])
    server.wait(lambda: server.notes)
    assert "folder is gone" in server.notes[-1].message and "disk is full" not in server.notes[-1].message
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "work.pvsm.new").mkdir()  # root may write everywhere: a folder in the way stops it too
    server.call("pipeline.create", group="sources", name="ConeSource", inputs=[])
    server.wait(lambda: len(server.notes) > 1)
    assert "directory" in server.notes[-1].message
    assert server.close() == 0


def test_a_disk_that_takes_no_more_says_so(pvpython: str, x_server: str, tmp_path: Path) -> None:
    """ParaView leaves a cut file and says nothing; a limit of the process stands for the end of the disk."""
    work = tmp_path / "work.pvsm"
    server = Server(pvpython, x_server, work=work)
    server.call("pipeline.create", group="sources", name="SphereSource", inputs=[])
    server.wait(lambda: work.exists() and "Sphere1" in work.read_text())
    whole = work.read_bytes()
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
    server.call("pipeline.create", group="sources", name="ConeSource", inputs=[])
    server.wait(lambda: server.notes)
    assert "may not be that large" in server.notes[-1].message
    assert work.read_bytes() == whole and not list(tmp_path.glob("*.new"))
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    server.call("pipeline.create", group="sources", name="LineSource", inputs=[])
    server.wait(lambda: "Line1" in work.read_text())
    assert server.close() == 0
