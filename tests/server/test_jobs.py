"""Long work: progress, cancel, saved work, the end of the process."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import Cancelled
from tests.server.harness import Server

pytestmark = pytest.mark.paraview


def heavy(server: Server) -> tuple[str, str]:
    """A wavelet and a tetrahedralization of it that takes many seconds, not yet applied."""
    wavelet = server.call("pipeline.create", group="sources", name="RTAnalyticSource", inputs=[])["node"]
    extent = [-100, 100, -100, 100, -100, 100]
    server.call("proxy.apply", changes=[{"id": wavelet, "values": {"WholeExtent": extent}}])
    node = server.call(
        "pipeline.create", group="filters", name="DataSetTriangleFilter", inputs=[{"node": wavelet, "port": 0}]
    )["node"]
    return wavelet, node


def test_progress_moves_and_cancel_ends_it(server: Server) -> None:
    wavelet, node = heavy(server)
    before = server.nodes
    server.progress.clear()  # what making the image told
    ident = server.begin("proxy.apply", changes=[{"id": node, "values": {}}])
    server.wait(lambda: len({progress.fraction for _, progress in server.progress}) > 3)
    assert {progress.node for _, progress in server.progress} >= {node}
    assert {progress.text for _, progress in server.progress} <= {"Wavelet1", "Tetrahedralize1"}
    server.progress.clear()
    server.send(wire.Cancel(ident))
    with pytest.raises(Cancelled):
        server.finish(ident)
    after = [progress for _, progress in server.progress if progress.aborting]
    assert 0 < len(after) < 5, "it did not end at the next progress events"
    assert server.nodes == before, "the pipeline is not as it was before"
    assert server.node("Wavelet1")["ports"][0]["visible_in"]


def test_after_a_cancel_it_can_be_applied_again(server: Server) -> None:
    wavelet, node = heavy(server)
    ident = server.begin("proxy.apply", changes=[{"id": node, "values": {}}])
    server.wait(lambda: server.progress)
    server.send(wire.Cancel(ident))
    with pytest.raises(Cancelled):
        server.finish(ident)
    server.call("proxy.apply", changes=[{"id": wavelet, "values": {"WholeExtent": [-5, 5, -5, 5, -5, 5]}}])
    server.call("proxy.apply", changes=[{"id": node, "values": {}}])
    assert server.topics[f"info/{node}/0"]["cells"] == 10 * 10 * 10 * 5


def test_a_stopped_change_brings_the_result_back(server: Server) -> None:
    """What was computed and shown before the change is there again, with its values."""
    wavelet, node = heavy(server)
    server.call("proxy.apply", changes=[{"id": wavelet, "values": {"WholeExtent": [-20, 20, -20, 20, -20, 20]}}])
    server.call("proxy.apply", changes=[{"id": node, "values": {}}])
    cells = server.topics[f"info/{node}/0"]["cells"]
    server.progress.clear()
    extent = [-100, 100, -100, 100, -100, 100]
    ident = server.begin("proxy.apply", changes=[{"id": wavelet, "values": {"WholeExtent": extent}}])
    server.wait(lambda: any(progress.node == node and progress.fraction for _, progress in server.progress))
    server.send(wire.Cancel(ident))
    with pytest.raises(Cancelled):
        server.finish(ident)
    assert [item["state"] for item in server.nodes] == ["modified", "modified"], "what they have is no result"
    server.wait(lambda: [work.running for work in server.works] == [True, False])
    assert {progress.id for _, progress in server.progress if progress.id != ident} == {server.works[0].id}
    assert server.topics[f"info/{node}/0"]["cells"] == cells
    assert server.prop(wavelet, "WholeExtent")["value"] == [-20, 20, -20, 20, -20, 20]
    assert server.topics[f"info/{wavelet}/0"]["bounds"][:2] == [-20, 20]
    assert [item["state"] for item in server.nodes] == ["ok", "ok"]


def test_a_stop_takes_nothing_away_that_was_complete(server: Server) -> None:
    """The source ran to its end before the stop: nothing makes it run again, at once or later."""
    wavelet, node = heavy(server)
    ident = server.begin("proxy.apply", changes=[{"id": node, "values": {}}])
    server.wait(lambda: any(progress.node == node and progress.fraction for _, progress in server.progress))
    server.send(wire.Cancel(ident))
    with pytest.raises(Cancelled):
        server.finish(ident)
    assert (server.node("Wavelet1")["state"], server.works) == ("ok", [])
    server.progress.clear()
    again = server.begin("proxy.apply", changes=[{"id": node, "values": {}}])
    server.wait(lambda: any(progress.node == node and progress.fraction for _, progress in server.progress))
    server.send(wire.Cancel(again))
    with pytest.raises(Cancelled):
        server.finish(again)
    assert not any("Analytic" in progress.text for _, progress in server.progress), "the source ran again"


def test_what_nobody_sees_is_not_computed_again(server: Server) -> None:
    wavelet, node = heavy(server)
    small = [-20, 20, -20, 20, -20, 20]
    server.call("proxy.apply", changes=[{"id": wavelet, "values": {"WholeExtent": small}}])
    server.call("proxy.apply", changes=[{"id": node, "values": {}}])
    for hidden in (wavelet, node):
        server.call("display.show", node=hidden, visible=False)
    server.progress.clear()
    ident = server.begin(
        "proxy.apply", changes=[{"id": wavelet, "values": {"WholeExtent": [-100, 100, -100, 100, -100, 100]}}]
    )
    server.wait(lambda: any(progress.node == node and progress.fraction for _, progress in server.progress))
    server.send(wire.Cancel(ident))
    with pytest.raises(Cancelled):
        server.finish(ident)
    server.call("color.presets")
    assert server.works == []
    assert [item["state"] for item in server.nodes] == ["modified", "modified"]
    server.call("display.show", node=node, visible=True)
    assert server.topics[f"info/{node}/0"]["cells"] == 40**3 * 5
    assert (
        server.node("Wavelet1")["state"] in ("ok", "modified") and server.prop(wavelet, "WholeExtent")["value"] == small
    )


def test_bringing_back_can_be_stopped_and_then_nothing_is_shown_that_is_no_result(server: Server) -> None:
    wavelet, node = heavy(server)
    for extent in ([-30, 30, -30, 30, -30, 30], [-100, 100, -100, 100, -100, 100]):
        ident = server.begin("proxy.apply", changes=[{"id": wavelet, "values": {"WholeExtent": extent}}])
        if extent[0] == -30:
            server.finish(ident)
            server.call("proxy.apply", changes=[{"id": node, "values": {}}])
            server.progress.clear()
    server.wait(lambda: any(progress.node == node and progress.fraction for _, progress in server.progress))
    server.send(wire.Cancel(ident))
    with pytest.raises(Cancelled):
        server.finish(ident)
    work = server.wait(lambda: server.works)[0]
    assert "Computing" in work.text and work.id != ident
    server.wait(lambda: any(progress.id == work.id for _, progress in server.progress))
    server.send(wire.Cancel(work.id))
    server.wait(lambda: not server.works[-1].running)
    tetra = next(item for item in server.nodes if item["node"] == node)
    assert (tetra["state"], tetra["ports"][0]["visible_in"]) == ("modified", [])
    assert server.notes[-1].message.startswith("Stopped")


def test_what_cannot_be_heard_is_told(server: Server) -> None:
    """ParaView extracts the surface for the picture, and asks nobody meanwhile."""
    wavelet = server.call("pipeline.create", group="sources", name="RTAnalyticSource", inputs=[])["node"]
    server.call("proxy.apply", changes=[{"id": wavelet, "values": {"WholeExtent": [-80, 80, -80, 80, -80, 80]}}])
    server.progress.clear()
    server.call("display.representation", node=wavelet, representation="Surface")
    steps = [progress for _, progress in server.progress if not progress.heard]
    assert steps and {step.text for step in steps} == {"Preparing the picture"}


def test_a_waiting_request_is_dropped(server: Server) -> None:
    first = server.begin("files.example", name="contours")
    second = server.begin("files.example", name="motion")
    server.send(wire.Cancel(second))
    with pytest.raises(Cancelled, match="before it began"):
        server.finish(second)
    server.finish(first)
    assert not any(node["type"] == "Time Source" for node in server.nodes)


def test_newer_values_take_the_place_of_waiting_ones(server: Server, datasets: Path) -> None:
    node = server.open(datasets / "mesh.vtu")["node"]
    blocker = server.begin("color.rescale", node=node, mode="data")
    waiting = [server.begin("display.set", node=node, opacity=share / 20) for share in range(1, 20)]
    other = server.begin("display.set", node=node, line_width=4)
    for ident in (blocker, *waiting, other):
        server.finish(ident)
    assert server.display(node)["opacity"] == 19 / 20 and server.display(node)["line_width"] == 4


def test_work_is_saved_and_comes_back(
    pvpython: str, x_server: str, datasets: Path, tmp_path: Path, server: Server
) -> None:
    work = tmp_path / "work.pvsm"
    first = Server(pvpython, x_server, work=work)
    wavelet = first.call("files.example", name="contours")["node"]
    first.call("color.preset", map="RTData", preset="Cool to Warm")
    first.call("display.set", node=wavelet, opacity=0.7)
    first.call("pipeline.rename", node=wavelet, name="Isosurfaces")
    first.wait(lambda: work.exists() and "Isosurfaces" in work.read_text())
    nodes = [(node["name"], node["type"], bool(node["ports"][0]["visible_in"])) for node in first.nodes]
    camera = first.view["camera"]
    os.kill(first.process.pid, signal.SIGKILL)
    first.close()
    assert work.exists() and not list(tmp_path.glob("*.new"))

    second = Server(pvpython, x_server, work=work, restore=work)
    assert second.ready is not None and second.ready.restored is None
    assert [(node["name"], node["type"], bool(node["ports"][0]["visible_in"])) for node in second.nodes] == nodes
    assert all(node["state"] == "ok" for node in second.nodes)
    assert second.view["camera"]["position"] == pytest.approx(camera["position"])
    assert second.display(second.node("Isosurfaces")["node"])["opacity"] == 0.7
    _, pixels = second.still(second.answered_seq)
    assert len({pixels[index : index + 3] for index in range(0, len(pixels), 999)}) > 3
    assert second.close() == 0


def test_saved_work_that_is_damaged_is_told_and_costs_nothing(pvpython: str, x_server: str, tmp_path: Path) -> None:
    work = tmp_path / "work.pvsm"
    work.write_text("<GenericParaViewApplication><ServerManagerState")
    server = Server(pvpython, x_server, work=work, restore=work)
    assert server.ready is not None and "not a ParaView state file" in str(server.ready.restored)
    assert server.nodes == []
    server.call("files.example", name="motion")
    assert server.close() == 0


def test_a_folder_that_cannot_be_written_is_told_once(pvpython: str, x_server: str, tmp_path: Path) -> None:
    server = Server(pvpython, x_server, work=tmp_path / "gone" / "work.pvsm")
    for name in ("Sphere", "Cone"):
        server.call("pipeline.create", group="sources", name=f"{name}Source", inputs=[])
        time.sleep(0.8)
    server.wait(lambda: server.notes)
    time.sleep(0.8)
    server.pump(0.1)
    assert [note.level for note in server.notes] == ["warning"] and "could not be saved" in server.notes[0].message
    assert server.close() == 0


def test_it_leaves_with_its_stdin(pvpython: str, x_server: str) -> None:
    assert Server(pvpython, x_server).close() == 0


def test_it_leaves_with_the_channel(pvpython: str, x_server: str) -> None:
    server = Server(pvpython, x_server)
    server.hang_up()
    assert server.process.wait(120) == 0
    server.close()


def test_quit_and_sigterm_leave_cleanly(pvpython: str, x_server: str) -> None:
    server = Server(pvpython, x_server)
    server.send(wire.Quit())
    assert server.process.wait(120) == 0
    server.close()
    server = Server(pvpython, x_server)
    os.kill(server.process.pid, signal.SIGTERM)
    assert server.process.wait(120) == 0
    server.close()
