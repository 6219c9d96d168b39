"""Start: from the command to the window on screen, beside a bare window of pywebview (inside/window.py), and to the
first image drawn in the page of that window, beside a bare pvpython script that opens the same file, renders it and
saves it (inside/start.py)."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

from ..figures import Row, at_most
from ..world import HERE, ROOT, SPHERE, World, end

WINDOW = "PVW Desktop"
BARE_WINDOW = "Bare window"
DRAWN = "drawn its first image"
SECONDS = 30.0


async def measure(world: World) -> list[Row]:
    """Bare and ours in turn. The first start of each is left out of the medians: it also fills caches."""
    return await asyncio.to_thread(_measure, world)


def _measure(world: World) -> list[Row]:
    first = launch_seconds(world)[1]
    bare_seconds(world)
    bare_window_seconds(world)
    bare, bare_windows, windows, images = [], [], [], []
    for _ in range(world.rounds):
        bare.append(bare_seconds(world))
        bare_windows.append(bare_window_seconds(world))
        window, image = launch_seconds(world)
        windows.append(window)
        images.append(image)
    return [
        Row(
            "sphere79k: command → window on screen",
            "s",
            tuple(windows),
            tuple(bare_windows),
            "bare window",
            at_most(1.3),
        ),
        Row(
            "sphere79k: command → first image in the page", "s", tuple(images), tuple(bare), "bare script", at_most(1.3)
        ),
        Row("the same, first start with this state folder", "s", (first,)),
    ]


def bare_seconds(world: World) -> float:
    """Command to image on disk, without us."""
    begin = time.perf_counter()
    image = world.folder / "bare.png"
    command = [world.pvpython, str(HERE / "inside" / "start.py"), str(world.data / SPHERE), str(image)]
    subprocess.run(command, check=True, env=world.environment, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def bare_window_seconds(world: World) -> float:
    """Command to a window on screen, without us."""
    begin = time.perf_counter()
    command = [sys.executable, str(HERE / "inside" / "window.py"), BARE_WINDOW, str(world.folder / "bare window")]
    process = subprocess.Popen(command, cwd=ROOT, env=world.environment, stderr=subprocess.DEVNULL)
    try:
        return _window_seconds(process, BARE_WINDOW, world, begin)
    finally:
        end(process)


def launch_seconds(world: World) -> tuple[float, float]:
    """Command to window on screen, and to the first image drawn in its page."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "pvw_desktop", "--pvpython", world.pvpython, "--log-level", "info", _file(world)],
        cwd=ROOT,
        env=world.environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        window = _window_seconds(process, WINDOW, world, begin)
        lines = []
        for line in process.stderr:
            lines.append(line)
            if DRAWN in line:
                return window, time.perf_counter() - begin
        raise RuntimeError("no image was drawn: " + " / ".join(lines[-5:]))
    finally:
        end(process)
        process.stderr.close()


def _file(world: World) -> str:
    return str(world.data / SPHERE)


def _window_seconds(
    process: subprocess.Popen[str] | subprocess.Popen[bytes], title: str, world: World, begin: float
) -> float:
    search = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}"]
    while process.poll() is None and time.perf_counter() - begin < SECONDS:
        if subprocess.run(search, env=world.environment, capture_output=True).returncode == 0:
            return time.perf_counter() - begin
        time.sleep(0.01)
    raise RuntimeError(f"no window came within {SECONDS:.0f} s")
