"""Every format opens through ParaView's own readers, and what is no dataset is refused in one sentence."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.gateway.files.listing import list_folder
from pvw_desktop.gateway.files.opening import paths_to_open
from pvw_desktop.gateway.files.roots import FileRoots
from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import Failed, Forbidden, PvwError
from tests.server.harness import Server

pytestmark = pytest.mark.paraview

CASES = Path(__file__).resolve().parents[1] / "cases"

FORMATS = {
    "surface.vtp": 226, "mesh.vtu": 4913, "image.vti": 4913, "image.vtk": 4913, "blocks.vtm": 0, "surface.stl": 226,
    "surface.ply": 226, "cube.obj": 5, "bar.case": 8, "cavity/cavity.foam": 8, "mesh.e": 4913, "grid.xdmf": 12,
    "mesh.cgns": 4913, "ball.pvd": 226, "leer zeichen é 日本.vtp": 226,
}  # fmt: skip


def opened(server: Server, path: Path, wanted: str | None = None) -> str:
    """Opens a file; where there is a choice, with the first reader or the one wanted."""
    answer = server.open(path)
    if answer["choose"]:
        names = [reader["name"] for reader in answer["choose"]]
        answer = server.open(path, reader=wanted or names[0])
    return str(answer["node"])


@pytest.mark.parametrize("name", FORMATS)
def test_format_opens_and_shows(server: Server, datasets: Path, name: str) -> None:
    node = opened(server, datasets / name)
    info = server.topics[f"info/{node}/0"]
    if FORMATS[name]:
        assert info["points"] == FORMATS[name]
    assert info["points"] > 0 and info["bounds"] is not None
    entry = next(item for item in server.nodes if item["node"] == node)
    assert entry["state"] == "ok" and entry["ports"][0]["visible_in"] and entry["file"] == Path(name).name
    image, pixels = server.still(server.answered_seq)
    assert len({pixels[index : index + 3] for index in range(0, len(pixels), 3001)}) > 1, "the image is one colour"


def test_table_opens_without_a_picture(server: Server, datasets: Path) -> None:
    node = opened(server, datasets / "table.csv", "CSVReader")
    assert server.topics[f"info/{node}/0"]["cells"] == 226
    assert server.node("table.csv")["state"] == "ok"


def test_netcdf_offers_its_readers(server: Server, datasets: Path) -> None:
    assert {reader["name"] for reader in server.open(datasets / "weather.nc")["choose"]} >= {"netCDFReader"}
    node = opened(server, datasets / "weather.nc", "netCDFReader")
    assert server.topics[f"info/{node}/0"]["points"] > 0


def test_numbered_files_are_one_series(server: Server, datasets: Path) -> None:
    node = server.open(*sorted((datasets / "series").glob("*.vtp")))["node"]
    assert server.topics["time"]["values"] == [0.0, 1.0, 2.0, 3.0]
    assert server.node("ball_*.vtp")["node"] == node


def test_a_series_with_fractions_in_its_names_steps_in_the_order_of_time(server: Server) -> None:
    """From the listing through opening to what ParaView holds at each of its time steps."""
    folder = CASES / "01-fraction-names" / "data"
    roots = FileRoots()
    root = roots.add_root(folder).root
    (entry,) = list_folder(folder, "", False, frozenset(server.ready.extensions if server.ready else ()))[0]
    assert (entry.kind, entry.count, entry.name) == ("series", 8, "Result-...vtu")
    node = server.open(*map(Path, paths_to_open(roots, root, entry.path, series=True)))["node"]
    assert server.node("Result-*.vtu")["node"] == node
    assert server.topics["time"]["values"] == [float(step) for step in range(8)]
    seen = []
    for step in range(8):
        server.call("time.step", to="next" if step else "first")
        (array,) = server.topics[f"info/{node}/0"]["arrays"]
        assert array["name"] == "step" and array["ranges"][0][0] == array["ranges"][0][1]
        seen.append(array["ranges"][0][0])
    assert seen == [0, 1, 2, 3, 4, 5, 6, 7]


def test_collection_brings_its_times(server: Server, datasets: Path) -> None:
    server.open(datasets / "ball.pvd")
    assert server.topics["time"]["values"] == [0.0, 0.5, 1.0, 1.5]


def test_readers_that_fit_come_first_choice_first(server: Server, datasets: Path) -> None:
    found = server.call("files.readers", (datasets / "mesh.vtu",), root="r", path="mesh.vtu")["readers"]
    assert found[0]["name"] == "XMLUnstructuredGridReader"


def test_any_reader_may_be_tried_on_what_none_claims(server: Server, datasets: Path) -> None:
    path = datasets / "broken" / "notes.txt2"
    assert len(server.call("files.readers", (path,), root="r", path=path.name)["readers"]) > 20


@pytest.mark.parametrize("name", ["cut.vtu", "binary.vtk", "notes.txt2"])
def test_what_is_no_dataset_costs_nothing(server: Server, datasets: Path, name: str) -> None:
    server.open(datasets / "surface.vtp")
    before = server.nodes
    with pytest.raises(Failed) as caught:
        server.open(datasets / "broken" / name)
    assert name in caught.value.message and "\n" not in caught.value.message and caught.value.hint
    assert server.nodes == before


def test_unknown_reader_is_refused(server: Server, datasets: Path) -> None:
    with pytest.raises(PvwError, match="no reader called"):
        server.open(datasets / "surface.vtp", reader="NoSuchReader")


def test_state_file_replaces_the_pipeline(server: Server, datasets: Path, tmp_path: Path) -> None:
    server.open(datasets / "surface.vtp")
    server.call("pipeline.rename", node=server.nodes[0]["node"], name="saved")
    work = server.work
    assert work is not None
    server.wait(lambda: work.exists() and 'name="saved"' in work.read_text())
    state = tmp_path / "kept.pvsm"
    state.write_bytes(work.read_bytes())
    server.call("pipeline.clear")
    server.open(datasets / "image.vti")
    assert server.open(state) == {"node": None, "choose": []}
    assert [node["name"] for node in server.nodes] == ["saved"]
    assert server.still(server.answered_seq)


def test_state_file_is_for_the_host(server: Server, tmp_path: Path) -> None:
    state = tmp_path / "any.pvsm"
    state.write_text("<ServerManagerState/>")
    server.role = "control"
    with pytest.raises(Forbidden):
        server.open(state)


def test_cut_state_file_is_refused(server: Server, datasets: Path, tmp_path: Path) -> None:
    server.open(datasets / "surface.vtp")
    state = tmp_path / "cut.pvsm"
    state.write_text("<GenericParaViewApplication><ServerManagerState>")
    before = server.nodes
    with pytest.raises(Failed, match="not a ParaView state file"):
        server.open(state)
    assert server.nodes == before


@pytest.mark.parametrize("name", ["contours", "streamlines", "motion"])
def test_example(server: Server, name: str) -> None:
    node = server.call("files.example", name=name)["node"]
    assert server.topics[f"info/{node}/0"]["points"] > 0
    _, pixels = server.still(server.answered_seq)
    assert len({pixels[index : index + 3] for index in range(0, len(pixels), 999)}) > 3


@pytest.mark.parametrize("pattern", ["*.ply", "*.vtk", "*.vti"])
def test_files_that_others_wrote(server: Server, pyvista_data: Path, pattern: str) -> None:
    paths = sorted(pyvista_data.glob(pattern))
    assert paths
    for path in paths:
        node = opened(server, path)
        assert server.topics[f"info/{node}/0"]["points"] > 0


def seen(path: Path) -> tuple[str, int, int, int, int]:
    facts = path.stat()
    return (str(path), facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns)


def as_guest(server: Server, path: Path, *checked: tuple[str, int, int, int, int], reader: str | None = None) -> Any:
    server._next += 1
    params = {"root": "r", "path": path.name, "reader": reader}
    server.send(wire.Request(server._next, "files.open", params, "guest", "control", [str(path)], list(checked)))
    return server.finish(server._next)


def test_a_guest_opens_what_was_checked_and_nothing_else(server: Server, datasets: Path, tmp_path: Path) -> None:
    inside, outside = tmp_path / "ball.vtp", tmp_path / "secret.vtp"
    shutil.copy(datasets / "surface.vtp", inside)
    shutil.copy(datasets / "surface.vtp", outside)
    checked = seen(inside)
    assert as_guest(server, inside, checked)["node"]
    server.call("pipeline.clear")
    inside.unlink()
    inside.symlink_to(outside)
    with pytest.raises(Failed, match=r"^ball\.vtp changed while it was opened"):
        as_guest(server, inside, checked)
    inside.unlink()
    shutil.copy(outside, inside)
    with pytest.raises(Failed, match="changed while it was opened"):
        as_guest(server, inside, checked)
    inside.unlink()
    with pytest.raises(Failed, match="changed while it was opened"):
        as_guest(server, inside, checked)
    assert server.nodes == []


def test_a_guest_chooses_among_the_readers_that_fit(server: Server, datasets: Path) -> None:
    path = datasets / "surface.vtp"
    assert as_guest(server, path, seen(path), reader="XMLPolyDataReader")["node"]
    for reader, file in (("PVDReader", path), ("GDALVectorReader", datasets / "table.csv")):
        with pytest.raises(Forbidden, match="is for the host"):
            as_guest(server, file, seen(file), reader=reader)


def test_the_reader_that_crashes_on_xdmf_is_offered_last(server: Server, datasets: Path) -> None:
    readers = server.call("files.readers", (datasets / "grid.xdmf",), root="r", path="grid.xdmf")["readers"]
    assert [reader["name"] for reader in readers][-1] == "XdmfReader"
    assert readers[0]["name"].startswith("Xdmf3") and readers[0]["label"].startswith("Xdmf3 Reader")


def test_a_name_with_a_backslash_opens(server: Server, datasets: Path, tmp_path: Path) -> None:
    path = tmp_path / "back\\slash.vtp"
    shutil.copy(datasets / "surface.vtp", path)
    node = server.open(path)["node"]
    assert server.topics[f"info/{node}/0"]["points"] == 226
    assert server.nodes[0]["file"] == "back\\slash.vtp"
