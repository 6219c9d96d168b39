"""Tests mirror the source: each module has its test file at the same place, or stands in tests/untested.txt with the
reason why it has none."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.sources import PACKAGE, ROOT, python_files, reasons, tree

LIST = ROOT / "tests" / "untested.txt"
ELSEWHERE = {"bench": "bench_command"}
"""tests/bench is what `make bench` runs."""


def has_code(path: Path) -> bool:
    """Whether there is anything to test: most `__init__.py` only say what a folder is for, or name what is in it."""
    return (
        any(isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) for node in ast.walk(tree(path)))
        or path.name == "__main__.py"
    )


def modules() -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in python_files(PACKAGE) if has_code(path)}


def mirrored(module: str) -> Path:
    """Where the tests of a module are."""
    _, *rooms, name = module.split("/")
    rooms[:1] = [ELSEWHERE.get(room, room) for room in rooms[:1]]
    return ROOT.joinpath("tests", *rooms, f"test_{name}")


def breaches(known: set[str], untested: dict[str, str]) -> list[str]:
    """What the list says that is not so, and what it does not say."""
    bare = {module for module in known if not mirrored(module).is_file()}
    folders = {name for name in untested if name.endswith("/")}
    unsaid = {module for module in bare - set(untested) if f"{module.rpartition('/')[0]}/" not in folders}
    return [
        *(f"{name} has no {mirrored(name).relative_to(ROOT)}" for name in sorted(unsaid)),
        *(f"{name} is listed, and is no module" for name in sorted(set(untested) - known - folders)),
        *(f"{name} is listed, and has its tests" for name in sorted(set(untested) & known - bare)),
        *(
            f"{name} is listed, and everything in it has its tests"
            for name in sorted(folders)
            if not any(module.startswith(name) and "/" not in module[len(name) :] for module in bare)
        ),
        *(f"{name} is listed without a reason" for name, reason in sorted(untested.items()) if len(reason) < 10),
    ]


def test_every_module_has_its_tests_or_a_reason() -> None:
    assert breaches(modules(), reasons(LIST)) == []


@pytest.mark.parametrize(
    ("known", "untested", "words"),
    [
        ({f"{PACKAGE}/gateway/new.py"}, {}, "has no tests/gateway/test_new.py"),
        ({f"{PACKAGE}/bench/new.py"}, {}, "has no tests/bench_command/test_new.py"),
        (set(), {f"{PACKAGE}/gateway/gone.py": "It was here once."}, "is no module"),
        ({f"{PACKAGE}/gateway/workers.py"}, {f"{PACKAGE}/gateway/workers.py": "A reason there."}, "has its tests"),
        ({f"{PACKAGE}/new.py"}, {f"{PACKAGE}/new.py": ""}, "without a reason"),
        (
            {f"{PACKAGE}/gateway/workers.py"},
            {f"{PACKAGE}/gateway/": "A reason there."},
            "everything in it has its tests",
        ),
        (
            {f"{PACKAGE}/server/new/a.py"},
            {f"{PACKAGE}/server/": "A reason there."},
            "has no tests/server/new/test_a.py",
        ),
    ],
)
def test_a_breach_is_seen(known: set[str], untested: dict[str, str], words: str) -> None:
    assert words in " ".join(breaches(known, untested))
