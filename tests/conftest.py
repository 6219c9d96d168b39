"""What every test stands on: a machine that looks the same everywhere, and the real programs, which must be there.

A missing program fails the test: a skip would hide that nothing was tested. The markers `paraview` and `browser` come
from the fixtures a test asks for, so nobody can forget them.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import psutil
import pytest
from hypothesis import HealthCheck, settings

# A machine that is busy draws slowly, and that says nothing of what is tested.
settings.register_profile("anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("anywhere")

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
FOREIGN_ENVIRONMENT = "DISPLAY WAYLAND_DISPLAY XAUTHORITY PVW_STATE_DIR BROWSER PYTHONHOME PYTHONPATH".split()
BY_COST = ("paraview", "window", "leak", "browser")
MARKER_OF_FIXTURE = {"pvpython": "paraview", "chromium": "browser"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test by what it uses, and runs the cheap ones first."""
    for item in items:
        used = getattr(item, "fixturenames", ())
        for fixture, marker in MARKER_OF_FIXTURE.items():
            if fixture in used:
                item.add_marker(marker)
    items.sort(key=_cost)


def _cost(item: pytest.Item) -> int:
    return max((rank for rank, marker in enumerate(BY_COST, 1) if item.get_closest_marker(marker)), default=0)


@pytest.fixture(scope="session", autouse=True)
def own_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of the tests' own, no display, English messages; afterwards, no process may be left."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name, folder in (("CONFIG", ".config"), ("DATA", ".local/share"), ("STATE", ".local/state")):
            patch.setenv(f"XDG_{name}_HOME", str(home / folder))
        if "PLAYWRIGHT_BROWSERS_PATH" not in os.environ:
            patch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(Path.home() / ".cache" / "ms-playwright"))
        patch.setenv("HOME", str(home))
        # Mesa keeps compiled shaders here: one for all tests, or each pvpython compiles them again.
        patch.setenv("XDG_CACHE_HOME", str(home / ".cache"))
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        patch.setenv("LC_ALL", "C.UTF-8")
        for name in FOREIGN_ENVIRONMENT:
            patch.delenv(name, raising=False)
        patch.setattr(os, "_exit", _refuse_to_end(os._exit, os.getpid()))
        yield home
    left = psutil.Process().children(recursive=True)
    names = [f"{process.pid} {process.name()}" for process in left]
    for process in left:
        process.kill()
    assert not names, f"the tests left processes behind: {names}"


def _refuse_to_end(real: Callable[[int], NoReturn], pid: int) -> Callable[[int], NoReturn]:
    """os._exit for the tests: code under test that ends the whole run without a word fails its test instead."""

    def refuse(code: int) -> NoReturn:
        # pytest-timeout ends a run that hangs from a thread of its own, and forked children have to end like this
        if os.getpid() != pid or threading.current_thread() is not threading.main_thread():
            real(code)
        raise AssertionError(f"the code under test would have ended the test run with os._exit({code})")

    return refuse


@pytest.fixture(scope="session")
def pvpython() -> str:
    """Path of a real pvpython: PVW_PVPYTHON, or the one on PATH."""
    path = os.environ.get("PVW_PVPYTHON") or shutil.which("pvpython")
    if not path or not os.access(path, os.X_OK):
        pytest.fail("no pvpython here: run `make setup`, or name one in PVW_PVPYTHON")
    return path


@pytest.fixture(scope="session")
def chromium(own_machine: Path) -> str:
    """Path of the browser that Playwright drives: the system's, else the one Playwright brought."""
    for name in BROWSERS:
        path = shutil.which(name)
        if path:
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not os.access(path, os.X_OK):
        pytest.fail("no Chromium here: run `make setup`")
    return path


@pytest.fixture(scope="session")
def x_server(own_machine: Path) -> Iterator[str]:
    """A private X server for the whole run; the value is its display, such as `:3`."""
    command = ["-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]
    if not (shutil.which("Xvfb") and shutil.which("setpriv")):
        pytest.fail("Xvfb or setpriv is not here: run `make setup`")
    reader, writer = os.pipe()
    # setpriv: the server goes when this process goes, however it goes
    server = subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", "Xvfb", "-displayfd", str(writer), *command],
        pass_fds=[writer],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    if not number:
        pytest.fail(f"Xvfb ended with {server.wait()} before it was ready")
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture
def display(x_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The private X server as this test's DISPLAY."""
    monkeypatch.setenv("DISPLAY", x_server)
    return x_server


@pytest.fixture(scope="session")
def pyvista_data() -> Path:
    """Small real files, as other people's programs wrote them: .ply .vtk .vti, from the pyvista package."""
    folder = ROOT / ".setup" / "data" / "pyvista"
    if not (folder / "airplane.ply").is_file():
        pytest.fail("the example files are not here: run `make setup`")
    return folder


@pytest.fixture(scope="session")
def page_folder() -> Path:
    """The built page."""
    folder = ROOT / "www" / "dist"
    if not (folder / "index.html").is_file():
        pytest.fail("the page is not built: run `make setup`")
    return folder


Write = Callable[[Path], Path]


@pytest.fixture(scope="session")
def written(pvpython: str, x_server: str, tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Runs a script by pvpython that writes into the folder it is given; that folder. Once in a run, however many
    processes run tests side by side."""
    root = tmp_path_factory.getbasetemp()
    shared = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root

    def write(script: Path) -> Path:
        folder, whole = shared / script.stem, shared / f"{script.stem}.whole"
        with (shared / f"{script.stem}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if whole.exists():
                return folder
            folder.mkdir(exist_ok=True)
            done = subprocess.run(
                [pvpython, "--force-offscreen-rendering", str(script), str(folder)],
                capture_output=True,
                text=True,
                timeout=800,
                env={**os.environ, "DISPLAY": x_server},
            )
            if done.returncode != 0:
                pytest.fail(f"{script.name} failed: {done.stderr[-2000:]}")
            whole.touch()
        return folder

    return write


@pytest.fixture(scope="session")
def datasets(written: Write) -> Path:
    """A folder of small real files of many formats, most of them written by ParaView; see datasets.py."""
    return written(ROOT / "tests" / "datasets.py")
