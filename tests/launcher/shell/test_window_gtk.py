"""Which addresses the GTK window goes to: decided with decisions as WebKit hands them out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pvw_desktop.launcher.shell import window_gtk
from pvw_desktop.launcher.shell.window_gtk import missing_part, navigation_policy

ORIGIN = "http://127.0.0.1:4711"

# PyGObject's importer has no find_spec, which Python warns of
pytestmark = pytest.mark.filterwarnings("ignore::ImportWarning")


class Decision:
    """Writes down what was decided."""

    def __init__(self, url: str = "", disposition: str | None = None, supported: bool = True):
        self.url = url
        self.disposition = disposition
        self.supported = supported
        self.made = ""

    def get_navigation_action(self) -> Any:
        request = SimpleNamespace(get_uri=lambda: self.url)
        return SimpleNamespace(get_request=lambda: request)

    def get_response(self) -> Any:
        headers = SimpleNamespace(get_one=lambda name: self.disposition)
        return SimpleNamespace(get_http_headers=lambda: headers)

    def is_mime_type_supported(self) -> bool:
        return self.supported

    def use(self) -> None:
        self.made = "use"

    def ignore(self) -> None:
        self.made = "ignore"

    def download(self) -> None:
        self.made = "download"


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    opened: list[str] = []
    monkeypatch.setattr(window_gtk, "_open_outside", opened.append)
    return opened


@pytest.fixture(autouse=True)
def toolkit() -> None:
    assert missing_part() is None, "GTK and WebKit are not here: run `make setup`"


def kind(name: str) -> Any:
    from gi.repository import WebKit2

    return getattr(WebKit2.PolicyDecisionType, name)


@pytest.mark.parametrize(
    ("url", "way", "made", "leaves"),
    [
        (f"{ORIGIN}/#k=x", "NAVIGATION_ACTION", "use", False),
        ("about:blank", "NAVIGATION_ACTION", "use", False),
        (f"blob:{ORIGIN}/1", "NAVIGATION_ACTION", "use", False),
        ("https://www.paraview.org/", "NAVIGATION_ACTION", "ignore", True),
        ("https://www.paraview.org/", "NEW_WINDOW_ACTION", "ignore", True),
        (f"{ORIGIN}/", "NEW_WINDOW_ACTION", "ignore", False),
        ("file:///etc/passwd", "NAVIGATION_ACTION", "ignore", True),
    ],
)
def test_addresses(outside: list[str], url: str, way: str, made: str, leaves: bool) -> None:
    decision = Decision(url)
    assert navigation_policy(lambda: ORIGIN)(None, decision, kind(way)) is True
    assert decision.made == made
    assert outside == ([url] if leaves else [])


@pytest.mark.parametrize(
    ("disposition", "supported", "made"),
    [
        (None, True, "use"),
        ("inline", True, "use"),
        ("attachment; filename=x.png", True, "download"),
        (None, False, "download"),
    ],
)
def test_answers(disposition: str | None, supported: bool, made: str) -> None:
    decision = Decision(disposition=disposition, supported=supported)
    navigation_policy(lambda: ORIGIN)(None, decision, kind("RESPONSE"))
    assert decision.made == made
