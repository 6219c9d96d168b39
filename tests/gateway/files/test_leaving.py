"""Searches of a client that left end, and do not keep the listings of others waiting."""

from __future__ import annotations

import asyncio
import os
import threading
from typing import Any

import pytest

from pvw_desktop.gateway.files import listing


async def test_searches_of_a_client_that_left_end(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk without end: each folder holds the same folder again."""
    (world.folder / "deep").mkdir()
    scanning: set[int] = set()
    scandir = os.scandir
    monkeypatch.setattr(listing, "SEARCH_SECONDS", 600.0)
    monkeypatch.setattr(listing, "SEARCH_SCANNED", 10**9)

    class Endless:
        def __enter__(self) -> Any:
            return self

        def __exit__(self, *error: object) -> None:
            scanning.discard(threading.get_ident())

        def __iter__(self) -> Any:
            scanning.add(threading.get_ident())
            with scandir(world.folder) as items:
                (entry,) = items
            while True:
                yield entry

    leaving, other = await world.join(), await world.join()
    root = (await other.call("files.roots"))["roots"][0]["root"]
    monkeypatch.setattr(os, "scandir", lambda folder: Endless())
    for _ in range(40):
        leaving.start("files.search", root=root, query="nothing is called that")
    await world.until(lambda: scanning)
    monkeypatch.setattr(os, "scandir", scandir)
    # while they search, another one's listing has a thread
    assert (await asyncio.wait_for(other.call("files.list", root=root), 10))["entries"]
    await leaving.close()
    await world.until(lambda: not scanning)
    assert (await other.call("files.list", root=root))["entries"]
