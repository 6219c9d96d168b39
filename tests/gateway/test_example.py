"""docs/examples/client.py, run as a stranger would, against a stand-in for ParaView."""

from __future__ import annotations

import asyncio
import importlib.util
import io
import math
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import Failed

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "client.py"
VIEW: dict[str, Any] = {
    "view": "7",
    "width": 400,
    "height": 300,
    "camera": {
        "position": [0.0, 0.0, 10.0], "focal_point": [1.0, 0.0, 0.0], "view_up": [0.0, 1.0, 0.0], "view_angle": 30.0,
        "parallel_scale": 1.0, "parallel": False,
    },
    "camera_version": 1,
    "center_of_rotation": [0, 0, 0],
    "bounds": None,
    "orientation_axes": True,
    "background": [0, 0, 0],
}  # fmt: skip


async def run(world: Any, *arguments: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(EXAMPLE), *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode or 0, out.decode(), err.decode()


async def paraview(world: Any, cameras: list[Any]) -> None:
    """Plays a ParaView that opens one file in two attempts, and renders each camera it is given."""
    view, seq = dict(VIEW), 0
    while True:
        request = await world.server.next(wire.Request)
        result: dict[str, Any] = {}
        if request.method == "files.open" and request.params["reader"] is None:
            result = {"node": None, "choose": [{"name": "B", "group": "sources", "label": "B"}]}
        elif request.method == "files.open":
            result = {"node": "12", "choose": []}
            view = {**view, "bounds": [0, 1, 0, 1, 0, 1]}
        elif request.method == "view.camera.reset":
            view = {**view, "camera_version": view["camera_version"] + 1}
        elif request.method == "view.camera.set":
            cameras.append(request.params)
            seq += 1
            await world.render(
                seq, slot=seq % 2, width=80, height=60, still=not request.params["interactive"],
                camera=request.params["camera"], client=request.client, motion=request.params["motion"],
            )  # fmt: skip
        pipeline = {"nodes": [], "view": "7"}
        # another view, with a camera that was changed more often: whose it is must be asked
        other = {**view, "view": "8", "camera_version": 90, "bounds": [0, 9, 0, 9, 0, 9]}
        await world.server.send(wire.Topics({"view/8": other, "view/7": view, "pipeline": pipeline}))
        if request.id is not None:
            await world.server.send(wire.Reply(request.id, result))


async def test_it_opens_a_file_turns_the_camera_and_saves_an_image(world: Any, tmp_path: Path) -> None:
    (world.folder / "wing é.vtu").write_text("x")
    cameras: list[Any] = []
    playing = asyncio.create_task(paraview(world, cameras))
    out = tmp_path / "out.jpg"
    url = world.gateway.new_sign_in_url(world.session)
    code, said, wrong = await run(world, url, "wing é.vtu", str(out), "--root", "data")
    playing.cancel()
    assert (code, wrong) == (0, "")
    assert "80x60" in said
    with Image.open(io.BytesIO(out.read_bytes())) as image:
        assert image.size == (80, 60)
    last = cameras[-1]
    assert (last["motion"], last["interactive"]) == (20, False)
    # a quarter turn around the vertical axis through (1, 0, 0)
    assert math.dist(last["camera"]["position"], (11.0, 0.0, 1.0)) < 1e-9

    code, _, wrong = await run(world, url, "wing é.vtu", str(out))
    assert code != 0
    assert wrong == "This sign-in link was used before or is too old.\n"
    page, _, key = url.partition("#")
    code, _, wrong = await run(world, f"{page[:-2]}x/#{key}", "wing é.vtu", str(out))
    assert code != 0 and "no such session" in wrong


async def test_a_lost_connection_ends_it_at_once_with_the_sentence(world: Any, tmp_path: Path) -> None:
    (world.folder / "wing.vtu").write_text("x")
    url = world.gateway.new_sign_in_url(world.session)
    running = asyncio.create_task(run(world, url, "wing.vtu", str(tmp_path / "x.jpg")))
    await world.server.next(wire.Request)  # it waits for the answer
    await world.gateway.stop()
    code, _, wrong = await running
    assert code != 0
    assert wrong == "The connection has ended (code 1001). PVW Desktop was closed.\n"


async def test_a_snapshot_that_is_older_than_a_change_does_not_undo_it() -> None:
    spec = importlib.util.spec_from_file_location("example_client", EXAMPLE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    class Socket:
        close_code = None

        async def receive(self) -> Any:
            await asyncio.Event().wait()

    client = module.Client(Socket())
    client._take({"method": "state.changed", "params": {"changes": [{"name": "time", "version": 3, "value": "new"}]}})
    client._update([{"name": "time", "version": 2, "value": "old"}, {"name": "pipeline", "version": 1, "value": "p"}])
    assert client.topics == {"time": "new", "pipeline": "p"}
    client._reading.cancel()


async def test_it_says_what_went_wrong(world: Any, tmp_path: Path) -> None:
    (world.folder / "bad.vtu").write_text("x")

    async def failing() -> None:
        request = await world.server.next(wire.Request)
        error = Failed("bad.vtu could not be read.", "It may be damaged.").to_wire()
        await world.server.send(wire.Reply(request.id, None, error))

    for arguments, words in (
        (["bad.vtu", "x.jpg"], "bad.vtu could not be read. It may be damaged.\n"),
        (["gone.vtu", "x.jpg"], "There is no 'gone.vtu' in 'data'."),
        (["a.vtu", "x.jpg", "--root", "none"], "There is no data folder 'none'"),
    ):
        playing = asyncio.create_task(failing())
        code, _, wrong = await run(
            world, world.gateway.new_sign_in_url(world.session), arguments[0], str(tmp_path / "x"), *arguments[2:]
        )
        playing.cancel()
        assert code != 0
        assert wrong.startswith(words)
    assert not (tmp_path / "x").exists()
