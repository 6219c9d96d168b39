"""The rooms of the package as ARCHITECTURE.md lists them: each folder with its first sentence, how many files it has,
and the rooms that it imports. Drawn from the sources: `python packaging/rooms.py` writes the table, `--check` compares.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.sources import PACKAGE, import_graph, tree  # noqa: E402  the path above comes first

PAGE = ROOT / "ARCHITECTURE.md"
BEGIN, END = "<!-- rooms: begin -->", "<!-- rooms: end -->"


def rooms() -> dict[str, list[Path]]:
    """The folders of the package with their files, by dotted name."""
    found: dict[str, list[Path]] = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        found.setdefault(".".join(path.parent.relative_to(ROOT).parts), []).append(path)
    return found


def table() -> str:
    """The rooms as Markdown."""
    names, graph = set(rooms()), import_graph(PACKAGE)
    of = {module: _room(module, names) for module in graph}
    lines = ["| room | what is in it | files | imports |", "|---|---|---|---|"]
    for room, files in rooms().items():
        others = {of[to] for module in graph if of[module] == room for to in graph[module]} - {room}
        sentence = (_docstring(room) or "").strip().split("\n")[0]
        short = ", ".join(f"`{_short(other)}`" for other in sorted(others)) or "–"
        lines.append(f"| `{_short(room)}` | {sentence} | {len(files)} | {short} |")
    return "\n".join(lines)


def _room(module: str, names: set[str]) -> str:
    return module if module in names else module.rpartition(".")[0]


def _short(room: str) -> str:
    return room.removeprefix(f"{PACKAGE}.").replace(".", "/")


def _docstring(room: str) -> str | None:
    return ast.get_docstring(tree(ROOT / Path(*room.split(".")) / "__init__.py"))


def main(arguments: list[str]) -> int:
    """0 where the page is, or now is, up to date."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    fresh = f"{before}{BEGIN}\n{table()}\n{END}{after}"
    if "--check" in arguments:
        if fresh != text:
            sys.stderr.write("ARCHITECTURE.md is out of date: run python packaging/rooms.py\n")
        return int(fresh != text)
    PAGE.write_text(fresh, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
