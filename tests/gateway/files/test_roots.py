"""Root ids and their folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from pvw_desktop.gateway.files.roots import FileRoots
from pvw_desktop.protocol.errors import NotFound


def test_ids_say_nothing_and_order_stays(tmp_path: Path) -> None:
    roots = FileRoots()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        roots.add_root(tmp_path / name)
    listed = roots.list()
    assert [root.label for root in listed] == ["one", "two"]
    assert all(len(root.root) >= 16 and "one" not in root.root and root.problem is None for root in listed)


def test_the_same_folder_by_another_way_keeps_its_id(tmp_path: Path) -> None:
    roots = FileRoots()
    (tmp_path / "one").mkdir()
    (tmp_path / "link").symlink_to("one")
    first = roots.add_root(tmp_path / "one", "Simulations")
    assert roots.add_root(tmp_path / "link").root == first.root
    assert roots.add_root(tmp_path / "one" / ".." / "one").root == first.root
    assert len(roots.list()) == 1


def test_two_folders_of_one_name_can_be_told_apart(tmp_path: Path) -> None:
    roots = FileRoots()
    for parent in ("a", "b"):
        (tmp_path / parent / "run").mkdir(parents=True)
        roots.add_root(tmp_path / parent / "run")
    assert [root.label for root in roots.list()] == ["run", "run (b)"]


def test_a_folder_that_cannot_be_read_is_listed_with_its_problem(tmp_path: Path) -> None:
    roots = FileRoots()
    (tmp_path / "file").write_text("x")
    assert roots.add_root(tmp_path / "gone").problem == "The folder 'gone' is not there."
    assert roots.add_root(tmp_path / "file").problem == "'file' is a file, not a folder."
    (tmp_path / "gone").mkdir()
    assert roots.list()[0].problem is None


def test_an_unknown_id_is_refused(tmp_path: Path) -> None:
    roots = FileRoots()
    for call in (roots.folder, roots.label, lambda root: roots.resolve(root, "")):
        with pytest.raises(NotFound):
            call("unknown")


def test_the_deepest_root_that_holds_a_path(tmp_path: Path) -> None:
    roots = FileRoots()
    (tmp_path / "a" / "b").mkdir(parents=True)
    outer = roots.add_root(tmp_path / "a")
    inner = roots.add_root(tmp_path / "a" / "b")
    assert roots.locate(tmp_path / "a" / "b" / "x.vtu") == (inner.root, "x.vtu")
    assert roots.locate(tmp_path / "a" / "x" / "y.vtu") == (outer.root, "x/y.vtu")
    assert roots.locate(tmp_path / "a") == (outer.root, "")
    assert roots.locate(tmp_path / "ab" / "x.vtu") is None
