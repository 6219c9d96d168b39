"""Who may import whom: the rule of two Pythons, and the rooms inside ours."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sources import PACKAGE, ROOT, circles, import_graph, imports, inside, python_files, tree, where

PARAVIEW = ("paraview", "vtkmodules", "vtk")
PROTOCOL, SERVER, GATEWAY, LAUNCHER = (f"{PACKAGE}.{room}" for room in ("protocol", "server", "gateway", "launcher"))
STANDALONE = ROOT / PACKAGE / "server" / "standalone.py"
"""The one file of the server that may import the gateway: by hand, pvpython serves the page itself."""


def standard(name: str) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names


def breaches(folder: str, allowed: Callable[[Path, str], bool]) -> list[str]:
    """Imports below a folder that the rule does not allow."""
    return [
        where(path, line, f"imports {name}")
        for path in python_files(folder)
        for line, name in imports(path)
        if not allowed(path, name)
    ]


def test_protocol_imports_the_standard_library_and_itself() -> None:
    assert not breaches("pvw_desktop/protocol", lambda _, name: standard(name) or inside(name, PROTOCOL))


def test_server_imports_the_standard_library_paraview_and_the_protocol() -> None:
    def allowed(path: Path, name: str) -> bool:
        if path == STANDALONE and inside(name, GATEWAY, "aiohttp"):
            return True
        if inside(name, *PARAVIEW):
            return path.is_relative_to(ROOT / PACKAGE / "server" / "pv")
        return standard(name) or inside(name, SERVER, PROTOCOL)

    assert not breaches("pvw_desktop/server", allowed)


def test_nothing_outside_server_pv_imports_paraview() -> None:
    pv = ROOT / PACKAGE / "server" / "pv"
    assert not breaches(PACKAGE, lambda path, name: path.is_relative_to(pv) or not inside(name, *PARAVIEW))


@pytest.mark.parametrize(
    ("room", "foreign"),
    [
        ("pvw_desktop/gateway", (LAUNCHER, SERVER, f"{PACKAGE}.cli", f"{PACKAGE}.config")),
        ("pvw_desktop/launcher", (SERVER, f"{PACKAGE}.cli")),
        ("pvw_desktop/cli.py", (SERVER, GATEWAY)),
    ],
)
def test_rooms_do_not_reach_into_each_other(room: str, foreign: tuple[str, ...]) -> None:
    assert not breaches(room, lambda _, name: not inside(name, *foreign))


def test_what_the_server_manager_makes_has_one_owner() -> None:
    """ParaView's `New…` leave a reference with the caller that Python never gives back: one file knows how. NewInstance
    is VTK's own, which Python takes over."""
    owned = ROOT / PACKAGE / "server" / "pv" / "core" / "owned.py"
    made = [
        where(path, node.lineno, f"calls {node.func.attr}")
        for path in python_files(f"{PACKAGE}/server")
        if path != owned
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if re.match(r"New[A-Z]|CreateDefault", node.func.attr) and node.func.attr != "NewInstance"
    ]
    assert not made


def test_the_environment_is_read_in_one_place() -> None:
    reads = [
        where(path, line, "reads the environment")
        for path in python_files(PACKAGE)
        if path.name != "config.py" and not path.is_relative_to(ROOT / PACKAGE / "server")
        for line, text in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"os\.environ(?!\.setdefault)|os\.getenv", text)
    ]
    assert not reads


def test_no_file_imports_itself_by_way_of_others() -> None:
    """A circle is one thing in several files: neither can be read, tested or moved without the others. What is imported
    for its types alone counts, since a reader needs it too."""
    assert [" → ".join([*circle, circle[0]]) for circle in circles(import_graph(PACKAGE))] == []


def test_a_circle_is_seen() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set(), "e": {"f"}, "f": {"g"}, "g": {"e", "a"}}
    assert circles(graph) == [["b", "c"], ["e", "f", "g"]]


def prefixed(paths: list[Path]) -> list[str]:
    """Folders in which four files begin with one word: that word is a folder. A file that is named by the word alone
    counts."""
    count = Counter((path.parent, path.stem.partition("_")[0]) for path in paths if not path.stem.startswith("__"))
    return [f"{folder}/{word}_*" for (folder, word), number in count.items() if number >= 4]


def test_no_prefix_stands_in_place_of_a_folder() -> None:
    assert prefixed(python_files(PACKAGE)) == []


def test_a_prefix_is_seen() -> None:
    names = ["scene.py", "scene_arrays.py", "scene_look.py", "scene_mesh.py", "scenes.py", "__init__.py"]
    assert prefixed([Path("pv", name) for name in names]) == ["pv/scene_*"]
    assert prefixed([Path("pv", name) for name in names[:3]]) == []


def test_a_breach_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules above would hold of nothing at all if imports were not found."""
    room = tmp_path / PACKAGE / "gateway"
    room.mkdir(parents=True)
    (room / "bad.py").write_text("def f():\n    from ..launcher import window\n    import paraview.simple\n")
    monkeypatch.setattr("tests.sources.ROOT", tmp_path)
    assert list(imports(room / "bad.py")) == [(2, f"{LAUNCHER}.window"), (3, "paraview.simple")]
    found = breaches("pvw_desktop/gateway", lambda _, name: not inside(name, LAUNCHER, *PARAVIEW))
    assert found == [
        "pvw_desktop/gateway/bad.py:2: imports pvw_desktop.launcher.window",
        "pvw_desktop/gateway/bad.py:3: imports paraview.simple",
    ]
