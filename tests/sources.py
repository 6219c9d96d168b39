"""The project's own files as the tests at the top level read them. Reads text and syntax trees; imports nothing."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "pvw_desktop"


def project_files() -> list[Path]:
    """Every file that is, or is about to be, under version control."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    return [ROOT / name for name in sorted(filter(None, names)) if (ROOT / name).is_file()]


def python_files(*folders: str) -> list[Path]:
    """The Python files below the folders, or single files, named from the top."""
    found: set[Path] = set()
    for folder in folders:
        path = ROOT / folder
        found.update([path] if path.suffix == ".py" else path.rglob("*.py"))
    assert found, f"no Python files in {folders}"
    return sorted(found)


def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a file imports, relative imports resolved, also inside functions."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = _package(path, node.level) + ([node.module] if node.module else [])
            for alias in node.names:
                yield node.lineno, ".".join([*base, alias.name])


def _package(path: Path, level: int) -> list[str]:
    """The package that `level` dots mean in this file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return list(parts[: len(parts) - level]) if level else []


def inside(name: str, *packages: str) -> bool:
    """Whether a dotted name is one of the packages or lies in one."""
    return any(name == package or name.startswith(package + ".") for package in packages)


def reasons(path: Path) -> dict[str, str]:
    """A list of exceptions: `name: reason` in each line, in order, so that two who add to it do not collide."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    found = {name.strip(): reason.strip() for name, _, reason in (line.partition(": ") for line in lines)}
    assert list(found) == sorted(found) and len(found) == len(lines), f"{path.name} is not in order, or names one twice"
    return found


def where(path: Path, line: int, what: str) -> str:
    """One line of a report, in the form that editors jump to."""
    return f"{path.relative_to(ROOT)}:{line}: {what}"


def import_graph(folder: str) -> dict[str, set[str]]:
    """The modules below a folder and which of them each imports, for its types alone too. A package counts as what its
    `__init__.py` is."""
    paths = {_dotted(path): path for path in python_files(folder)}
    graph = {}
    for name, path in paths.items():
        found = (next((m for m in _outwards(target) if m in paths), name) for _, target in imports(path))
        graph[name] = {module for module in found if module != name}
    return graph


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _outwards(name: str) -> Iterator[str]:
    """`a.b.c`, `a.b`, `a`: a name that is imported may be a module, or something in one."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """One shortest way around for each module that can come back to itself, each circle once, in its own order."""
    found: dict[frozenset[str], list[str]] = {}
    for start in sorted(graph):
        ways: list[list[str]] = [[start]]
        seen: set[str] = set()
        while ways:
            way = ways.pop(0)
            if start in graph[way[-1]]:
                found.setdefault(frozenset(way), way)
                break
            further = sorted(graph[way[-1]] - seen)
            seen.update(further)
            ways += [[*way, module] for module in further]
    return list(found.values())
