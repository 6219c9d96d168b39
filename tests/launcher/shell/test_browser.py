"""The page in a browser: which one, with what on its command line, and what may leave the application."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pvw_desktop.launcher.discovery.machine import Machine
from pvw_desktop.launcher.shell.browser import AppBrowser, find_app_browser, may_open, open_outside
from tests.launcher.driver import wait_until

URL = "http://127.0.0.1:1234/#k=secret&x"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "bin").mkdir()
    return Machine("linux", {**os.environ, "PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"}, tmp_path, tmp_path)


def browser(machine: Machine, text: str) -> Path:
    program = machine.root / "bin" / "chromium"
    program.write_text(text)
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://www.paraview.org/", True),
        ("HTTP://example.org", True),
        ("mailto:someone@example.org", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("smb://host/share", False),
        ("custom:thing", False),
        ("data:text/html,x", False),
        ("", False),
        ("//host/x", False),
        ("http://[", False),
    ],
)
def test_what_may_leave(url: str, allowed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def note(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", note)
    assert may_open(url) is allowed
    assert open_outside(url) is allowed
    assert opened == ([url] if allowed else [])


@pytest.fixture
def arguments(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "arguments"


def test_the_code_is_not_on_the_command_line(machine: Machine, arguments: Path, tmp_path: Path) -> None:
    program = browser(machine, f'#!/bin/sh\nprintf "%s\\n" "$@" > "{arguments}"\nprintenv > "{arguments}.env"\n')
    assert find_app_browser(machine) == str(program)
    shown = AppBrowser.open(str(program), URL, tmp_path / "profile é", machine)
    shown.wait()
    words = arguments.read_text().splitlines()
    assert "secret" not in " ".join(words)
    assert f"--user-data-dir={tmp_path / 'profile é'}" in words
    file = Path(tmp_path / "profile é" / "open.html")
    assert f"--app={file.as_uri()}" in words
    assert file.stat().st_mode & 0o777 == 0o600
    assert "url=http://127.0.0.1:1234/#k=secret&amp;x" in file.read_text()
    assert "PVW_STATE_DIR" not in Path(f"{arguments}.env").read_text()


def test_a_browser_from_a_snap_reads_no_file_of_ours(machine: Machine, arguments: Path, tmp_path: Path) -> None:
    program = browser(machine, f'#!/bin/sh\n# exec /snap/bin/chromium\nprintf "%s\\n" "$@" > "{arguments}"\n')
    AppBrowser.open(str(program), URL, tmp_path / "profile", machine).wait()
    assert f"--app={URL}" in arguments.read_text().splitlines()


def test_closing_ends_all_of_it(machine: Machine, tmp_path: Path) -> None:
    program = browser(machine, "#!/bin/sh\ntrap '' TERM\nsleep 60 &\nwait\nwait\n")
    shown = AppBrowser.open(str(program), URL, tmp_path / "profile", machine)
    wait_until((tmp_path / "profile").exists, "the profile")
    shown.close()
    shown.wait()


def test_no_browser(machine: Machine, tmp_path: Path) -> None:
    nothing = Machine("linux", {"PATH": str(tmp_path / "bin")}, tmp_path, tmp_path)
    assert find_app_browser(nothing) is None


@pytest.mark.parametrize(
    ("platform", "place", "environ"),
    [
        ("darwin", "Applications/Google Chrome.app/Contents/MacOS/Google Chrome", {}),
        ("win32", "PF/Microsoft/Edge/Application/msedge.exe", {"ProgramFiles(x86)": "PF"}),
        ("win32", "PF/Google/Chrome/Application/chrome.exe", {"ProgramFiles": "PF"}),
    ],
)
def test_other_systems(tmp_path: Path, platform: str, place: str, environ: dict[str, str]) -> None:
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).touch()
    below = {name: str(tmp_path / value) for name, value in environ.items()}
    assert find_app_browser(Machine(platform, below, tmp_path, tmp_path)) == str(tmp_path / place)
