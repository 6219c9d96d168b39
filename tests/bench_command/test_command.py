"""The command as a person runs it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pvw_desktop.cli import main, parse
from pvw_desktop.config import build_config
from tests.launcher.driver import children, running, wait_gone, wait_until


def bench(environ: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pvw_desktop", "bench", *arguments],
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_real_one(pvpython: str, display: str, pyvista_data: Path, environ: dict[str, str]) -> None:
    """Numbers are there and hang together; what they are is the machine's matter."""
    environ = {**environ, "DISPLAY": display, "PVW_PVPYTHON": pvpython}
    out, err = bench(environ, "--json", str(pyvista_data / "airplane.ply")).communicate(timeout=120)
    assert not err
    told = json.loads(out)
    assert told["what"] == "airplane.ply" and told["cells"] == 2452
    assert told["paraview"].count(".") == 2 and told["start"] > 0
    for name in ("full_size", "adaptive"):
        turn = told[name]
        assert turn["images"] > 3 and turn["per_second"] > 0 and turn["render"] > 0
        assert turn["motion_to_image"] <= turn["motion_to_image_p95"]
    assert told["geometry"]["arrays"] > 0 and 0 < told["geometry"]["bytes"] < told["geometry"]["unpacked"]
    assert (told["full_size"]["width"], told["full_size"]["lod"]) == (1280, 0)
    assert (told["still"]["width"], told["still"]["height"]) == (1280, 800)
    state = Path(environ["PVW_STATE_DIR"])
    assert not [path for path in state.rglob("*") if path.suffix in (".pvsm", ".log") or path.name == "recent.json"]


def test_no_paraview(environ: dict[str, str], tmp_path: Path) -> None:
    process = bench({**environ, "PVW_PVPYTHON": str(tmp_path / "missing")})
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (5, "")
    assert str(tmp_path / "missing") in err and err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "sentence"), [("missing.vtu", "there is no"), (".", "is a folder"), ("closed.vtu", "cannot be read")]
)
def test_a_file_that_cannot_be_read(
    name: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied") if path.name == "closed.vtu" else FileNotFoundError(2, "missing")

    monkeypatch.setattr(Path, "open", refuse)
    assert main(["bench", str(tmp_path / name)]) == 3
    out, err = capsys.readouterr()
    assert not out and sentence in err and err.count("\n") == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ended_while_paraview_starts(environ: dict[str, str], starts: object, number: int) -> None:
    process = bench(environ)
    below: Sequence[int] = wait_until(lambda: [one.pid for one in children(process.pid)], "the server")
    process.send_signal(number)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (128 + number, "")
    assert err == "pvw-desktop: the bench was stopped; ParaView was ended.\n"
    wait_gone(below)
    assert not running(below)


def test_the_command_line() -> None:
    made = build_config(parse(["bench", "a b.vtu", "--json", "--pvpython", "pv"]), {}, Path("/w"))
    assert (made.command, made.paths, made.json, made.pvpython) == ("bench", (Path("/w/a b.vtu"),), True, Path("/w/pv"))
    assert build_config(parse(["bench"]), {}, Path("/w")).paths == ()
    assert parse(["./bench"]).command == "open"


def test_two_files_are_one_too_many(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "a.vtu", "b.vtu"]) == 2
    assert "--help" in capsys.readouterr().err


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["bench", "--help"])
    assert "FILE" in capsys.readouterr().out
