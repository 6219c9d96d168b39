"""What a file makes a reader open besides itself, looked up for guests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pvw_desktop.gateway.files.references import MAX_TEXT, Refused, check

COLLECTION = '<?xml version="1.0"?><VTKFile type="Collection"><DataSet timestep="0" file="{}"/></VTKFile>'
BLOCKS = '<VTKFile type="vtkMultiBlockDataSet"><Block index="0"><DataSet index="0" file="{}"/></Block></VTKFile>'
PARTS = '<VTKFile type="PUnstructuredGrid"><PUnstructuredGrid><Piece Source="{}"/></PUnstructuredGrid></VTKFile>'
XINCLUDE = '<Xdmf xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{}"/></Xdmf>'
BINARY = '<Xdmf><DataItem Format="Binary" Dimensions="3">\n {} \n</DataItem></Xdmf>'
ENSIGHT = "FORMAT\ntype: ensight gold\nGEOMETRY\nmodel: {}\n"
SERIES = '{{"file-series-version": "1.0", "files": [{{"name": "{}", "time": 0}}]}}'
WHOLE = '<VTKFile type="UnstructuredGrid"><AppendedData encoding="raw">_\0\1\2</AppendedData></VTKFile>'
NAMING = {
    "a.pvd": COLLECTION, "a.vtm": BLOCKS, "a.vtpc": BLOCKS, "a.pvtu": PARTS, "a.xdmf": XINCLUDE, "b.xmf": BINARY,
    "a.case": ENSIGHT, "a.encas": ENSIGHT, "a.vtk.series": SERIES, "A.PVD": COLLECTION,
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "in.vtu").write_text(WHOLE)
    (tmp_path / "secret.vtu").write_text(WHOLE)
    return folder.resolve()


def checked(data: Path, name: str, text: str | bytes | None = None) -> set[str]:
    path = data / name
    if text is not None:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    seen = check([path], lambda real: real.is_relative_to(data))
    for item in seen:
        facts = os.stat(item.path)
        assert (facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns) == item[1:]
    return {os.path.relpath(item.path, data) for item in seen}


@pytest.mark.parametrize("name", NAMING)
def test_a_file_inside_is_found(data: Path, name: str) -> None:
    assert checked(data, name, NAMING[name].format("in.vtu")) == {name, "in.vtu"}


@pytest.mark.parametrize("name", NAMING)
@pytest.mark.parametrize(
    "outside", ["../secret.vtu", "{parent}/secret.vtu", "sub/../../secret.vtu", "/etc/passwd", "../new"]
)
def test_a_file_outside_is_refused_whether_it_is_there_or_not(data: Path, name: str, outside: str) -> None:
    with pytest.raises(Refused, match="outside"):
        checked(data, name, NAMING[name].format(outside.format(parent=data.parent)))


@pytest.mark.parametrize("name", NAMING)
def test_a_link_that_leads_outside_is_refused(data: Path, name: str) -> None:
    (data / "link.vtu").symlink_to(data.parent / "secret.vtu")
    with pytest.raises(Refused, match="outside"):
        checked(data, name, NAMING[name].format("link.vtu"))


def test_what_a_named_file_names_counts_too(data: Path) -> None:
    (data / "b.vtm").write_text(BLOCKS.format("c.pvtu"))
    (data / "c.pvtu").write_text(PARTS.format("in.vtu"))
    assert checked(data, "a.pvd", COLLECTION.format("b.vtm")) == {"a.pvd", "b.vtm", "c.pvtu", "in.vtu"}
    (data / "c.pvtu").write_text(PARTS.format("../secret.vtu"))
    with pytest.raises(Refused, match="outside"):
        checked(data, "a.pvd")


@pytest.mark.parametrize("inner", ["{}<x/>", "<x/>{}", "<x>{}</x>", "<![CDATA[{}]]>", "<x Format='XML'>1</x>\n{}"])
def test_a_binary_file_is_found_wherever_its_name_stands(data: Path, inner: str) -> None:
    form = f"<Xdmf><DataItem Format='Binary'>{inner}</DataItem></Xdmf>"
    assert {"a.xdmf", "in.vtu"} <= checked(data, "a.xdmf", form.format("in.vtu"))
    with pytest.raises(Refused, match="outside"):
        checked(data, "a.xdmf", form.format("../secret.vtu"))


def test_files_that_name_each_other_come_to_an_end(data: Path) -> None:
    (data / "b.vtm").write_text(BLOCKS.format("a.pvd"))
    assert checked(data, "a.pvd", COLLECTION.format("b.vtm")) == {"a.pvd", "b.vtm"}


def test_a_pattern_of_an_ensight_case(data: Path) -> None:
    for number in range(3):
        (data / f"geo.{number:04}").write_text("x")
    assert len(checked(data, "a.case", ENSIGHT.format("1 geo.****"))) == 4
    (data / "geo.0007").symlink_to(data.parent / "secret.vtu")
    with pytest.raises(Refused, match="outside"):
        checked(data, "a.case")


def test_names_of_an_ensight_case_may_have_spaces_and_comments_name_nothing(data: Path) -> None:
    (data / "my geo").write_text("x")
    assert checked(data, "a.case", "# by /usr/bin/solver\n" + ENSIGHT.format('"my geo"')) == {"a.case", "my geo"}
    with pytest.raises(Refused, match="outside"):
        checked(data, "a.case", ENSIGHT.format('"../my geo"'))


@pytest.mark.parametrize("name", ["a.vtu", "a.vtp", "a.vti"])
def test_what_holds_its_data_itself_passes_however_long(data: Path, name: str) -> None:
    assert checked(data, name, WHOLE.encode() + b"\0" * (MAX_TEXT + 1)) == {name}


@pytest.mark.parametrize("name,text", [("a.vtk", "# vtk DataFile"), ("a.stl", "solid"), ("a.csv", "a,b\n1,2\n"),
                                       ("a.png", b"\x89PNG\r\n")])  # fmt: skip
def test_plain_formats_pass(data: Path, name: str, text: str | bytes) -> None:
    assert checked(data, name, text) == {name}


@pytest.mark.parametrize(
    "name,text",
    [
        ("a.foam", ""), ("a.sos", "x"), ("a.cgns", b"\x89HDF\r\n"), ("a.vtkhdf", b"\x89HDF\r\n"), ("a.nc", b"\x89HDF"),
        ("a.gltf", "{}"), ("a.mhd", "ElementDataFile = /etc/passwd"), ("a.nek5000", "x"), ("noending", "x"),
        ("a.csv", "<OGRVRTDataSource/>"), ("a.csv", "\ufeff <VRTDataset/>"), ("a.tif", "<VRTDataset/>"),
        ("a.tif", "II"), ("a.vtk", b"\x89HDF"), ("a.txt", '{"type": "Feature"}'),
        ("a.xdmf", '<Xdmf><DataItem Format="HDF">a.h5:/x</DataItem></Xdmf>'),
        ("a.xdmf", '<Xdmf><DataItem format="hdf">a.h5:/x</DataItem></Xdmf>'),
        ("a.pvd", '<!DOCTYPE x [<!ENTITY e SYSTEM "/etc/passwd">]><VTKFile type="Collection">&e;</VTKFile>'),
        ("a.vtu", '<!DOCTYPE x><VTKFile type="UnstructuredGrid"/>'),
        ("a.pvd", "<Other file='in.vtu'/>"), ("a.pvd", "not xml"), ("a.pvd", ""), ("a.pvd", "<VTKFile type='x'>"),
        ("a.pvd", '<?xml version="1.0" encoding="none-such"?><VTKFile type="Collection"/>'),
        ("a.pvd", "<VTKFile type='Collection'>" + "<a>" * 10 + " " * MAX_TEXT + "</a>" * 10 + "</VTKFile>"),
        ("a.vtk.series", "[1, 2"), ("a.vtk.series", '{"files": [{"name": 1}]}'), ("a.vtk.series", "[" * 100_000),
        ("a.case", ENSIGHT.format("../x/geo.***")),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_refused(data: Path, name: str, text: str | bytes) -> None:
    with pytest.raises(Refused):
        checked(data, name, text)


def test_a_pipe_and_a_loop_are_refused_at_once(data: Path) -> None:
    os.mkfifo(data / "pipe.vtu")
    (data / "loop.vtu").symlink_to("loop.vtu")
    for name in ("pipe.vtu", "loop.vtu"):
        with pytest.raises(Refused):
            checked(data, "a.pvd", COLLECTION.format(name))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(
    st.sampled_from([*NAMING, "a.vtu", "a.csv", "a.tif"]),
    st.one_of(st.binary(max_size=300), st.text().map(lambda text: text.encode("utf-8", "replace"))),
)
def test_no_content_gets_past_or_breaks_it(data: Path, name: str, content: bytes) -> None:
    try:
        found = checked(data, name, content)
    except (Refused, OSError):
        return
    assert all(not item.startswith("..") for item in found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(set(NAMING) - {"b.xmf", "a.case", "a.encas"})),
    st.lists(st.sampled_from(["..", ".", "x", "in.vtu", "", "é", "~", "file:", " "]), min_size=1, max_size=6).map(
        "/".join
    ),
)
def test_no_spelling_of_a_name_leads_outside(data: Path, name: str, spelled: str) -> None:
    real = Path(os.path.realpath(data / spelled))
    text = NAMING[name].format(spelled)
    if real.is_relative_to(data):
        return
    with pytest.raises(Refused, match="outside"):
        checked(data, name, text)
