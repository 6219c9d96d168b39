"""Fetches the stock server that ours is measured beside: ParaViewWeb Visualizer, and the wslink it speaks, for the
Python inside ParaView. Both by package name, into `.setup/bench`, once."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from pathlib import Path

VISUALIZER = "pvw-visualizer@3.2.0"
WSLINK = "wslink==1.12.4"
FOLDER = Path(__file__).resolve().parents[2] / ".setup" / "bench"


class NotHere(Exception):
    """The stock server cannot be had on this machine: why, in a sentence."""


@dataclasses.dataclass(frozen=True)
class Stock:
    """Where it lies."""

    package: Path
    libraries: Path

    @property
    def script(self) -> Path:
        """What pvpython runs."""
        return self.package / "server" / "pvw-visualizer.py"

    @property
    def page(self) -> Path:
        """Its built page."""
        return self.package / "dist"


def fetch(pvpython: str, folder: Path = FOLDER) -> Stock:
    """The stock server, fetched where it is not there yet. Raises NotHere."""
    wanted = f"{VISUALIZER} {WSLINK} Python {python_version(pvpython)}"
    stamp = folder / "stamp"
    stock = Stock(folder / "package", folder / "libraries")
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return stock
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _fetch_visualizer(folder)
    _fetch_libraries(stock.libraries, python_version(pvpython))
    if not stock.script.is_file() or not (stock.page / "index.html").is_file():
        raise NotHere(f"the package {VISUALIZER} holds no server and page")
    stamp.write_text(wanted, "utf-8")
    return stock


def python_version(pvpython: str) -> str:
    """Version of the Python inside ParaView, such as 3.11. Raises NotHere."""
    script = "import sys, json; print(json.dumps(list(sys.version_info[:2])))"
    done = subprocess.run([pvpython, "-c", script], capture_output=True, text=True, check=False)
    try:
        major, minor = json.loads(done.stdout.strip().splitlines()[-1])
    except (ValueError, IndexError):
        raise NotHere(f"{pvpython} does not say which Python it holds") from None
    return f"{major}.{minor}"


def _fetch_visualizer(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NotHere(f"npm is missing, which fetches {VISUALIZER}")
    _run([npm, "pack", "--silent", "--pack-destination", str(folder), VISUALIZER], f"npm could not fetch {VISUALIZER}")
    (archive,) = folder.glob("*.tgz")
    _run(["tar", "xzf", str(archive), "-C", str(folder)], f"{archive.name} could not be unpacked")
    archive.unlink()


def _fetch_libraries(folder: Path, version: str) -> None:
    """wslink and aiohttp as wheels for ParaView's Python, which need not have a pip of its own."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--target", str(folder), "--python-version", version, "--only-binary=:all:", WSLINK, "aiohttp"]
    _run(command, f"pip could not fetch {WSLINK} and aiohttp for Python {version}")


def _run(command: list[str], problem: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise NotHere(": ".join([problem, *last]))
