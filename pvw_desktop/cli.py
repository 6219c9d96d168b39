"""argv -> Config -> one command. Says what went wrong in one sentence and leaves with the exit code for it.

Imports nothing heavy before it knows the command: `--version` and a wrong option answer at once.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from . import __version__
from .config import Config, build_config, read_environment
from .errors import PROGRAM, ExitCode, StartError, say

LOG_LEVELS = ("debug", "info", "warning", "error")
COMMANDS = ("serve", "doctor", "bench")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise StartError(message, f"Run {self.prog} --help to see what it takes", ExitCode.USAGE)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code. Without `argv` it is the whole program."""
    if argv is not None:
        return _main(list(argv))
    code = _main(sys.argv[1:])
    _leave_stuck_threads(code)
    return code


def _main(arguments: list[str]) -> int:
    try:
        options = parse(arguments)
        return int(_run(build_config(options, read_environment(), _current_folder())))
    except StartError as error:
        say(error.message, error.hint)
        return int(error.exit_code)
    except KeyboardInterrupt:
        return int(ExitCode.INTERRUPTED)


def _leave_stuck_threads(code: int) -> None:
    """Ends the process where a thread would keep it: pywebview starts some that wait for ever for a window that was
    closed while its page was loading. Everything of ours has ended by now."""
    threading = sys.modules.get("threading")
    if threading is None or not any(
        thread.is_alive() and not thread.daemon and thread is not threading.main_thread()
        for thread in threading.enumerate()
    ):
        return
    logging = sys.modules.get("logging")
    if logging is not None:
        logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options of one command line. A first word of COMMANDS names a command; `./serve` is a path."""
    if arguments and arguments[0] in COMMANDS:
        command, rest = arguments[0], arguments[1:]
    else:
        command, rest = "open", arguments
    options = _parser(command).parse_args(rest)
    options.command = command
    return options


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except OSError:
        raise StartError("the current folder is not there any more", "Change to a folder that exists") from None


def _run(config: Config) -> int:
    if config.command == "doctor":
        from .launcher.doctor.command import run_doctor

        return run_doctor(config)
    if config.command == "bench":
        from .bench.command import run_bench

        return run_bench(config)
    from .launcher.application import run_application

    return run_application(config)


def _parser(command: str) -> _Parser:
    if command == "doctor":
        return _doctor_parser()
    if command == "bench":
        return _bench_parser()
    serve = command == "serve"
    parser = _Parser(
        prog=f"{PROGRAM} serve" if serve else PROGRAM,
        description=(
            "Serves the page without a window and prints its address."
            if serve
            else "Shows simulation results with ParaView in a window of its own."
        ),
        epilog=None
        if serve
        else "Further commands: serve (no window at all), doctor (what was found here), bench (how fast it is here).",
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="file or folder to open")
    parser.add_argument("--data", action="append", default=[], metavar="DIR", help="folder to browse; repeatable")
    parser.add_argument("--pvpython", metavar="PATH", help="the pvpython to use, or the folder ParaView lies in")
    parser.add_argument("--browser", action="store_true", help="show the page in the web browser")
    parser.add_argument("--no-window", action="store_true", help="serve the page and print its address")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="port of the page (default: any free one)")
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDR", help="this computer only, for now")
    parser.add_argument("--log-level", choices=LOG_LEVELS, default="warning", help="what is told on stderr")
    if serve:
        parser.add_argument(
            "--ready-json", action="store_true", help="print one JSON line with url, sign_in_url and pid when ready"
        )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    return parser


def _doctor_parser() -> _Parser:
    parser = _Parser(
        prog=f"{PROGRAM} doctor",
        description="Says which ParaView is used and why, what else was found, and how to fix what is wrong.",
        allow_abbrev=False,
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--pvpython", metavar="PATH", help="also look at this pvpython, before all others")
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    return parser


def _bench_parser() -> _Parser:
    parser = _Parser(
        prog=f"{PROGRAM} bench",
        description="Says how fast images come on this computer: starts ParaView, opens a file, turns it.",
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="?", metavar="FILE", help="what to open (default: an example)")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--pvpython", metavar="PATH", help="the pvpython to use, or the folder ParaView lies in")
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    return parser
