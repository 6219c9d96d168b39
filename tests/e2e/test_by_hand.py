"""The server started by hand with ParaView's own interpreter, and the example client of the documentation."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT, Start

pytestmark = pytest.mark.paraview

CLIENT = ROOT / "docs" / "examples" / "client.py"


def run_client(sign_in_url: str, out: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(CLIENT), sign_in_url, "mesh.vtu", str(out)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "800x600" in done.stdout
    assert out.read_bytes().startswith(b"\xff\xd8\xff") and out.stat().st_size > 8_000


def by_hand(pvpython: str, page_folder: Path, data: Path, *more: str) -> subprocess.Popen[str]:
    command = [pvpython, "pvw_desktop/server", "--content", str(page_folder), "--data", str(data), *more]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_the_example_client_saves_an_image(start: Start, datasets: Path, tmp_path: Path) -> None:
    run_client(start("--data", str(datasets)).sign_in_url, tmp_path / "image.jpg")


def test_by_hand_it_serves_the_page_at_its_port(
    pvpython: str, display: str, page_folder: Path, datasets: Path, tmp_path: Path
) -> None:
    port = free_port()
    process = by_hand(pvpython, page_folder, datasets, "--port", str(port))
    try:
        assert process.stdout is not None
        url = None
        for line in process.stdout:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/s/\w+/#k=\S+", line)
            if found:
                assert int(found.group(1)) == port
                url = found.group(0)
                break
        assert url is not None, process.stderr.read() if process.stderr else ""
        run_client(url, tmp_path / "image.jpg")
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(120) == -signal.SIGINT
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("case", ["port", "data", "content"])
def test_by_hand_a_wrong_start_is_one_sentence(
    pvpython: str, display: str, page_folder: Path, datasets: Path, tmp_path: Path, case: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1] if case == "port" else 0
        data = tmp_path / "nowhere" if case == "data" else datasets
        content = tmp_path if case == "content" else page_folder
        process = by_hand(pvpython, content, data, "--port", str(port))
        _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    # other X servers of the machine refuse ParaView, and libX11 says so
    said = [line for line in err.splitlines() if line and not line.startswith("Authorization required")]
    assert len(said) == 1 and said[0].startswith("pvw-desktop server: "), err


def test_by_hand_without_aiohttp_it_names_the_command(
    pvpython: str, display: str, page_folder: Path, datasets: Path, tmp_path: Path
) -> None:
    """A folder with an unusable aiohttp comes first on the path: what an interpreter without one sees."""
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util, sys\n"
        "real = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name == 'aiohttp' else real(name, *more)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [pvpython, "pvw_desktop/server", "--content", str(page_folder), "--data", str(datasets)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1
    assert "aiohttp" in done.stderr and ("apt install python3-aiohttp" in done.stderr or "pip install" in done.stderr)
