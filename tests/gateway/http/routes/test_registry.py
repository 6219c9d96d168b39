"""Routes register once, and only with a guard that fits their path."""

from __future__ import annotations

from typing import Any

import pytest

from pvw_desktop.gateway.http.guard import Guard
from pvw_desktop.gateway.http.routes import Routes, Site


@pytest.fixture
def routes() -> Routes:
    """A table of its own, with one route in it."""
    table = Routes()

    @table.serves("GET", "/known", Guard.PUBLIC)
    async def known(site: Site, request: Any) -> Any:
        return site, request

    return table


@pytest.mark.parametrize(
    ("method", "path", "guard", "words"),
    [
        ("GET", "/known", Guard.PUBLIC, "is served twice"),
        ("GET", "/new", None, "needs a guard"),
        ("GET", "/new", "anybody", "needs a guard"),
        ("GET", "/s/{session}/new", Guard.PUBLIC, "routes of a session"),
        ("GET", "/s/{session}/new", Guard.INSTANCE, "routes of a session"),
        ("GET", "/new", Guard.SIGNED_IN, "routes of a session"),
        ("GET", "/new", Guard.SESSION, "routes of a session"),
        ("GET", "/s/new", Guard.PUBLIC, "below /s/"),
        ("GET", "/s/{other}/new", Guard.SIGNED_IN, "below /s/"),
    ],
)
def test_what_cannot_be_registered(routes: Routes, method: str, path: str, guard: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        routes.serves(method, path, guard)
    assert [(route.method, route.path) for route in routes.of(None)] == [("GET", "/known")]  # type: ignore[arg-type]


def test_a_handler_is_a_coroutine_function(routes: Routes) -> None:
    with pytest.raises(ValueError, match="async def"):
        routes.serves("POST", "/known", Guard.PUBLIC)(lambda site, request: None)  # type: ignore[arg-type, return-value]


async def test_a_handler_gets_the_site_of_its_gateway(routes: Routes) -> None:
    site: Any = object()
    (route,) = routes.of(site)
    assert await route.handler("a request") == (site, "a request")  # type: ignore[arg-type]
