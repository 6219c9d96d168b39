"""A fake pvpython as an installed program, and an application around it. No ParaView is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.launcher.driver import Application, Starts

FAKE = Path(__file__).parents[1] / "fakes" / "fake_pvpython.py"


@pytest.fixture
def fake_pvpython(tmp_path: Path) -> Path:
    """A program named pvpython, in a folder whose name has a space and letters beyond ASCII."""
    folder = tmp_path / "Para View é 日本" / "bin"
    folder.mkdir(parents=True)
    program = folder / "pvpython"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "{FAKE}" "$@"\n', "utf-8")
    program.chmod(0o755)
    return program


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page of one line."""
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>PVW</title><p>page</p>", "utf-8")
    return folder


@pytest.fixture
def starts(tmp_path: Path) -> Starts:
    """What the fake was started with, each time."""
    return Starts(tmp_path / "trace")


@pytest.fixture
def environ(tmp_path: Path, fake_pvpython: Path, page: Path, starts: Starts) -> dict[str, str]:
    """An environment in which the application finds the fake and keeps to its own folders."""
    return {
        **os.environ,
        "PVW_PVPYTHON": str(fake_pvpython),
        "PVW_STATE_DIR": str(tmp_path / "state ü"),
        "PVW_PAGE": str(page),
        "FAKE_PVPYTHON_TRACE": str(starts.path),
        "PYTHONPATH": str(FAKE.parents[2]),
    }


@pytest.fixture
def application(environ: dict[str, str]) -> Iterator[Callable[..., Application]]:
    """Starts the application as a person does; what still runs afterwards is ended."""
    running: list[Application] = []

    def start(*arguments: str, **extra: Any) -> Application:
        running.append(Application(arguments, {**environ, **extra}))
        return running[-1]

    yield start
    for one in running:
        one.end()
