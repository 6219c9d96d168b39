"""Where a dropped file lies: its content decides."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.gateway.files.dropped import SECONDS, block_starts, digest_of, find_dropped
from pvw_desktop.gateway.files.roots import FileRoots
from pvw_desktop.protocol.messages.files import BLOCK, BLOCKS, DroppedFile


@pytest.fixture
def roots(tmp_path: Path) -> FileRoots:
    roots = FileRoots()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        roots.add_root(tmp_path / name)
    return roots


def dropped(path: Path) -> DroppedFile:
    return DroppedFile(path.name, path.stat().st_size, digest_of(path))


def places(roots: FileRoots, *wanted: DroppedFile) -> list[list[str]]:
    labels = {root.root: root.label for root in roots.list()}
    return [[f"{labels[at.root]}/{at.path}" for at in file.places] for file in find_dropped(roots, wanted).files]


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_of_two_with_one_name_and_size_the_content_decides(roots: FileRoots, tmp_path: Path) -> None:
    write(tmp_path / "one" / "a" / "mesh.vtu", b"first")
    mine = write(tmp_path / "two" / "b" / "mesh.vtu", b"other")
    assert places(roots, dropped(mine)) == [["two/b/mesh.vtu"]]
    elsewhere = write(tmp_path / "elsewhere" / "mesh.vtu", b"third")
    assert places(roots, dropped(elsewhere)) == [[]], "the same name and size is not the same file"


def test_what_the_page_could_not_read_has_all_places_of_its_name_and_size(roots: FileRoots, tmp_path: Path) -> None:
    write(tmp_path / "one" / "mesh.vtu", b"first")
    write(tmp_path / "two" / "mesh.vtu", b"other")
    write(tmp_path / "two" / "b" / "mesh.vtu", b"longer")
    assert places(roots, DroppedFile("mesh.vtu", 5)) == [["one/mesh.vtu", "two/mesh.vtu"]]


def test_copies_are_all_told(roots: FileRoots, tmp_path: Path) -> None:
    mine = write(tmp_path / "one" / "mesh.vtu", b"same")
    write(tmp_path / "two" / "mesh.vtu", b"same")
    write(tmp_path / "two" / "copy.vtu", b"same")
    (tmp_path / "two" / "link").mkdir()
    (tmp_path / "two" / "link" / "mesh.vtu").symlink_to(tmp_path / "two" / "mesh.vtu")
    (tmp_path / "two" / "out").mkdir()
    (tmp_path / "two" / "out" / "mesh.vtu").symlink_to(write(tmp_path / "secret", b"same"))
    assert places(roots, dropped(mine)) == [["one/mesh.vtu", "two/mesh.vtu"]]


def test_members_of_a_series_are_found_and_say_so(roots: FileRoots, tmp_path: Path) -> None:
    files = [write(tmp_path / "one" / "run" / f"t_{number}.vtu", b"%d" % number) for number in (2, 9, 10)]
    found = find_dropped(roots, [dropped(path) for path in files]).files
    assert [(at.path, at.folder, at.series, at.count) for file in found for at in file.places] == [
        (f"run/t_{number}.vtu", "one/run", "run/t_2.vtu", 3) for number in (2, 9, 10)
    ]


def test_names_are_compared_as_people_read_them(roots: FileRoots, tmp_path: Path) -> None:
    write(tmp_path / "one" / "cafe\u0301.vtu", b"x")
    write(tmp_path / "one" / os.fsdecode(b"caf\xe9.vtk"), b"x")
    wanted = [DroppedFile("caf\u00e9.vtu", 1), DroppedFile("caf\ufffd.vtk", 1)]
    assert places(roots, *wanted) == [["one/cafe\u0301.vtu"], ["one/caf\\xE9.vtk"]]


def test_a_folder_a_pipe_and_what_cannot_be_read_are_no_places(roots: FileRoots, tmp_path: Path) -> None:
    (tmp_path / "one" / "a.vtu").mkdir()
    os.mkfifo(tmp_path / "two" / "a.vtu")
    assert places(roots, DroppedFile("a.vtu", 0)) == [[]]


def test_it_stops_in_time_and_says_so(roots: FileRoots, tmp_path: Path) -> None:
    mine = write(tmp_path / "two" / "mesh.vtu", b"x")
    times = iter([0.0, *[SECONDS + 1] * 9])
    found = find_dropped(roots, [dropped(mine)], clock=lambda: next(times))
    assert (found.files[0].places, found.truncated) == ([], True)


@given(st.integers(0, 1 << 40))
def test_blocks_tell_both_ends_and_lie_inside(size: int) -> None:
    starts = list(block_starts(size))
    assert len(starts) <= BLOCKS and starts == sorted(set(starts))
    if size:
        assert starts[0] == 0 and starts[-1] < size <= starts[-1] + BLOCK


def test_of_a_long_file_sixteen_blocks_are_read(tmp_path: Path) -> None:
    size = BLOCK * BLOCKS + 12345
    path = write(tmp_path / "long", os.urandom(size))
    content = path.read_bytes()
    digest = hashlib.sha256()
    for index in range(16):
        start = index * (size - 65536) // 15
        digest.update(content[start : start + 65536])
    assert digest_of(path) == digest.hexdigest()
