"""`pvw-desktop bench [FILE] [--json]`: starts a server of its own, measures, says what it found, and leaves nothing."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

from ..config import Config, bundle_folder
from ..errors import PROGRAM, ExitCode, StartError, reason_of, say
from ..paths import find_folders
from ..protocol.errors import PvwError
from .figures import Result
from .report import as_json, as_text

TURN_SECONDS = 5.0
END_SECONDS = 10.0
SAID = "stderr.txt"


def run_bench(config: Config) -> int:
    """Prints the figures; the exit code. Raises StartError."""
    file = config.paths[0] if config.paths else None
    if file is not None:
        check_readable(file)
    if not config.json and sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write("Starting ParaView and turning the data for some seconds; this takes half a minute or so…\n")
    with tempfile.TemporaryDirectory(prefix=f"{PROGRAM}-bench-") as folder:
        try:
            result = asyncio.run(_measured(config, file, Path(folder)))
        except _Ended as ended:
            say("the bench was stopped; ParaView was ended")
            return 128 + ended.number
        except StartError as error:
            said = _said_by_server(Path(folder))
            if not said or error.exit_code is not ExitCode.PARAVIEW:
                raise
            sys.stderr.write(said)  # why ParaView cannot be used, in more words than its state has
            return error.exit_code
        except PvwError as error:
            say(error.message, error.hint)
            return ExitCode.FAILED
        except TimeoutError:
            say("ParaView did not answer any more", f"Try a smaller file, or see what `{PROGRAM} doctor` says")
            return ExitCode.FAILED
    sys.stdout.write(as_json(result) if config.json else "\n".join(as_text(result)))
    sys.stdout.write("\n")
    return ExitCode.OK


def check_readable(file: Path) -> None:
    """Raises StartError for what is no file that can be read."""
    if os.path.isdir(file):
        raise StartError(f"{file} is a folder, not a file", "Name one file in it", ExitCode.DATA)
    try:
        with file.open("rb"):
            return
    except FileNotFoundError:
        raise StartError(f"there is no {file}", "Check the name", ExitCode.DATA) from None
    except OSError as error:
        raise StartError(
            f"{file} cannot be read ({reason_of(error)})", "Name a file you may read", ExitCode.DATA
        ) from None


class _Ended(Exception):
    """A signal said so."""

    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


async def _measured(config: Config, file: Path | None, folder: Path) -> Result:
    """The measurements, until they are done or a signal comes."""
    work = asyncio.ensure_future(_measure(config, file, folder))
    heard: list[int] = []

    def end(number: int) -> None:
        heard.append(number)
        work.cancel()

    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with contextlib.suppress(AttributeError, NotImplementedError):  # not on Windows: Ctrl+C raises there
            number = getattr(signal, name)
            loop.add_signal_handler(number, end, number)
    try:
        return await work
    except asyncio.CancelledError:
        if not heard:
            raise
        raise _Ended(heard[0]) from None


async def _measure(config: Config, file: Path | None, folder: Path) -> Result:
    from .client import connect
    from .measure import measure

    started = time.perf_counter()
    async with _server(config, file.parent if file else folder, folder) as sign_in_url, connect(sign_in_url) as link:
        return await measure(link, started, file.name if file else None, TURN_SECONDS)


@contextlib.asynccontextmanager
async def _server(config: Config, data: Path, folder: Path) -> AsyncIterator[str]:
    """`pvw-desktop serve` with a state folder of its own; its sign-in address."""
    command = [sys.executable] if bundle_folder() else [sys.executable, "-m", "pvw_desktop"]
    command += ["serve", "--ready-json", "--data", str(data)]
    if config.pvpython:
        command += ["--pvpython", str(config.pvpython)]
    environ = {**config.environ, "PVW_STATE_DIR": str(_state(config, folder / "state"))}
    with (folder / SAID).open("wb") as said:
        server = await asyncio.create_subprocess_exec(
            *command, env=environ, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=said
        )
    assert server.stdout is not None
    try:
        line = await server.stdout.readline()
        if not line:
            await server.wait()
            raise StartError("the server did not start: " + " ".join(_said_by_server(folder).split()), "")
        yield json.loads(line)["sign_in_url"]
    finally:
        await _end(server)


def _state(config: Config, folder: Path) -> Path:
    """A state folder that knows what the person chose and which ParaViews there are, and nothing else."""
    own = find_folders(config.environ)
    for source, target in ((own.settings, "config"), (own.cache / "versions.json", "cache")):
        with contextlib.suppress(OSError):
            (folder / target).mkdir(mode=0o700, parents=True)
            shutil.copy(source, folder / target)
    return folder


def _said_by_server(folder: Path) -> str:
    """What the server said on stderr."""
    try:
        return (folder / SAID).read_text("utf-8", "replace")
    except OSError:
        return ""


async def _end(server: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        server.terminate()
    try:
        await asyncio.wait_for(server.wait(), END_SECONDS)
    except asyncio.TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            server.kill()
        await server.wait()
