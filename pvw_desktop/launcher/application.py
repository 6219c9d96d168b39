"""One run of the application: Config -> one instance, folders, the runtime on its event loop, and what shows the page.

With a window the event loop has a thread of its own, because the window takes the main one. That thread lives as long
as the application, as the processes it starts need (see process.py).
"""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Config, bundle_folder
from ..errors import ExitCode, StartError, say
from ..paths import Folders, find_folders
from .discovery.machine import Machine, this_machine
from .instance import Instance
from .logs import set_up_logging
from .settings import Settings
from .shell.choice import choose_frontend

if TYPE_CHECKING:
    from .loop_thread import Frontend, LoopThread

logger = logging.getLogger(__name__)

_PACKAGE = Path(__file__).parent.parent


def run_application(config: Config) -> int:
    """Runs until the person ends it; the exit code. Raises StartError."""
    page = find_page(_PACKAGE, config.page)
    folders = find_folders(config.environ)
    if folders.problem:
        say(folders.problem)
    session_name = secrets.token_hex(6)
    set_up_logging(config.log_level, folders.log, session_name)
    machine = this_machine(config.environ, bundle_folder())
    for path in config.paths:
        if not os.path.exists(path):
            say(f"there is no {path}", "Check the name; the application starts without it")
    instance = Instance(folders.state) if config.takes_part_in_single_instance else None
    if instance and not _is_first(instance, config):
        return ExitCode.OK
    try:
        choice = choose_frontend(config, machine)
        if choice.sentence:
            say(choice.sentence, choice.hint)
        return _run(config, folders, machine, page, instance, session_name, choice.frontend)
    finally:
        if instance:
            instance.release()


def find_page(package: Path, named: Path | None = None) -> Path:
    """The built page: inside the package where it was installed, beside it in a checkout. Raises StartError."""
    places = (named,) if named else (package / "page", package.parent / "www" / "dist")
    for place in places:
        if (place / "index.html").is_file():
            return place
    raise StartError(
        f"there is no page in {places[-1]}: index.html is missing",
        f"Run `make build` in {package.parent}, or install the package again",
        ExitCode.INSTALLATION,
    )


def _is_first(instance: Instance, config: Config) -> bool:
    try:
        if instance.claim() or not instance.hand_over((*config.data, *config.paths)):
            return True
    except OSError as error:
        logger.warning("a second start will not find this one: %s", error)
        return True
    say("handed over to the PVW Desktop that is running")
    return False


def _run(
    config: Config,
    folders: Folders,
    machine: Machine,
    page: Path,
    instance: Instance | None,
    session_name: str,
    frontend: str,
) -> int:
    from .loop_thread import LoopThread
    from .runtime import Runtime

    settings = Settings(folders.settings)
    loop = LoopThread(lambda: Runtime(config, folders, machine, settings, page, instance, session_name))
    if frontend == "window":
        return _run_window(loop, folders, machine, settings)
    from .shell.frontends import AddressFrontend, BrowserFrontend

    loop.window_is_there()
    browser = frontend == "browser"
    return _show(
        loop, BrowserFrontend(folders.state / "browser", machine) if browser else AddressFrontend(config.ready_json)
    )


def _run_window(loop: LoopThread, folders: Folders, machine: Machine, settings: Settings) -> int:
    from .shell.frontends import BrowserFrontend, WindowFrontend

    window = WindowFrontend(folders.state / "webview", settings, icon_of(), loop.window_is_there)
    loop.start(window)
    try:
        window.run()
    except Exception as error:  # whatever a toolkit raises: the page can be shown without it
        logger.debug("the window", exc_info=True)
        say(f"no window can be made ({error})", "The page is shown in a browser instead")
        browser = BrowserFrontend(folders.state / "browser", machine)
        loop.replace_frontend(browser)
        browser.run()
    loop.end()
    return loop.join()


def _show(loop: LoopThread, frontend: Frontend) -> int:
    loop.start(frontend)
    frontend.run()
    loop.end()
    return loop.join()


def icon_of(package: Path = _PACKAGE) -> Path | None:
    """The application's icon, where it is there."""
    for place in (package / "page" / "app.png", package.parent / "icons" / "png" / "256.png"):
        if place.is_file():
            return place
    return None
