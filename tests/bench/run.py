"""`make bench`: figures of this machine, each beside what it is measured against, in one run.

Start: from the command to the window, and to the first image drawn in the page of the real window, against a bare
pvpython script that opens the same file, renders it and saves it. Work: how long a ping takes while a filter runs, and
how long Cancel takes. Writes bench-output/bench.json besides the table.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "bench-output"
RUNS = 5
WINDOW = "PVW Desktop"


def say(text: str) -> None:
    """A line of the report."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def display() -> Iterator[str]:
    """An X server of the bench's own: a window on a desktop in use would be measured with everything else there."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def make_data(pvpython: str, folder: Path, environment: dict[str, str]) -> Path:
    """sphere79k.vtp: a sphere of 79,200 triangles. Binary and not appended data, which a bare ParaView 5.11 cannot read
    with a libexpat of today."""
    path = folder / "sphere79k.vtp"
    script = (
        "from paraview.simple import Sphere, SaveData\n"
        f"SaveData({str(path)!r}, proxy=Sphere(ThetaResolution=200, PhiResolution=200), DataMode='Binary')"
    )
    subprocess.run([pvpython, "-c", script], check=True, env=environment, stderr=subprocess.DEVNULL)
    return path


def bare_seconds(pvpython: str, file: Path, environment: dict[str, str]) -> float:
    """Command to image on disk, without us."""
    begin = time.perf_counter()
    command = [pvpython, str(ROOT / "tests" / "bench" / "bare.py"), str(file), str(file.with_suffix(".png"))]
    subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def launch_seconds(pvpython: str, file: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Command to window on screen, and to the first image drawn in its page."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "pvw_desktop", "--pvpython", pvpython, "--log-level", "info", str(file)],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    window = float("nan")
    search = ["xdotool", "search", "--onlyvisible", "--name", f"^{WINDOW}"]
    while process.poll() is None and time.perf_counter() - begin < 30:
        if subprocess.run(search, env=environment, capture_output=True).returncode == 0:
            window = time.perf_counter() - begin
            break
        time.sleep(0.01)
    lines = []
    for line in process.stderr:
        lines.append(line)
        if "drawn its first image" in line:
            image = time.perf_counter() - begin
            process.terminate()
            process.stderr.read()
            process.wait()
            return window, image
    raise SystemExit("no image was drawn:\n" + "".join(lines[-20:]))


def measure_start(pvpython: str, file: Path, environment: dict[str, str]) -> dict[str, Any]:
    """Bare and ours in turn, so that both see the same machine."""
    first_ever = launch_seconds(pvpython, file, environment)[1]
    bare_seconds(pvpython, file, environment)
    bare, windows, images = [], [], []
    for _ in range(RUNS):
        bare.append(bare_seconds(pvpython, file, environment))
        window, image = launch_seconds(pvpython, file, environment)
        windows.append(window)
        images.append(image)
    return {
        "bare_s": statistics.median(bare),
        "window_s": statistics.median(windows),
        "image_s": statistics.median(images),
        "image_min_max_s": [min(images), max(images)],
        "ratio": statistics.median(ours / theirs for ours, theirs in zip(images, bare, strict=True)),
        "first_start_ever_s": first_ever,
    }


def example_client() -> Any:
    """docs/examples/client.py as a module: what a stranger writes is what is measured."""
    spec = importlib.util.spec_from_file_location("client", ROOT / "docs" / "examples" / "client.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@asynccontextmanager
async def connect(module: Any, sign_in_url: str) -> AsyncIterator[Any]:
    """A signed-in connection of the example client."""
    base, _, code = sign_in_url.partition("#k=")
    headers = {"Origin": base.rstrip("/")}
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        async with http.post(base + "auth", json={"code": code}, headers=headers) as answer:
            answer.raise_for_status()
        async with http.ws_connect(base + "ws", protocols=[module.SUBPROTOCOL], headers=headers) as socket:
            yield module.Client(socket)


async def measure_busy(sign_in_url: str) -> dict[str, Any]:
    """Pings while a filter runs for ten seconds or more, then Cancel."""
    client_module = example_client()
    async with connect(client_module, sign_in_url) as client:
        await client.join()
        await client.topic("server", lambda value: value["state"] == "ready")
        wavelet = (await client.call("pipeline.create", group="sources", name="RTAnalyticSource"))["node"]
        extent = {"WholeExtent": [-100, 100, -100, 100, -100, 100]}
        await client.call("proxy.apply", changes=[{"id": wavelet, "values": extent}])
        node = (
            await client.call(
                "pipeline.create", group="filters", name="DataSetTriangleFilter", inputs=[{"node": wavelet, "port": 0}]
            )
        )["node"]
        before = client.topics["pipeline"]
        work = asyncio.create_task(client.call("proxy.apply", changes=[{"id": node, "values": {}}]))
        job = (await client.topic("jobs", lambda value: value["jobs"]))["jobs"][0]["id"]
        pings, fractions = [], set()
        end = time.perf_counter() + 10
        while time.perf_counter() < end and not work.done():
            begin = time.perf_counter()
            await client.call("session.ping")
            pings.append((time.perf_counter() - begin) * 1e3)
            fractions |= {item["fraction"] for item in client.topics["jobs"]["jobs"]}
            await asyncio.sleep(0.02)
        ran = not work.done()
        begin = time.perf_counter()
        await client.call("session.cancel", job=job)
        try:
            await work
            outcome = "finished"
        except client_module.RpcError as error:
            outcome = str(error)
        cancel = time.perf_counter() - begin
        return {
            "ran_10_s": ran,
            "pings": len(pings),
            "ping_p50_ms": statistics.median(pings),
            "ping_p99_ms": statistics.quantiles(pings, n=100)[98],
            "progress_steps": len(fractions),
            "cancel_s": cancel,
            "cancel_outcome": outcome,
            "pipeline_as_before": client.topics["pipeline"] == before,
        }


def run_busy(pvpython: str, environment: dict[str, str]) -> dict[str, Any]:
    """measure_busy against a server of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pvw_desktop", "serve", "--ready-json", "--pvpython", pvpython],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        return asyncio.run(measure_busy(json.loads(process.stdout.readline())["sign_in_url"]))
    finally:
        process.terminate()
        process.wait()


def report(start: dict[str, Any], busy: dict[str, Any]) -> None:
    """The table."""
    rows = [
        (f"start, sphere79k.vtp, median of {RUNS}", "ours", "bare pvpython", "ratio", "aim"),
        ("  command -> window on screen", f"{start['window_s']:.2f} s", "", "", "0.5 s"),
        (
            "  command -> first image in the page",
            f"{start['image_s']:.2f} s",
            f"{start['bare_s']:.2f} s",
            f"{start['ratio']:.2f}",
            "1.3",
        ),
        ("  the same, first start on this machine", f"{start['first_start_ever_s']:.2f} s", "", "", ""),
        ("while a filter runs", "", "", "", ""),
        (f"  ping, p50 of {busy['pings']}", f"{busy['ping_p50_ms']:.1f} ms", "", "", ""),
        ("  ping, p99", f"{busy['ping_p99_ms']:.1f} ms", "", "", "50 ms"),
        ("  steps of progress seen", str(busy["progress_steps"]), "", "", ""),
        ("  Cancel -> answer", f"{busy['cancel_s']:.2f} s", "", "", "1 s"),
        ("  pipeline as before", "yes" if busy["pipeline_as_before"] else "NO", "", "", "yes"),
    ]
    for name, ours, theirs, ratio, aim in rows:
        say(f"{name:42}{ours:>10}{theirs:>16}{ratio:>8}{aim:>9}")


def main() -> int:
    """Runs everything and prints the table."""
    pvpython = os.environ.get("PVW_PVPYTHON") or shutil.which("pvpython")
    if pvpython is None:
        say("no pvpython here: run `make setup`")
        return 1
    with display() as number, tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DISPLAY": number, "PVW_STATE_DIR": f"{folder}/state"}
        environment.pop("WAYLAND_DISPLAY", None)
        file = make_data(pvpython, Path(folder), environment)
        start = measure_start(pvpython, file, environment)
        busy = run_busy(pvpython, environment)
    report(start, busy)
    OUTPUT.mkdir(exist_ok=True)
    (OUTPUT / "bench.json").write_text(json.dumps({"start": start, "busy": busy}, indent=2), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
