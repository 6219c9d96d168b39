"""How every file is written: its functions, its docstring, the oldest Python, no path of the machine it was made on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from tests.sources import PACKAGE, ROOT, project_files, python_files, tree, where

FUNCTION_LINES = 50
TEXT = {".py", ".ts", ".vue", ".md", ".toml", ".json", ".sh", ".html", ".css", ".svg", ".xml", ".desktop", ".txt", ""}


def source_files() -> list[Path]:
    return [path for path in project_files() if path.suffix in TEXT]


def test_no_function_is_longer_than_50_lines() -> None:
    long = [
        where(path, node.lineno, f"{node.name} has {length} lines")
        for path in python_files(PACKAGE, "packaging", "tests")
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for length in [(node.end_lineno or node.lineno) - node.lineno + 1]
        if length > FUNCTION_LINES
    ]
    assert not long


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        where(path, 1, "has no docstring")
        for path in python_files(PACKAGE, "packaging", "tests")
        if tree(path).body and not ast.get_docstring(tree(path))
    ]
    assert not silent


def test_what_runs_inside_pvpython_needs_no_python_after_3_9() -> None:
    folders = [f"{PACKAGE}/protocol", f"{PACKAGE}/server"]
    for path in python_files(*folders):
        ast.parse(path.read_text("utf-8"), str(path), feature_version=(3, 9))
    vermin = [
        str(Path(sys.executable).with_name("vermin")),
        "--target=3.9-",
        "--violations",
        "--eval-annotations",
        "--no-tips",
    ]
    answer = subprocess.run([*vermin, *folders], cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_no_file_names_the_folder_it_was_written_in() -> None:
    named = [
        where(path, line, text.strip())
        for path in source_files()
        for line, text in enumerate(path.read_text("utf-8").splitlines(), 1)
        if f"{ROOT}/" in text
    ]
    assert not named


def test_large_files_are_sources() -> None:
    pictures = ROOT / "docs" / "images"
    large = [
        where(path, 1, f"{path.stat().st_size} bytes")
        for path in project_files()
        if path.stat().st_size > (600_000 if path.is_relative_to(pictures) else 400_000)
    ]
    assert not large


def test_nothing_else_lies_at_the_top() -> None:
    """A test that writes into the current folder shows here."""
    folders = {".ci", "docs", "icons", "packaging", PACKAGE, "tests", "www"}
    files = {"ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "pyproject.toml", ".gitignore"}
    assert {path.relative_to(ROOT).parts[0] for path in project_files()} == folders | files


def test_no_test_says_how_long_something_may_take() -> None:
    """A test that needs a quiet machine is a broken test; that something takes its time at least may be said."""
    timed = re.compile(r"assert\b[^#]*(?:monotonic|perf_counter|time)\(\) - \w+ <")
    found = [
        where(path, number, "asserts a duration")
        for path in python_files("tests")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if timed.search(line)
    ]
    assert not found


def test_documents_name_files_that_are_there() -> None:
    """Paths in backticks, from wherever their text is about."""
    gone, files = [], [f"/{path.relative_to(ROOT).as_posix()}" for path in project_files()]
    for path in project_files():
        if path.suffix != ".md" or path.name == "CHANGELOG.md":
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for name in re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|ts|vue|md|sh|txt|json|css))`", line):
                if not any(file.endswith(f"/{name}") for file in files):
                    gone.append(where(path, number, f"names {name}"))
    assert not gone
