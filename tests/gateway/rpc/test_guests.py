"""What a guest (role control) may open, and what it is told of the host's computer."""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

import pytest

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import Failed, Forbidden

from ..conftest import SECONDS, WireClient

COLLECTION = '<VTKFile type="Collection"><Collection><DataSet timestep="0" file="{}"/></Collection></VTKFile>'
WHOLE = '<VTKFile type="UnstructuredGrid"/>'


async def guest_of(world: Any, role: str = "control") -> WireClient:
    """A client whose sign-in allows less than everything."""
    client: WireClient = await world.connect()
    (entry,) = (client for client in world.session.audience.clients if not client.joined)
    entry.role = role
    await client.hello()
    return client


async def opening(world: Any, client: WireClient, path: str) -> wire.Request:
    (root,) = (await client.call("files.roots"))["roots"]
    client.start("files.open", root=root["root"], path=path)
    request: wire.Request = await world.server.next(wire.Request)
    return request


async def test_what_stays_inside_is_opened_with_all_that_was_checked(world: Any) -> None:
    guest = await guest_of(world)
    (world.folder / "a.pvd").write_text(COLLECTION.format("b.vtu"))
    (world.folder / "b.vtu").write_text(WHOLE)
    request = await opening(world, guest, "a.pvd")
    assert request.paths == [str(world.folder / "a.pvd")]
    facts = [os.stat(world.folder / name) for name in ("a.pvd", "b.vtu")]
    assert [list(item) for item in request.seen] == [
        [str(world.folder / name), fact.st_dev, fact.st_ino, fact.st_size, fact.st_mtime_ns]
        for name, fact in zip(("a.pvd", "b.vtu"), facts, strict=True)
    ]


@pytest.mark.parametrize("outside", ["../secret.vtu", "/etc/hostname", "link.vtu"])
async def test_what_names_a_file_outside_waits_for_the_host(world: Any, outside: str) -> None:
    host, guest = await world.join(), await guest_of(world)
    (world.folder / "a.pvd").write_text(COLLECTION.format(outside))
    (world.folder.parent / "secret.vtu").write_text(WHOLE)
    (world.folder / "link.vtu").symlink_to(world.folder.parent / "secret.vtu")
    (root,) = (await guest.call("files.roots"))["roots"]
    answer = await asyncio.wait_for(guest.start("files.open", root=root["root"], path="a.pvd"), SECONDS)
    assert "Ask the host" in json.dumps(answer) and "secret" not in json.dumps(answer)
    with pytest.raises(Forbidden, match="waits for the host"):
        WireClient.result(answer)
    await world.until(lambda: host.notices)
    assert host.notices[0]["message"] == "A guest asked to open 'a.pvd'."
    assert os.path.basename(outside) in host.notices[0]["hint"]
    assert guest.notices == [] and world.server.of(wire.Request) == []
    request = await opening(world, host, "a.pvd")  # the host reads what the account may read
    assert request.seen == []


async def test_nothing_leaves_for_a_guest_with_a_path_of_the_host(world: Any) -> None:
    host, guest, watcher = await world.join(), await guest_of(world), await guest_of(world, "watch")
    inside, outside = str(world.folder / "b" / "x.vtu"), "/etc/some/where.vtu"
    (root,) = (await guest.call("files.roots"))["roots"]
    await world.server.send(
        wire.Topics({"proxy/9": {"values": [inside, outside]}, "pipeline": {"nodes": [{"file": inside}]}}),
        wire.Note("warning", f"Cannot read {inside}.", f"Look at {outside}."),
    )
    clients = [host, guest, watcher]
    await world.until(lambda: all("proxy/9" in client.topics and client.notices for client in clients))
    (world.folder / "x.vtu").write_text(WHOLE)
    answer = guest.start("files.open", root=root["root"], path="x.vtu")
    request = await world.server.next(wire.Request)
    await world.server.send(wire.Reply(request.id, None, Failed(f"{inside} is bad", f"see {outside}").to_wire()))
    with pytest.raises(Failed, match="^data/b/x.vtu is bad$"):
        WireClient.result(await answer)
    assert host.topics["proxy/9"] == {"values": [inside, outside]}
    for client in (guest, watcher):
        assert client.topics["proxy/9"] == {"values": ["data/b/x.vtu", "…/where.vtu"]}
        assert client.topics["pipeline"] == {"nodes": [{"file": "data/b/x.vtu"}]}
        assert client.notices[0]["hint"] == "Look at …/where.vtu."
        assert str(world.folder.parent) not in json.dumps(client.raw)
    late = await guest_of(world)
    assert late.topics["proxy/9"] == guest.topics["proxy/9"], "the snapshot says it too"
