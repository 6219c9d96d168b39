"""Files that were opened before."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from pvw_desktop.gateway.files.recent import MAX_FILES, RecentFiles, short_folder
from pvw_desktop.protocol.errors import NotFound


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "state" / "recent.json"


def recent(store: Path | None) -> RecentFiles:
    ticks = itertools.count(1000)
    return RecentFiles(store, wall=lambda: float(next(ticks)))


def names(files: RecentFiles) -> list[str]:
    return [item.name for item in files.topic().files]


def test_the_newest_first_each_once_and_kept(store: Path) -> None:
    files = recent(store)
    for name in ("a.vtu", "b.vtu", "a.vtu"):
        files.remember(f"/data/{name}", False)
    files.remember("/data/a.vtu", True)
    assert names(files) == ["a.vtu", "a.vtu", "b.vtu"]
    assert [item.series for item in files.topic().files] == [True, False, False]
    files.save()
    assert recent(store).topic() == files.topic()
    assert [path.name for path in store.parent.iterdir()] == ["recent.json"]


def test_no_path_in_what_the_page_gets_but_the_folder_for_reading(store: Path) -> None:
    files = recent(store)
    files.remember("/data/sims/a.vtu", False)
    item = files.topic().files[0]
    assert (item.name, item.folder, item.opened) == ("a.vtu", "/data/sims", 1000.0)
    assert "/" not in item.id
    assert files.find(item.id).path == "/data/sims/a.vtu"


def test_it_does_not_grow_without_end() -> None:
    files = recent(None)
    for number in range(100):
        files.remember(f"/data/{number}.vtu", False)
    assert len(names(files)) == MAX_FILES
    assert names(files)[0] == "99.vtu"
    files.save()
    assert files.problem is None


def test_forgetting(store: Path) -> None:
    files = recent(store)
    files.remember("/data/a.vtu", False)
    files.forget(files.topic().files[0].id)
    assert names(files) == []
    with pytest.raises(NotFound):
        files.forget("unknown")


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", '{"files": 3}', '{"files": [{"id": 1, "path": "/a", "opened": 1, "series": false}]}',
     '{"files": [{"id": "a", "path": "/a\\u0000", "opened": 1, "series": false}]}', '{"files": [{"id": "a"}]}',
     '{"files": [null]}', "\udcff"],
)  # fmt: skip
def test_a_damaged_file_is_set_aside(store: Path, text: str) -> None:
    store.parent.mkdir()
    store.write_bytes(text.encode("utf-8", "surrogateescape"))
    files = recent(store)
    assert names(files) == []
    assert "damaged" in (files.problem or "")
    files.remember("/data/a.vtu", False)
    files.save()
    assert names(recent(store)) == ["a.vtu"]
    assert (store.parent / "recent.json.bad").read_bytes() == text.encode("utf-8", "surrogateescape")


def test_where_nothing_can_be_written_they_last_as_long_as_the_session(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    files = recent(tmp_path / "state" / "recent.json")
    problem = files.problem
    files.remember("/data/a.vtu", False)
    files.save()
    assert names(files) == ["a.vtu"]
    assert "cannot be" in (files.problem or problem or "")
    before = files.problem
    files.save()
    assert files.problem == before


def test_a_failed_write_leaves_the_old_list_and_no_litter(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = recent(store)
    files.remember("/data/a.vtu", False)
    files.save()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    files.remember("/data/b.vtu", False)
    files.save()
    assert "No space left" in (files.problem or "")
    assert [item["path"] for item in json.loads(store.read_text())["files"]] == ["/data/a.vtu"]
    assert [path.name for path in store.parent.iterdir()] == ["recent.json"]


def test_folders_for_reading() -> None:
    home = Path("/home/ann")
    assert short_folder(Path("/home/ann/sims/wing"), home) == "~/sims/wing"
    assert short_folder(Path("/home/ann"), home) == "~"
    assert short_folder(Path("/home/anna/x"), home) == "/home/anna/x"
    long = short_folder(Path("/scratch") / "/".join(["deep"] * 40) / "last", home)
    assert len(long) == 48
    assert "…" in long
    assert long.endswith("/last")
