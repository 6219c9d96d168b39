"""The server by hand: gateway and ParaView in one process, with ParaView's own interpreter and nothing else started.

    pvpython pvw_desktop/server --content www/dist --data DIR --port 8080

The one file of the server that knows the gateway. It imports it late: the gateway needs aiohttp, which ParaView does
not ship. While a filter runs, Python stands still in this process, and so does the page: the launcher's two processes
are the better way, this is the one that needs least.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import os
import shutil
import signal
import sys
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from pvw_desktop.protocol.channel import ServerConfig
from pvw_desktop.protocol.errors import PvwError, Unavailable

from . import boot

OWN_PACKAGES = Path("~/.local/share/pvw-desktop").expanduser() / f"python3.{sys.version_info[1]}"
"""Where aiohttp is looked for besides ParaView's own packages: ParaView's binaries have no place for more."""

EXIT_CANNOT_START = 1


def main(arguments: list[str]) -> int:
    """Serves until Ctrl+C; the exit code where it cannot start."""
    options = _parse(arguments)
    # One Ctrl+C ends it even inside a filter. Nothing is left behind: the image memory has no name on disk.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        _require_gateway()
        config = _start_gateway(options)
    except PvwError as error:
        sys.stderr.write(f"pvw-desktop server: {error.message} {error.hint or ''}\n")
        return EXIT_CANNOT_START

    from .serving import serve

    serve(config)
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pvpython pvw_desktop/server", description="Serve ParaView behind a page.")
    parser.add_argument("--content", type=Path, required=True, help="folder of the built page (www/dist)")
    parser.add_argument("--data", type=Path, action="append", default=[], help="data folder; may be given again")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8080, help="port to listen on; 0 takes a free one")
    return parser.parse_args(arguments)


def _require_gateway() -> None:
    if sys.version_info < (3, 10):
        raise Unavailable(
            f"The page needs Python 3.10, and this ParaView has {sys.version_info[0]}.{sys.version_info[1]}.",
            "Use a newer ParaView, or start `pvw-desktop`, which works with this one.",
        )
    if OWN_PACKAGES.is_dir():
        sys.path.append(str(OWN_PACKAGES))
    if importlib.util.find_spec("aiohttp") is None:
        raise Unavailable("This ParaView's Python has no aiohttp, which serves the page.", f"Run: {_install_command()}")


def _install_command() -> str:
    """The one command that provides aiohttp to this interpreter."""
    if sys.prefix == "/usr" and shutil.which("apt"):
        return "sudo apt install python3-aiohttp python3-pil"
    return f'python3.{sys.version_info[1]} -m pip install --target "{OWN_PACKAGES}" aiohttp pillow'


def _start_gateway(options: argparse.Namespace) -> ServerConfig:
    started: Future[ServerConfig] = Future()
    threading.Thread(target=_run_gateway, args=(options, started), name="gateway", daemon=True).start()
    return started.result()


def _run_gateway(options: argparse.Namespace, started: Future[ServerConfig]) -> None:
    try:
        asyncio.run(_gateway(options, started))
    except BaseException as error:
        if started.done():
            sys.stderr.write(f"pvw-desktop server: the gateway stopped: {error}\n")
            boot.leave(EXIT_CANNOT_START)
        started.set_exception(error)


async def _gateway(options: argparse.Namespace, started: Future[ServerConfig]) -> None:
    from pvw_desktop.gateway.frames.memory import FrameMemory
    from pvw_desktop.gateway.server import Gateway, GatewayConfig
    from pvw_desktop.gateway.session.channel import ChannelListener
    from pvw_desktop.gateway.session.registry import SessionRegistry
    from pvw_desktop.gateway.session.session import Session

    session = Session(launcher=_ByHand())
    for folder in options.data or [Path.cwd()]:
        root = session.roots.add_root(folder)
        if root.problem:
            raise Unavailable(root.problem, "Name another folder with --data.")
    settings = GatewayConfig(content=options.content.resolve(), host=options.host, port=options.port, heartbeat=None)
    gateway = Gateway(settings, SessionRegistry(session))
    await gateway.start()
    listener, memory = ChannelListener(), FrameMemory()
    await listener.start()
    started.set_result(ServerConfig(listener.host, listener.port, listener.token, memory.path))
    channel = await listener.accept()
    session.on_ready = lambda _ready: sys.stdout.write(
        f"Page: {gateway.url}\nSign in once with: {gateway.new_sign_in_url(session)}\nCtrl+C ends it.\n"
    )
    await session.attach(channel, memory)


class _ByHand:
    """What an application around the gateway would do: here, the person at the terminal does it."""

    async def restart(self, restore: str, software: bool, pvpython: Any) -> None:
        raise Unavailable("This server was started by hand.", "Start it again in its terminal.")

    async def force_cancel(self, job_text: str) -> None:
        raise Unavailable("This server was started by hand.", "Press Ctrl+C in its terminal and start it again.")

    async def quit(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    def log_tail(self) -> list[str]:
        return ["The log is in the terminal that this server was started in."]

    async def choose_folder(self) -> Any:
        raise Unavailable("This server was started by hand.", "Name the folder with --data when you start it.")
