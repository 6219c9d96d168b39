"""`make bench [ARGS="--only fps,latency --rounds 3 --quick"]`: figures of this machine, each beside what it is measured
against, in one run. Prints a table and writes bench-output/bench.json; a whole run also writes docs/performance.md.

What each figure means stands in the module of its group; docs/performance.md says it for users.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

from .figures import Row
from .groups import (
    busy,
    changes,
    flood,
    fps,
    geometry,
    latency,
    memory,
    million,
    render,
    start,
    throttled,
    video,
    viewers,
)
from .machine import Machine, examine
from .stock import NotHere, Stock, fetch
from .table import as_markdown, as_text, write_between
from .world import ROOT, World, display, environment_for, make_data, say

OUTPUT = ROOT / "bench-output"
PAGE = ROOT / "docs" / "performance.md"

Measure = Callable[[World], Awaitable[list[Row]]]
GROUPS: dict[str, tuple[str, Measure]] = {
    "fps": ("Images a second while dragging", fps.measure),
    "latency": ("Motion → image, a single move out of rest", latency.measure),
    "render": ("Render and read-back of an image", render.measure),
    "viewers": ("Ten viewers of one session", viewers.measure),
    "flood": ("Beside a client that sends without end", flood.measure),
    "throttled": ("A viewer over 1 Mbit/s", throttled.measure),
    "video": ("Moving images as video", video.measure),
    "memory": ("Memory", memory.measure),
    "geometry": ("Drawn by the page: opening", geometry.measure_opening),
    "local": ("Drawn by the page: turning", geometry.measure_turning),
    "million": ("A mesh of a million cells, in the page", million.measure),
    "changes": ("From a change to its picture", changes.measure),
    "start": ("Start", start.measure),
    "busy": ("While a filter runs", busy.measure),
}


def main(arguments: list[str] | None = None) -> int:
    """Runs the groups, one after the other; 1 where one of them failed."""
    options = _parser().parse_args(arguments)
    pvpython = os.environ.get("PVW_PVPYTHON") or shutil.which("pvpython")
    if pvpython is None:
        say("no pvpython here: run `make setup`")
        return 1
    chosen = options.only or list(GROUPS)
    begin = time.time()
    with display() as number, tempfile.TemporaryDirectory(prefix="pvw-bench-") as folder:
        environment = environment_for(number, Path(folder))
        stock = None if options.no_stock else _stock(pvpython)
        world = World(pvpython, environment, Path(folder), stock, options.rounds, options.quick)
        say("Writing the data sets")
        make_data(pvpython, world.data, environment)
        machine = examine(pvpython, environment)
        found = {GROUPS[name][0]: _group(name, world) for name in chosen}
    say("")
    for line in as_text(found):
        say(line)
    whole = not (options.only or options.quick) and stock is not None
    _write(found, machine, time.time() - begin, whole or options.write)
    return int(any(row.problem for rows in found.values() for row in rows))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.partition("\n\n")[0], allow_abbrev=False)
    parser.add_argument("--only", type=_names, metavar="GROUPS", help=f"some of: {','.join(GROUPS)}")
    parser.add_argument("--rounds", type=int, default=3, help="how often each pair is measured (default: 3)")
    parser.add_argument(
        "--quick", action="store_true", help="a third of the time for each figure: to try, not to quote"
    )
    parser.add_argument("--no-stock", action="store_true", help="measure ours alone")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md, whole or not")
    return parser


def _names(text: str) -> list[str]:
    names = text.split(",")
    wrong = [name for name in names if name not in GROUPS]
    if wrong:
        raise argparse.ArgumentTypeError(f"no group {wrong[0]!r}; there are {', '.join(GROUPS)}")
    return names


def _stock(pvpython: str) -> Stock | None:
    try:
        say("Looking for the stock server (the first time, fetching it)")
        return fetch(pvpython)
    except NotHere as error:
        say(f"Ours is measured alone: {error}.")
        return None


def _group(name: str, world: World) -> list[Row]:
    """The rows of one group; one that fails is a row that says why, and the others go on."""
    title, measure = GROUPS[name]
    say(f"{time.strftime('%H:%M:%S')} {name}: {title}")
    try:
        return asyncio.run(_awaited(measure, world))
    except Exception as error:
        traceback.print_exc()
        return [Row(name, "", problem=f"{type(error).__name__}: {error}")]


async def _awaited(measure: Measure, world: World) -> list[Row]:
    return await measure(world)


def _write(found: dict[str, list[Row]], machine: Machine, seconds: float, into_page: bool) -> None:
    OUTPUT.mkdir(exist_ok=True)
    record = {
        "machine": machine.as_json(),
        "seconds": round(seconds),
        "groups": {title: [row.as_json() for row in rows] for title, rows in found.items()},
    }
    (OUTPUT / "bench.json").write_text(json.dumps(record, indent=2, ensure_ascii=False), "utf-8")
    say(f"\n{seconds / 60:.1f} minutes; {(OUTPUT / 'bench.json').relative_to(ROOT)}")
    if into_page:
        write_between(PAGE, as_markdown(found, machine.lines()))
        say(f"{PAGE.relative_to(ROOT)} has the table")


if __name__ == "__main__":
    sys.exit(main())
