"""A real pvpython that confined itself: it starts, renders and reads its data folders, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pvw_desktop.protocol.channel import ServerConfig
from pvw_desktop.protocol.errors import Failed, Forbidden
from pvw_desktop.server import confine
from tests.server.harness import ROOT, Server

pytestmark = pytest.mark.paraview


@pytest.fixture(scope="module")
def folders(datasets: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A data folder, and one outside of it."""
    base = tmp_path_factory.mktemp("confined")
    shutil.copytree(datasets, base / "data")
    shutil.copytree(datasets, base / "outside")
    (base / "data" / "link.vtp").symlink_to(base / "outside" / "surface.vtp")
    return base / "data", base / "outside"


@pytest.fixture(scope="module")
def confined(
    pvpython: str, x_server: str, folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    server = Server(pvpython, x_server, tmp_path_factory.mktemp("work") / "work.pvsm", confine=[folders[0]])
    yield server
    assert server.close() == 0
    assert server.work is not None and not list(server.work.parent.glob("pvw-*")), "temporary files are left"


def test_it_says_so_and_renders_what_lies_inside(confined: Server, folders: tuple[Path, Path]) -> None:
    assert confined.ready is not None
    assert confined.ready.confined is True and "Landlock" in str(confined.ready.confinement)
    for name in ("surface.vtp", "mesh.e", "bar.case", "cavity/cavity.foam", "ball.pvd", "grid.xdmf", "surface.stl"):
        answer = confined.open(folders[0] / name)
        if answer["choose"]:
            answer = confined.open(folders[0] / name, reader=answer["choose"][0]["name"])
        assert confined.topics[f"info/{answer['node']}/0"]["points"] > 0
    _, pixels = confined.still(confined.answered_seq)
    assert len({pixels[index : index + 3] for index in range(0, len(pixels), 3001)}) > 1, "the image is one colour"
    confined.call("pipeline.clear")


@pytest.mark.parametrize("name", ["outside/surface.vtp", "outside/mesh.vtu", "data/link.vtp"])
def test_what_lies_outside_cannot_be_read_and_opening_says_so(
    confined: Server, folders: tuple[Path, Path], name: str
) -> None:
    with pytest.raises(Forbidden, match="lies outside of the folders that this session may read"):
        confined.open(folders[0].parent / name)


def test_neither_can_what_a_file_inside_names(confined: Server, folders: tuple[Path, Path]) -> None:
    inside = folders[0] / "leads-out.pvd"
    inside.write_text(
        f'<VTKFile type="Collection"><Collection><DataSet timestep="0" file="{folders[1] / "surface.vtp"}"/>'
        "</Collection></VTKFile>"
    )
    try:
        node = confined.open(inside)["node"]
    except Failed:
        return
    assert confined.topics[f"info/{node}/0"]["points"] == 0


def test_work_is_saved_and_no_code_gets_further(confined: Server, folders: tuple[Path, Path]) -> None:
    """Python inside ParaView stands for any code that somebody gets to run there."""
    saved = confined.saves
    node = confined.call("pipeline.create", name="ProgrammableSource", group="sources")["node"]
    confined.wait(lambda: confined.saves > saved)
    script = f"""
import os
said = []
def attempt(what, *args):
    try:
        what(*args)
        said.append("yes")
    except PermissionError:
        said.append("no")
attempt(lambda: open({str(folders[0] / "surface.vtp")!r}, "rb").read(1))
attempt(lambda: open({str(folders[0] / "new")!r}, "w"))
attempt(lambda: open({str(folders[0] / "surface.vtp")!r}, "r+b"))
attempt(os.unlink, {str(folders[0] / "surface.vtp")!r})
attempt(os.listdir, {str(folders[1])!r})
attempt(lambda: open("/etc/passwd").read())
attempt(lambda: open("/proc/{os.getpid()}/environ").read())
attempt(os.listdir, os.path.expanduser("~"))
attempt(os.kill, {os.getpid()}, 0)
import tempfile
attempt(lambda: tempfile.TemporaryFile().write(b"x"))
with open(os.path.join(tempfile.gettempdir(), "said"), "w") as file:
    file.write("|".join(said))
"""
    confined.call("proxy.apply", node=node, changes=[{"id": node, "values": {"Script": script}}])
    assert confined.work is not None
    (said,) = confined.work.parent.glob("pvw-*/said")
    assert said.read_text() == "yes|no|no|no|no|no|no|no|no|yes"
    confined.call("pipeline.clear")
    assert (folders[0] / "surface.vtp").exists()


def test_a_server_that_nobody_confined_says_nothing(server: Server) -> None:
    assert server.ready is not None and server.ready.confined is None and server.ready.confinement is None


def test_without_landlock_it_says_that_it_is_not_confined(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(*_: object) -> int:
        raise OSError(38, os.strerror(38))

    monkeypatch.setattr(confine._Landlock, "_call", missing)
    frames = tmp_path / "frames"
    frames.write_bytes(b"x")
    config, came = confine.confine(ServerConfig("127.0.0.1", 1, "t", str(frames), confine=[str(tmp_path)]))
    assert came == confine.Confinement(False, "This session is not confined: Landlock said Function not implemented.")
    os.close(int(config.frames.rpartition("/")[2]))


@pytest.mark.parametrize("abi", range(1, 8))
def test_every_abi_gets_what_it_knows(abi: int, tmp_path: Path) -> None:
    """An older kernel refuses unknown rights; each ABI is asked of this kernel, in a process of its own."""
    script = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from pvw_desktop.server import confine
kernel = confine._Landlock()
assert kernel.abi >= 1
kernel.abi = min({abi}, kernel.abi)
kernel.restrict([({str(tmp_path)!r}, confine._LOOK), ("/dev/null", confine._DEVICE), ("/not/there", 1)], [80])
os.listdir({str(tmp_path)!r})
open("/dev/null", "w").close()
for path in ("/etc", "/"):
    try:
        os.listdir(path)
    except PermissionError:
        continue
    raise SystemExit("not confined")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
