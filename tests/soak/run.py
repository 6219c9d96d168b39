"""Random use of the whole application with faults, for as long as you like:

    .venv/bin/python -m tests.soak.run [--minutes 10] [--seed N] [--pvpython PATH]

Prints the seed and every step; ends with 1 at the first thing that is lost. A disk that fills up is played on a small
file system in memory, in a mount namespace of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from .session import ROOT, Session
from .walk import Lost, Walk

DISK_BYTES = 64 << 20
INSIDE = "PVW_SOAK_INSIDE"


def main() -> int:
    """0 where nothing was lost."""
    parser = argparse.ArgumentParser(description="Random use with faults; nothing that was applied may get lost.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--pvpython", default=os.environ.get("PVW_PVPYTHON") or shutil.which("pvpython"))
    arguments = parser.parse_args()
    if arguments.pvpython is None:
        parser.error("no pvpython here: name one with --pvpython")
    if INSIDE not in os.environ:
        return _in_namespace(arguments.seed)
    with tempfile.TemporaryDirectory(prefix="pvw-soak-") as folder, disk(Path(folder) / "state") as state:
        sys.stderr.write(f"seed {arguments.seed}\n")
        end = time.monotonic() + 60 * arguments.minutes
        data = write_data(Path(folder) / "data", arguments.pvpython)
        return asyncio.run(
            walk(Session(state, data, arguments.pvpython), arguments.seed, state, lambda _: time.monotonic() < end)
        )


def _in_namespace(seed: int) -> int:
    """This program again, where it may mount a file system that nobody else sees."""
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    command = ["unshare", *as_root, "--mount", sys.executable, "-m", "tests.soak.run", *sys.argv[1:]]
    return subprocess.run([*command, "--seed", str(seed)], env={**os.environ, INSIDE: "1"}, cwd=ROOT).returncode


@contextlib.contextmanager
def disk(folder: Path) -> Iterator[Path]:
    """A small file system in memory."""
    folder.mkdir()
    options = f"size={DISK_BYTES},mode=700"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def write_data(folder: Path, pvpython: str) -> Path:
    """The small files of tests/datasets.py."""
    folder.mkdir()
    command = [pvpython, "--force-offscreen-rendering", str(ROOT / "tests" / "datasets.py"), str(folder)]
    if "DISPLAY" not in os.environ:
        command = ["xvfb-run", "-a", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder


async def walk(session: Session, seed: int, disk: Path | None, more: Callable[[int], bool]) -> int:
    """Walks, says what happened, and ends what was started."""
    found = Walk(session, seed, disk)
    try:
        await found.begin()
        await found.go(more)
    except Lost as lost:
        notices = "".join(f"\n  {text}" for text in session.notices[-8:])
        sys.stderr.write(f"LOST, seed {seed}: {lost}\nnotices before:{notices}\n")
        return 1
    finally:
        await session.stop()
        sys.stderr.write(", ".join(f"{count} {name}" for name, count in sorted(found.counts.items())) + "\n")
    sys.stderr.write(f"nothing was lost, seed {seed}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
