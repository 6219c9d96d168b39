"""From a client's root and path to the absolute paths that ParaView gets."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pvw_desktop.gateway.files.opening import locate, paths_to_open
from pvw_desktop.gateway.files.roots import FileRoots
from pvw_desktop.protocol.errors import BadRequest, Failed, Forbidden, NotFound
from pvw_desktop.protocol.names import show_name


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder that everybody can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield Path(name).resolve()


@pytest.fixture
def roots(data: Path) -> FileRoots:
    roots = FileRoots()
    roots.add_root(data, "Data")
    return roots


def opened(roots: FileRoots, relative: str, series: bool = False) -> list[str]:
    return paths_to_open(roots, roots.list()[0].root, relative, series)


def test_one_file(roots: FileRoots, data: Path) -> None:
    (data / "a b é.vtu").write_text("x")
    assert opened(roots, "a b é.vtu") == [str(data / "a b é.vtu")]


def test_a_series_by_any_of_its_files_in_natural_order(roots: FileRoots, data: Path) -> None:
    (data / "run").mkdir()
    for number in (10, 9, 2):
        (data / "run" / f"t{number}.vtu").write_text("x")
    (data / "run" / "t3.vtu").mkdir()
    expected = [str(data / "run" / f"t{number}.vtu") for number in (2, 9, 10)]
    assert opened(roots, "run/t9.vtu", series=True) == expected
    assert opened(roots, "run/t9.vtu") == expected[1:2]


def test_a_file_without_others_is_a_series_of_one(roots: FileRoots, data: Path) -> None:
    (data / "a.vtu").write_text("x")
    assert opened(roots, "a.vtu", series=True) == [str(data / "a.vtu")]


def test_a_member_that_leads_out_of_the_folder_is_refused(roots: FileRoots, data: Path, tmp_path: Path) -> None:
    (data / "t1.vtu").write_text("x")
    (tmp_path / "secret").write_text("x")
    (data / "t2.vtu").symlink_to(tmp_path / "secret")
    with pytest.raises(Forbidden):
        opened(roots, "t1.vtu", series=True)
    assert opened(roots, "t1.vtu") == [str(data / "t1.vtu")]


def test_what_is_wrong_gets_one_sentence_and_a_hint(roots: FileRoots, data: Path) -> None:
    (data / "folder").mkdir()
    (data / "empty.vtu").write_text("")
    os.mkfifo(data / "pipe.vtu")
    for relative, kind, words in (
        ("gone.vtu", NotFound, "There is no 'gone.vtu' in 'Data'"),
        ("folder", BadRequest, "'folder' is a folder"),
        ("", BadRequest, "is a folder"),
        ("empty.vtu", Failed, r"'empty.vtu' is empty \(0 bytes\)"),
        ("pipe.vtu", BadRequest, "is a device or a pipe"),
    ):
        with pytest.raises(kind, match=words) as caught:
            opened(roots, relative)
        assert caught.value.hint


def test_an_empty_file_that_marks_an_openfoam_case_opens(roots: FileRoots, data: Path) -> None:
    (data / "case.foam").write_text("")
    assert opened(roots, "case.foam") == [str(data / "case.foam")]


def test_a_file_that_may_not_be_read(roots: FileRoots, data: Path) -> None:
    secret = data / "secret.vtu"
    secret.write_text("x")
    secret.chmod(0o000)
    if os.geteuid() == 0:  # root may read everything
        os.seteuid(65534)
    try:
        with pytest.raises(Forbidden, match="You may not read 'secret.vtu'"):
            opened(roots, "secret.vtu")
    finally:
        if os.getuid() == 0:
            os.seteuid(0)


def test_any_file_of_the_host_makes_its_folder_a_root(roots: FileRoots, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    file = tmp_path / "elsewhere" / "a.vtu"
    file.write_text("x")
    root, relative = locate(roots, file)
    assert relative == "a.vtu"
    assert roots.folder(root) == (tmp_path / "elsewhere").resolve()
    assert locate(roots, file) == (root, relative)
    assert locate(roots, tmp_path / "elsewhere") == (root, "")
    assert len(roots.list()) == 2


def test_a_file_that_is_not_there_makes_no_root(roots: FileRoots, tmp_path: Path) -> None:
    for path in (tmp_path / "gone.vtu", tmp_path / ("x" * 300), Path("\0")):
        with pytest.raises(NotFound):
            locate(roots, path)
    assert len(roots.list()) == 1


def test_a_link_that_loops_or_leads_nowhere_does_not_stop_its_neighbours(roots: FileRoots, data: Path) -> None:
    for number in (1, 2):
        (data / f"t_{number}.vtu").write_text("x")
    (data / "loop").symlink_to("loop")
    (data / "t_3.vtu").symlink_to("t_3.vtu")
    (data / "t_4.vtu").symlink_to("nowhere")
    assert opened(roots, "t_1.vtu", series=True) == [str(data / "t_1.vtu"), str(data / "t_2.vtu")]
    for name in ("loop", "t_3.vtu", "t_4.vtu"):
        with pytest.raises(NotFound):
            opened(roots, name, series=True)


def test_a_name_with_a_backslash_opens(roots: FileRoots, data: Path) -> None:
    (data / "a\\b").mkdir()
    (data / "a\\b" / "c\\xE9.vtu").write_text("x")
    assert opened(roots, "a\\\\b/c\\\\xE9.vtu") == [str(data / "a\\b" / "c\\xE9.vtu")]


def test_a_name_that_is_no_utf8_opens(roots: FileRoots, data: Path) -> None:
    path = bytes(data) + b"/gr\xfcn/caf\xe9.vtu"
    os.mkdir(os.path.dirname(path))
    Path(os.fsdecode(path)).write_text("x")
    assert opened(roots, "gr\\xFCn/caf\\xE9.vtu") == [os.fsdecode(path)]
    root, relative = locate(roots, Path(os.fsdecode(path)))
    assert (roots.folder(root), relative) == (data, "gr\\xFCn/caf\\xE9.vtu")


def test_members_of_a_series_are_found_by_their_spelling(roots: FileRoots, data: Path) -> None:
    folder = data / "a\\b"
    folder.mkdir()
    for begin in (b"caf\xe9", b"c\\"):
        names = [os.fsdecode(begin + b"_%d.vtu" % number) for number in (1, 2, 10)]
        for name in names[:2]:
            (folder / name).write_text("x")
        (folder / names[2]).symlink_to(folder / names[0])
        shown = "a\\\\b/" + show_name(names[1])
        expected = [str(folder / name) for name in (*names[:2], names[0])]
        assert opened(roots, shown, series=True) == expected


def test_what_is_wrong_with_such_a_file_is_said_in_text(roots: FileRoots, data: Path) -> None:
    Path(os.fsdecode(bytes(data) + b"/caf\xe9.vtu")).write_text("")
    with pytest.raises(Failed, match=r"^'caf\\xE9.vtu' is empty") as failed:
        opened(roots, "caf\\xE9.vtu")
    failed.value.message.encode()
