"""Searches of a client that left end, and do not keep the listings of others waiting."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

import pytest

from pvw_desktop.gateway.files import dropped, listing

SEARCHES: dict[str, dict[str, Any]] = {
    "files.search": {"query": "nothing is called that"},
    "files.locate": {"files": [{"name": "nothing is called that", "size": 1, "digest": None}]},
}


@pytest.mark.parametrize("method", SEARCHES)
async def test_searches_of_a_client_that_left_end(world: Any, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    """A disk without end: each folder holds the same folder again."""
    (world.folder / "deep").mkdir()
    scanning: set[int] = set()
    scandir = os.scandir
    monkeypatch.setattr(listing, "SEARCH_SECONDS", 600.0)
    monkeypatch.setattr(listing, "SEARCH_SCANNED", 10**9)
    monkeypatch.setattr(dropped, "SECONDS", 600.0)
    monkeypatch.setattr(dropped, "SCANNED", 10**9)

    class Endless:
        def __enter__(self) -> Any:
            return self

        def __exit__(self, *error: object) -> None:
            scanning.discard(threading.get_ident())

        def __iter__(self) -> Any:
            scanning.add(threading.get_ident())
            return self

        def __next__(self) -> os.DirEntry[str]:
            time.sleep(1e-5)  # a disk lets others run while it reads
            return deep

    leaving, other = await world.join(), await world.join()
    root = (await other.call("files.roots"))["roots"][0]["root"]
    with scandir(world.folder) as items:
        (deep,) = items
    monkeypatch.setattr(os, "scandir", lambda folder: Endless())
    for _ in range(40):
        leaving.start(method, **({"root": root} if method == "files.search" else {}), **SEARCHES[method])
    await world.until(lambda: scanning)
    monkeypatch.setattr(os, "scandir", scandir)
    # while they search, another one's listing has a thread
    assert (await other.call("files.list", root=root))["entries"]
    await leaving.close()
    await world.until(lambda: not scanning)
    assert (await other.call("files.list", root=root))["entries"]
