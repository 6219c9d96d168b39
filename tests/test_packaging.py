"""What is built and how it is started from the checkout: the wheel, `make run`, set-up where it cannot install."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pvw_desktop import __version__
from tests.sources import ROOT

HATCH = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]


def test_the_wheel_holds_the_page_and_nothing_but_the_application(page_folder: Path, tmp_path: Path) -> None:
    subprocess.run([*HATCH, "--directory", str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "installed")
    pages = {f"pvw_desktop/page/{path.relative_to(page_folder).as_posix()}" for path in page_folder.rglob("*.*")}
    assert pages | {"pvw_desktop/page/app.png"} <= names
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"pvw_desktop", f"pvw_desktop-{__version__}.dist-info"}
    show = "from pathlib import Path; import pvw_desktop; from pvw_desktop.launcher.application import find_page; "
    show += "print(find_page(Path(pvw_desktop.__file__).parent))"
    found = subprocess.run(
        [sys.executable, "-c", show], cwd=tmp_path / "installed", check=True, capture_output=True, text=True
    ).stdout
    assert Path(found.strip()) == tmp_path / "installed" / "pvw_desktop" / "page"


def test_a_wheel_without_the_page_is_not_built(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "README.md", "LICENSE", "packaging/hatch_build.py", "pvw_desktop/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    built = subprocess.run(HATCH, cwd=tmp_path, capture_output=True, text=True)
    assert built.returncode == 1
    assert built.stderr.strip() == "The page is not built (www/dist/index.html is missing): run `make build`."
    assert not list(tmp_path.rglob("*.whl"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose application prints its arguments."""
    (tmp_path / "packaging").mkdir()
    shutil.copy(ROOT / "packaging" / "run.sh", tmp_path / "packaging" / "run.sh")
    program = tmp_path / ".venv" / "bin" / "pvw-desktop"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable}\nimport json, sys\nprint(json.dumps(sys.argv[1:]))\n")
    program.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("environment", "arguments"),
    [
        ({}, ["--data", ".setup/examples", ".setup/examples/drum.pvd"]),
        ({"DATA": "~/ein Ordner"}, ["--data", "/their home/ein Ordner"]),
        ({"DATA": "/data/größe", "ARGS": "--browser --port 0"}, ["--data", "/data/größe", "--browser", "--port", "0"]),
    ],
)
def test_make_run_passes_the_folder_on(checkout: Path, environment: dict[str, str], arguments: list[str]) -> None:
    (checkout / ".setup" / "examples").mkdir(parents=True)
    (checkout / ".setup" / "examples" / "drum.pvd").touch()
    said = subprocess.run(
        [checkout / "packaging" / "run.sh"],
        env={"PATH": "/usr/bin:/bin", "HOME": "/their home", "LC_ALL": "C.UTF-8"} | environment,
        check=True,
        capture_output=True,
    ).stdout
    assert json.loads(said) == arguments


def test_make_run_without_example_data_still_starts(checkout: Path) -> None:
    said = subprocess.run(
        [checkout / "packaging" / "run.sh"], env={"PATH": "/usr/bin:/bin"}, check=True, capture_output=True
    )
    assert json.loads(said.stdout) == []


def system_step(tmp_path: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Runs a line with the functions of setup_system.sh, on a machine that has hardly any programs."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("id", "grep", "head", "sed"):
        (programs / name).symlink_to(str(shutil.which(name)))
    script = f"""
        set -euo pipefail
        state={tmp_path} python=/usr/bin/python3
        say() {{ echo "$*" >&2; }}
        fail() {{ say "$*"; exit 1; }}
        . packaging/setup_system.sh
        {command}
    """
    return subprocess.run(
        ["/bin/bash", "-c", script], cwd=ROOT, env={"PATH": str(programs)}, capture_output=True, text=True
    )


def test_set_up_without_apt_says_what_is_needed(tmp_path: Path) -> None:
    said = system_step(tmp_path, "find_pvpython() { return 1; }; system_packages test")
    assert said.returncode == 1
    assert "needed: ParaView 5.11 or newer" in said.stderr
    assert "needed: Xvfb" in said.stderr
    assert "needed: Chromium" in said.stderr
    assert "this system has no apt-get" in said.stderr


@pytest.mark.parametrize(("purpose", "browser"), [("run", False), ("test", True)])
def test_set_up_asks_for_what_the_purpose_needs(tmp_path: Path, purpose: str, browser: bool) -> None:
    stubs = "find_pvpython() { return 1; }; find_browser() { return 1; }; browser_is_packaged() { true; };"
    packages = system_step(tmp_path, f"{stubs} packages_for {purpose}").stdout.split()
    assert {"python3-paraview", "python3-gi", "gir1.2-webkit2-4.1", "xvfb"} <= set(packages)
    assert ("chromium" in packages) is browser


def test_set_up_leaves_a_paraview_of_ones_own_alone(tmp_path: Path) -> None:
    own = tmp_path / "pvpython"
    own.touch(0o755)
    packages = system_step(tmp_path, f"PVW_PVPYTHON={own} packages_for run").stdout.split()
    assert "xvfb" in packages and "python3-paraview" not in packages
