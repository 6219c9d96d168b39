"""Folders as the page sees them."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pvw_desktop.gateway.files import listing
from pvw_desktop.gateway.files.listing import list_folder, search_below
from pvw_desktop.protocol.errors import Failed, Forbidden, NotFound

EXTENSIONS = frozenset({"vtu"})


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root may read everything: permissions are tested as somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield Path(name)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name, size in (("b.vtu", 3), ("t_2.vtu", 10), ("t_10.vtu", 20), ("t_1.vtu", 30), ("notes.txt", 1), (".h", 1)):
        (tmp_path / name).write_bytes(b"x" * size)
    (tmp_path / "z folder").mkdir()
    (tmp_path / "A folder").mkdir()
    return tmp_path


def test_folders_first_series_grouped_hidden_left_out(data: Path) -> None:
    entries, more = list_folder(data, "", False, EXTENSIONS)
    assert [(entry.name, entry.kind, entry.path) for entry in entries] == [
        ("A folder", "folder", "A folder"),
        ("z folder", "folder", "z folder"),
        ("b.vtu", "file", "b.vtu"),
        ("notes.txt", "file", "notes.txt"),
        ("t_...vtu", "series", "t_1.vtu"),
    ]
    assert not more
    series = entries[-1]
    assert (series.size, series.count, series.readable) == (60, 3, True)
    assert [entry.readable for entry in entries] == [True, True, True, False, True]
    assert all(entry.modified > 1e9 for entry in entries)


def test_hidden_names_on_request_and_paths_below_a_folder(data: Path) -> None:
    (data / "A folder" / "x.vtu").write_text("x")
    names = [entry.name for entry in list_folder(data, "", True, EXTENSIONS)[0]]
    assert ".h" in names
    entries, _ = list_folder(data / "A folder", "A folder", False, EXTENSIONS)
    assert [entry.path for entry in entries] == ["A folder/x.vtu"]


def test_links_are_marked_and_broken_ones_do_no_harm(data: Path) -> None:
    (data / "link.vtu").symlink_to("b.vtu")
    (data / "to folder").symlink_to("A folder")
    (data / "broken.vtu").symlink_to("gone.vtu")
    entries = {entry.name: entry for entry in list_folder(data, "", False, EXTENSIONS)[0]}
    assert entries["link.vtu"].link
    assert entries["to folder"].kind == "folder"
    assert entries["to folder"].link
    assert entries["broken.vtu"].link
    assert not entries["b.vtu"].link


def test_strange_names_are_shown_and_marked(data: Path) -> None:
    strange = [b"caf\xe9.vtu", b"<img onerror=x>.vtu", b"new\nline.vtu", b"back\\slash.vtu", b"C:drive.vtu"]
    for name in strange:
        Path(os.fsdecode(os.path.join(os.fsencode(data), name))).write_text("x")
    entries = {entry.name: entry for entry in list_folder(data, "", False, EXTENSIONS)[0]}
    json.dumps([entry.path for entry in entries.values()]).encode("ascii")
    assert all(entry.path == name for name, entry in entries.items() if entry.kind == "file")
    for shown in ("<img onerror=x>.vtu", "back\\\\slash.vtu", "caf\\xE9.vtu"):
        assert entries[shown].readable
    for shown in ("new\\x0Aline.vtu", "C:drive.vtu"):
        assert not entries[shown].readable


def test_a_link_that_leads_nowhere_is_listed_as_broken_and_breaks_nothing(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"t_{number}.vtu").write_text("x")
    (tmp_path / "t_3.vtu").symlink_to("t_3.vtu")
    (tmp_path / "t_4.vtu").symlink_to("nowhere")
    (tmp_path / "folder").symlink_to("gone/away")
    entries = {entry.name: entry for entry in list_folder(tmp_path, "", False, EXTENSIONS)[0]}
    assert (entries["t_...vtu"].count, entries["t_...vtu"].broken) == (2, False)
    assert {name for name, entry in entries.items() if entry.broken} == {"t_3.vtu", "t_4.vtu", "folder"}
    assert not any(entry.readable for entry in entries.values() if entry.broken)


def test_a_folder_with_too_many_entries_is_cut_and_says_so(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MAX_ENTRIES", 3)
    entries, more = list_folder(data, "", False, EXTENSIONS)
    assert len(entries) == 3
    assert more
    monkeypatch.setattr(listing, "MAX_SCANNED", 4)
    assert list_folder(data, "", False, EXTENSIONS)[1]


def test_a_series_of_ten_thousand_is_one_entry(tmp_path: Path) -> None:
    for number in range(10_000):
        os.close(os.open(tmp_path / f"t_{number}.vtu", os.O_CREAT | os.O_WRONLY))
    entries, more = list_folder(tmp_path, "", False, EXTENSIONS)
    assert [(entry.name, entry.count) for entry in entries] == [("t_...vtu", 10_000)]
    assert not more


def test_a_folder_that_may_not_be_read(open_folder: Path) -> None:
    secret = open_folder / "secret"
    secret.mkdir(0o700)
    with ordinary_user() if os.geteuid() == 0 else _without_permission(secret):
        with pytest.raises(Forbidden, match="You may not read the folder 'secret'"):
            list_folder(secret, "secret", False, EXTENSIONS)


@contextmanager
def _without_permission(folder: Path) -> Iterator[None]:
    folder.chmod(0)
    try:
        yield
    finally:
        folder.chmod(0o700)


def test_a_folder_that_is_gone_or_is_a_file(data: Path) -> None:
    with pytest.raises(NotFound):
        list_folder(data / "gone", "gone", False, EXTENSIONS)
    with pytest.raises(Failed, match="is a file"):
        list_folder(data / "b.vtu", "b.vtu", False, EXTENSIONS)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for path in ("wing.vtu", "a/wing mesh.vtu", "a/b/Wing_Mesh_01.vtu", "a/b/Wing_Mesh_02.vtu", "a/tail.vtu"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    (tmp_path / "mesh wing").mkdir()
    (tmp_path / ".mesh wing hidden").mkdir()
    (tmp_path / "a" / "loop").symlink_to("..")
    return tmp_path


def found(tree: Path, query: str, limit: int = 200) -> list[str]:
    return [entry.path for entry in search_below(tree, "", query, limit, EXTENSIONS)[0]]


def test_search_wants_all_words_in_the_name_near_folders_first(tree: Path) -> None:
    assert found(tree, "mesh WING") == ["mesh wing", "a/wing mesh.vtu", "a/b/Wing_Mesh_01.vtu"]
    assert found(tree, "tail") == ["a/tail.vtu"]
    assert found(tree, "fuselage") == []
    assert found(tree, "   ") == []


def test_a_series_found_whole_is_one_and_one_of_its_files_is_a_file(tree: Path) -> None:
    entries, _ = search_below(tree, "", "wing_mesh", 200, EXTENSIONS)
    assert [(entry.kind, entry.count) for entry in entries] == [("series", 2)]
    entries, _ = search_below(tree, "", "wing_mesh_02", 200, EXTENSIONS)
    assert [(entry.kind, entry.path) for entry in entries] == [("file", "a/b/Wing_Mesh_02.vtu")]


def test_search_below_a_folder_gives_paths_from_the_root(tree: Path) -> None:
    entries, _ = search_below(tree / "a", "a", "tail", 200, EXTENSIONS)
    assert [entry.path for entry in entries] == ["a/tail.vtu"]


def test_search_stops_at_its_limit_and_says_so(tree: Path) -> None:
    entries, more = search_below(tree, "", "wing", 1, EXTENSIONS)
    assert len(entries) == 1
    assert more


def test_search_stops_in_time_and_says_so(tree: Path) -> None:
    ticks = iter(range(1000))
    entries, more = search_below(tree, "", "tail", 200, EXTENSIONS, clock=lambda: float(next(ticks)))
    assert more
    assert entries == []


def test_search_passes_over_folders_that_may_not_be_read(open_folder: Path) -> None:
    (open_folder / "wing.vtu").write_text("x")
    (open_folder / "secret").mkdir(0o700)
    (open_folder / "secret" / "wing 2.vtu").write_text("x")
    if os.geteuid() == 0:
        with ordinary_user():
            assert found(open_folder, "wing") == ["wing.vtu"]
    else:
        with _without_permission(open_folder / "secret"):
            assert found(open_folder, "wing") == ["wing.vtu"]
