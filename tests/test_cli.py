"""The command line: quick where nothing is to be done, one sentence where it is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pvw_desktop import __version__
from pvw_desktop.cli import main, parse

ROOT = Path(__file__).parents[1]


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pvw_desktop", *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"pvw-desktop {__version__}\n")


def test_nothing_heavy_is_imported_before_the_command_is_known() -> None:
    script = "import sys; import pvw_desktop.cli; print([name for name in sys.argv[1:] if name in sys.modules])"
    heavy = [
        "asyncio",
        "aiohttp",
        "webview",
        "platformdirs",
        "psutil",
        "http.client",
        "subprocess",
        "importlib.metadata",
    ]
    done = subprocess.run([sys.executable, "-c", script, *heavy], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("arguments", [["--nonsense"], ["--port", "eighty"], ["--log-level", "loud"], ["doctor", "x"]])
def test_what_is_wrong_costs_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err.startswith("pvw-desktop: ") and err.count("\n") == 1
    assert "--help" in err


def test_an_abbreviation_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    """It would be another option's in the next version."""
    assert main(["--brows"]) == 2


def test_a_path_that_looks_like_a_command() -> None:
    assert parse(["serve"]).command == "serve"
    assert parse(["./serve"]).command == "open"
    assert parse(["--browser", "serve"]).paths == ["serve"]
    assert parse(["--", "-odd name.vtu"]).paths == ["-odd name.vtu"]


def test_help_names_the_other_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert "serve" in out and "doctor" in out


def test_a_current_folder_that_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    script = (
        "import os, sys; os.chdir(sys.argv[1]); os.rmdir(sys.argv[1]);"
        "from pvw_desktop.cli import main; sys.exit(main(['serve']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("pvw-desktop: the current folder is not there any more.")
