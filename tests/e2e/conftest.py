"""The whole application as a user has it: `pvw-desktop serve`, real ParaView, the built page in a real browser."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import logging
import os
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = (
    "--no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --disable-background-networking "
    "--disable-component-update --disable-sync --no-first-run"
).split()


def count_colors(png: bytes) -> int:
    """How many different colours a picture has at a coarse grid."""
    with Image.open(io.BytesIO(png)) as image:
        pixels = image.convert("RGB").tobytes()
    return len({pixels[at : at + 3] for at in range(0, len(pixels) - 2, 3 * 97)})


@dataclasses.dataclass
class Application:
    """A running `pvw-desktop serve`."""

    process: subprocess.Popen[str]
    url: str
    sign_in_url: str
    state: Path

    def server(self) -> psutil.Process:
        """The pvpython process."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return next(child for child in children if "pvpython" in " ".join(child.cmdline()))

    def wait_saved(self, text: str) -> None:
        """Waits until the saved work holds a text."""
        for _ in range(400):
            if any(text in path.read_text("utf-8") for path in self.state.rglob("work.pvsm")):
                return
            time.sleep(0.05)
        pytest.fail("the work was not saved")

    def stop(self) -> int:
        """Ends it as a terminal does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(120)
        finally:
            if self.process.stdout is not None:
                self.process.stdout.close()


Start = Callable[..., Application]


@contextlib.contextmanager
def applications(pvpython: str, folder: Path) -> Iterator[Start]:
    """Starts applications, each with a state folder of its own in this one; all are ended at the end."""
    started: list[Application] = []

    def run(*arguments: str, **environment: str) -> Application:
        state = folder / f"state{len(started)}"
        process = subprocess.Popen(
            [sys.executable, "-m", "pvw_desktop", "serve", "--ready-json", "--pvpython", pvpython, *arguments],
            cwd=ROOT,
            env={**os.environ, "PVW_STATE_DIR": str(state), **environment},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        application = Application(process, ready["url"], ready["sign_in_url"], state)
        started.append(application)
        return application

    try:
        yield run
    finally:
        for application in started:
            application.stop()


@pytest.fixture
def start(pvpython: str, display: str, page_folder: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts applications for one test."""
    with applications(pvpython, tmp_path) as run:
        yield run


@pytest.fixture(scope="module")
def browser(chromium: str, own_machine: Path) -> Iterator[Browser]:
    """Not for the whole run: Playwright keeps an event loop running, under which no other test's can start."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield found
        found.close()


@contextlib.contextmanager
def context_of(browser: Browser) -> Iterator[BrowserContext]:
    """A browser as it is on the first day."""
    found = browser.new_context(viewport={"width": 1280, "height": 800}, has_touch=True)
    found.set_default_timeout(90_000)
    try:
        yield found
    finally:
        found.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with context_of(browser) as found:
        yield found


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Lets fixtures know whether their test failed."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report  # type: ignore[return-value]


LOOK = """async () => {
  const frame = new Promise((done) => requestAnimationFrame(() => done("frames come")));
  const none = new Promise((done) => setTimeout(() => done("no frame in 2 s"), 2000));
  const part = (id) => ({ ...document.querySelector(`[data-testid=${id}]`)?.dataset });
  return [await Promise.race([frame, none]), document.visibilityState, part("connection"), part("viewport"),
    part("image-status"), document.body.innerText.slice(0, 1500)];
}"""


def tell(page: Page, folder: Path) -> None:
    """Logs what there is to see on a page, and keeps a screenshot."""
    try:
        for part in page.evaluate(LOOK):
            log.warning("%s", part)
        page.screenshot(path=folder / "failed.png")
        log.warning("screenshot: %s", folder / "failed.png")
    except Exception as error:  # the page may be gone, and the test has failed for its own reason
        log.warning("nothing to see on the page: %r", error)


SCRIPT_ERRORS: weakref.WeakKeyDictionary[Page, list[str]] = weakref.WeakKeyDictionary()


def check_scripts(page: Page) -> None:
    """Fails where the page had script errors since it was asked last."""
    found, SCRIPT_ERRORS[page] = SCRIPT_ERRORS[page], []
    assert not found, found


@contextlib.contextmanager
def watched_page(context: BrowserContext) -> Iterator[Page]:
    """A page that may have no script errors and break no content rules."""
    found = context.new_page()
    SCRIPT_ERRORS[found] = []

    def listen(message: ConsoleMessage) -> None:
        # a request that is refused on purpose is no fault of the page
        refused = "Failed to load resource" in message.text or "Unexpected response code: 404" in message.text
        if message.type == "error" and not refused:
            SCRIPT_ERRORS[found].append(message.text)

    found.on("console", listen)
    found.on("pageerror", lambda error: SCRIPT_ERRORS[found].append(str(error)))
    yield found
    check_scripts(found)


@pytest.fixture
def page(context: BrowserContext, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    """A page of the test's own. Tells what it shows where a test fails."""
    with watched_page(context) as found:
        yield found
        if request.node.stash.get(FAILED, False):
            tell(found, tmp_path)


class Screen:
    """The page through its test ids (docs/testing.md)."""

    def __init__(self, page: Page):
        self.page = page

    def at(self, testid: str, **attributes: str) -> Any:
        filters = "".join(f'[data-{name}="{value}"]' for name, value in attributes.items())
        return self.page.locator(f'[data-testid="{testid}"]{filters}')

    def go(self, application: Application) -> Screen:
        self.page.goto(application.sign_in_url)
        self.state("ready")
        return self

    def state(self, *states: str) -> None:
        """Waits until the connection is in one of the states."""
        self.page.wait_for_function(
            "states => states.includes(document.querySelector('[data-testid=connection]')?.dataset.state)",
            arg=list(states),
        )

    @property
    def seq(self) -> int:
        return int(self.at("viewport").get_attribute("data-seq") or 0)

    def still_image(self, after: int = 0) -> None:
        """Waits for a full image past a number."""
        self.page.wait_for_function(
            """after => { const view = document.querySelector('[data-testid=viewport]')?.dataset;
               return view && Number(view.seq) > after && view.still === 'true' }""",
            arg=after,
        )

    def shows(self, *names: str) -> None:
        """Waits until the pipeline is these items and the image is more than a background."""
        self.page.wait_for_function(
            """names => JSON.stringify([...document.querySelectorAll('[data-testid=pipeline-item]')]
               .map(item => item.dataset.name)) === JSON.stringify(names)""",
            arg=list(names),
        )
        self.shows_something()

    def shows_something(self) -> None:
        """Waits until the image is more than a background, and no start page is above it."""
        self.at("home").wait_for(state="detached")
        for _ in range(150):
            if count_colors(self.picture()) > 20:
                break
            self.page.wait_for_timeout(100)
        else:
            pytest.fail("there is nothing but a background")
        self.still_image()

    def changes_from(self, before: bytes) -> None:
        """Waits until the view looks different."""
        for _ in range(100):
            if self.pixels() != before:
                return
            self.page.wait_for_timeout(100)
        pytest.fail("the image stayed as it was")

    def pixels(self) -> bytes:
        """The view as PNG bytes."""
        return bytes(self.at("viewport").screenshot())

    def picture(self) -> bytes:
        """The picture alone as PNG bytes, without the buttons above it."""
        box = self.at("viewport").bounding_box()
        return bytes(
            self.page.screenshot(
                clip={"x": box["x"], "y": box["y"] + 56, "width": box["width"], "height": box["height"] - 56}
            )
        )

    def names(self) -> list[str]:
        return [item.get_attribute("data-name") for item in self.at("pipeline-item").all()]

    def open(self, *path: str) -> None:
        """Opens a file of the first data folder through the file browser, folder by folder."""
        self.page.keyboard.press("Control+o")
        for name in path:
            row = self.page.locator('[data-testid="file-row"]').filter(has_text=name).first
            row.dblclick()

    def command(self, text: str) -> None:
        """Runs the first hit of the palette."""
        self.page.keyboard.press("Control+k")
        self.at("palette-input").locator("input").or_(self.page.locator("input[data-testid=palette-input]")).fill(text)
        self.page.locator('[data-testid="palette-item"]').filter(has_text=text).first.click()


@pytest.fixture
def screen(page: Page) -> Screen:
    return Screen(page)
