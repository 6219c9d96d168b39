"""Which addresses belong to the application."""

from __future__ import annotations

import pytest

from pvw_desktop.launcher.shell.navigation import belongs

ORIGIN = "http://127.0.0.1:4711"


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("http://127.0.0.1:4711/", True),
        ("http://127.0.0.1:4711/#k=code", True),
        ("blob:http://127.0.0.1:4711/0c1f", True),
        ("about:blank", True),
        ("", True),
        ("http://127.0.0.1:4712/", False),
        ("https://127.0.0.1:4711/", False),
        ("http://127.0.0.1:4711.example.org/", False),
        ("http://127.0.0.1:4711@example.org/", False),
        ("http://localhost:4711/", False),
        ("blob:http://example.org/0c1f", False),
        ("file:///etc/passwd", False),
        ("data:text/html,x", False),
        ("javascript:x", False),
        ("http://[", False),
    ],
)
def test_what_belongs_to_the_application(url: str, ours: bool) -> None:
    assert belongs(url, ORIGIN) is ours


def test_before_the_page_there_is_only_the_splash() -> None:
    assert belongs("about:blank", "") and not belongs("http://127.0.0.1:4711/", "")
