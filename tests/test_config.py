"""From the command line and the environment to what this run is to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pvw_desktop.cli import parse
from pvw_desktop.config import Config, build_config
from pvw_desktop.errors import ExitCode, StartError


def config(*arguments: str, cwd: Path = Path("/work folder"), environ: dict[str, str] | None = None) -> Config:
    return build_config(parse(list(arguments)), environ or {}, cwd)


def test_nothing_said() -> None:
    made = config()
    assert (made.command, made.frontend, made.port, made.paths, made.data) == ("open", "window", 0, (), ())
    assert made.takes_part_in_single_instance


def test_paths_become_absolute() -> None:
    paths = config("a b.vtu", "../é.vtk", "/x/y", "~/z").paths
    home = os.path.expanduser("~")
    assert paths == (Path("/work folder/a b.vtu"), Path("/é.vtk"), Path("/x/y"), Path(home, "z"))


def test_data_folders(tmp_path: Path) -> None:
    (tmp_path / "a é").mkdir()
    made = config("--data", "a é", "--data", str(tmp_path), cwd=tmp_path)
    assert made.data == (tmp_path / "a é", tmp_path)


@pytest.mark.parametrize("kind", ["missing", "file", "null"])
def test_a_data_folder_that_is_none(tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartError) as caught:
        config("--data", "nu\0ll" if kind == "null" else kind, cwd=tmp_path)
    assert caught.value.exit_code == ExitCode.DATA and caught.value.hint


@pytest.mark.parametrize(
    ("arguments", "frontend"),
    [
        ((), "window"),
        (("--browser",), "browser"),
        (("--no-window",), "none"),
        (("--browser", "--no-window"), "none"),
        (("serve",), "none"),
        (("serve", "--browser"), "none"),
    ],
)
def test_what_shows_the_page(arguments: tuple[str, ...], frontend: str) -> None:
    assert config(*arguments).frontend == frontend


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "example.org", ""])
def test_other_computers_are_let_in_elsewhere(host: str) -> None:
    with pytest.raises(StartError, match="this computer alone") as caught:
        config("--host", host)
    assert caught.value.exit_code == ExitCode.USAGE and "Share" in (caught.value.hint or "")


def test_this_computer_is_a_host() -> None:
    assert config("--host", "localhost") == config("--host", "127.0.0.1")


@pytest.mark.parametrize("port", ["-1", "65536", "99999999999"])
def test_a_port_out_of_range(port: str) -> None:
    with pytest.raises(StartError) as caught:
        config(f"--port={port}")
    assert caught.value.exit_code == ExitCode.USAGE


@pytest.mark.parametrize("arguments", [("serve",), ("--port", "8080")])
def test_who_stands_alone(arguments: tuple[str, ...]) -> None:
    assert not config(*arguments).takes_part_in_single_instance


def test_another_page() -> None:
    assert config(environ={"PVW_PAGE": "dist"}).page == Path("/work folder/dist")


def test_doctor() -> None:
    made = config("doctor", "--json", "--pvpython", "x")
    assert (made.command, made.json, made.pvpython) == ("doctor", True, Path("/work folder/x"))
