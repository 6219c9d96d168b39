"""What a client may say, and what it hears when it says something else."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from pvw_desktop.gateway.rpc.handlers import HANDLERS
from pvw_desktop.gateway.session.clients import MAX_TASKS
from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import BadRequest, Forbidden, NotFound, PvwError, Unavailable
from pvw_desktop.protocol.registry import METHODS, ROLES


def test_every_method_of_the_gateway_has_one_answer_and_no_other() -> None:
    declared = {name for name, method in METHODS.items() if method.answered_by == "gateway"}
    assert set(HANDLERS) == declared


async def test_hello_comes_first(world: Any) -> None:
    client = await world.connect()
    for method in ("session.ping", "rpc.discover", "files.roots"):
        with pytest.raises(BadRequest, match="session.hello comes first"):
            await client.call(method)
    snapshot = await client.hello()
    assert snapshot["role"] == "host"
    assert snapshot["app_version"]
    assert {topic["name"] for topic in snapshot["topics"]} == {"server", "jobs", "recent", "audience", "view/7"}
    assert (await client.call("session.ping"))["state"] == "ready"


async def test_a_client_that_has_not_joined_hears_nothing(world: Any) -> None:
    silent = await world.connect()
    client = await world.join()
    await world.server.send(wire.Topics({"time": {"time": 1}}), wire.Note("info", "Hello."))
    await world.render(1)
    await world.until(lambda: client.frames and client.notices and "time" in client.topics)
    assert (silent.raw, silent.frames) == ([], [])


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("no.such", {}, "There is no method 'no.such'"),
        ("__class__", {}, "There is no method"),
        ("session.ping", {"extra": 1}, "unknown field 'extra'"),
        ("files.list", {}, "params.root is missing"),
        ("files.list", {"root": 3}, "params.root must be a string"),
        ("files.list", {"root": "x" * 33}, "params.root is longer than 32"),
        ("files.search", {"root": "x", "query": "a", "limit": 0}, "1 to 1000 is allowed"),
        ("files.open", {"root": "x"}, "params.path is missing"),
        ("time.set", {"time": "soon"}, "params.time must be a number"),
        ("time.set", {"time": True}, "params.time must be a number"),
        ("time.step", {"to": "sideways"}, "must be one of"),
        ("view.ack", {"view": "7", "seq": 1}, "is a notification"),
        ("view.camera.set", {}, "is a notification"),
    ],
)
async def test_what_does_not_fit_is_named_and_never_reaches_the_process(
    world: Any, method: str, params: dict[str, Any], words: str
) -> None:
    client = await world.join()
    with pytest.raises(BadRequest, match=words):
        await client.call(method, **params)
    assert world.server.of(wire.Request) == []


async def test_text_that_is_no_call_gets_an_answer_and_the_connection_stays(world: Any) -> None:
    client = await world.join()
    for text in ("{", "[]", '{"jsonrpc":"2.0","id":9,"method":5}'):
        await client.socket.send_str(text)
    await client.call("session.ping")
    errors = [message for message in client.raw if "error" in message]
    assert [(message["id"], message["error"]["code"]) for message in errors] == [
        (None, -32700), (None, -32600), (9, -32600)
    ]  # fmt: skip


async def test_notifications_are_never_answered_even_when_they_are_wrong(world: Any) -> None:
    client = await world.join()
    await client.notify("no.such")
    await client.notify("view.ack", view="7")
    await client.notify("view.camera.set", view="7", camera={})
    await client.notify("session.ping")
    before = len(client.raw)
    await client.call("session.ping")
    assert len(client.raw) == before + 1


async def test_a_method_needs_its_role(world: Any) -> None:
    client = await world.join()
    (entry,) = world.session.audience.clients
    for role in ROLES:
        entry.role = role
        for name, method in METHODS.items():
            if method.result is None:
                continue
            allowed = ROLES.index(role) >= ROLES.index(method.role)
            answer = client.start(name, impossible=True)
            data = await asyncio.wait_for(answer, 60)
            kind = data["error"]["data"]["kind"]
            assert kind == ("bad_request" if allowed else "forbidden"), (role, name)
    assert world.server.of(wire.Request) == []


async def test_a_guest_moves_nothing_and_hears_no_detail(world: Any) -> None:
    client = await world.join()
    (entry,) = world.session.audience.clients
    entry.role = "watch"
    await client.notify(
        "view.camera.set", view="7",
        camera={"position": [0, 0, 1], "focal_point": [0, 0, 0], "view_up": [0, 1, 0]},
    )  # fmt: skip
    with pytest.raises(Forbidden, match="needs the role 'control'; yours is 'watch'"):
        await client.call("pipeline.clear")
    assert world.server.of(wire.Request) == []
    entry.role = "control"
    answer = client.start("pipeline.clear")
    request = await world.server.next(wire.Request)
    assert request.role == "control"
    await world.server.send(wire.Reply(request.id, None, PvwError("No.", "Hint.", "/home/ann/secret").to_wire()))
    assert (await answer)["error"]["data"] == {"kind": "error", "hint": "Hint."}
    await world.server.send(wire.Note("info", "Hello.", None, "/home/ann/secret"))
    await world.until(lambda: client.notices)
    assert client.notices[0]["log"] is None
    world.session.files.remember("/home/ann/a.vtu", False)
    assert (await client.call("session.ping"))["state"]
    assert client.topics["recent"] == {"files": []}
    assert "recent" not in [topic["name"] for topic in (await client.hello())["topics"]]


async def test_what_nobody_foresaw_is_logged_and_told_without_detail(
    world: Any, caplog: pytest.LogCaptureFixture
) -> None:
    client = await world.join()

    def broken() -> list[str]:
        raise KeyError("/home/ann/secret")

    world.launcher.log_tail = broken
    with pytest.raises(PvwError, match="Something went wrong inside PVW Desktop"):
        await client.call("session.log")
    assert "secret" not in json.dumps(client.raw)
    assert "secret" in caplog.text


async def test_too_many_requests_at_once_are_refused(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = await world.join()
    release = asyncio.Event()

    async def slow() -> list[Any]:
        await release.wait()
        return []

    monkeypatch.setattr(world.session.files, "list_roots", slow)
    answers = [client.start("files.roots") for _ in range(MAX_TASKS + 1)]
    with pytest.raises(Unavailable, match="Too many requests"):
        client.result(await asyncio.wait_for(answers[-1], 2))
    assert (await client.call("session.ping"))["state"] == "ready"
    release.set()
    assert client.result(await answers[0]) == {"roots": []}


async def test_the_gateway_answers_while_a_disk_hangs(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    release = threading.Event()
    monkeypatch.setattr(world.session.roots, "list", lambda: release.wait(600) and [])
    client = await world.join()
    hanging = [client.start("files.roots") for _ in range(3)]
    root = world.session.roots._folders
    listing = await client.call("files.list", root=next(iter(root)))
    assert listing["entries"] == []
    release.set()
    await asyncio.gather(*hanging)


async def test_a_disk_that_never_answers_gives_a_sentence(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    release = threading.Event()
    monkeypatch.setattr("pvw_desktop.gateway.files.service.SECONDS", 0.1)
    monkeypatch.setattr(world.session.roots, "list", lambda: release.wait(600))
    client = await world.join()
    with pytest.raises(PvwError, match="The disk did not answer"):
        await client.call("files.roots")
    release.set()


async def test_files(world: Any) -> None:
    client = await world.join()
    (world.folder / "sub").mkdir()
    for name in ("t_1.vtu", "t_2.vtu", "sub/wing.vtu", "empty.vtu"):
        (world.folder / name).write_text("" if "empty" in name else "x")
    root = (await client.call("files.roots"))["roots"][0]
    assert (root["label"], root["problem"]) == ("data", None)
    listing = await client.call("files.list", root=root["root"])
    assert [entry["name"] for entry in listing["entries"]] == ["sub", "empty.vtu", "t_...vtu"]
    found = await client.call("files.search", root=root["root"], query="wing")
    assert [entry["path"] for entry in found["entries"]] == ["sub/wing.vtu"]
    for params, kind in (
        ({"path": "../secret"}, BadRequest),
        ({"path": "gone.vtu"}, NotFound),
        ({"path": "sub"}, BadRequest),
        ({"path": "empty.vtu"}, PvwError),
        ({"root": "unknown", "path": "t_1.vtu"}, NotFound),
    ):
        with pytest.raises(kind):
            await client.call("files.open", **{"root": root["root"], **params})
    assert world.server.of(wire.Request) == []
    answer = client.start("files.open", root=root["root"], path="t_2.vtu", series=True)
    request = await world.server.next(wire.Request)
    assert [Path(path).name for path in request.paths] == ["t_1.vtu", "t_2.vtu"]
    await world.server.send(wire.Reply(request.id, {"node": "12", "choose": []}))
    await answer
    answer = client.start("files.readers", root=root["root"], path="t_2.vtu")
    request = await world.server.next(wire.Request)
    assert [Path(path).name for path in request.paths] == ["t_2.vtu"]
    await world.server.send(wire.Reply(request.id, {"readers": []}))
    await answer


async def test_recent_files(world: Any) -> None:
    client = await world.join()
    (world.folder / "a.vtu").write_text("x")
    world.session.files.remember(str(world.folder / "a.vtu"), False)
    world.session.files.remember(str(world.folder / "gone.vtu"), False)
    await world.until(lambda: len(client.topics["recent"]["files"]) == 2)
    gone, here = client.topics["recent"]["files"]
    with pytest.raises(NotFound, match="'gone.vtu' is not where it was"):
        await client.call("files.open_recent", id=gone["id"])
    with pytest.raises(NotFound, match="That view is gone"):
        await client.call("files.open_recent", id=here["id"], view="8")
    answer = client.start("files.open_recent", id=here["id"], reader="XMLUnstructuredGridReader", view="7")
    request = await world.server.next(wire.Request)
    assert (request.params["reader"], request.params["view"]) == ("XMLUnstructuredGridReader", "7")
    assert request.client == client.id
    await world.server.send(wire.Reply(request.id, {"node": "12", "choose": []}))
    assert client.result(await answer) == {"node": "12", "choose": []}
    await client.call("files.forget_recent", id=gone["id"])
    await world.until(lambda: [file["name"] for file in client.topics["recent"]["files"]] == ["a.vtu"])
    with pytest.raises(NotFound):
        await client.call("files.forget_recent", id=gone["id"])


async def test_recent_files_whose_names_are_no_utf8(world: Any) -> None:
    client = await world.join()
    here = world.folder / os.fsdecode(b"caf\xe9.vtu")
    here.write_text("x")
    world.session.files.remember(str(here), False)
    world.session.files.remember(f"{here}.gone", False)
    await world.until(lambda: len(client.topics["recent"]["files"]) == 2)
    gone, shown = client.topics["recent"]["files"]
    assert shown["name"] == "caf\\xE9.vtu"
    with pytest.raises(NotFound, match=r"'caf\\xE9.vtu.gone' is not where it was"):
        await client.call("files.open_recent", id=gone["id"])
    client.start("files.open_recent", id=shown["id"])
    assert (await world.server.next(wire.Request)).paths == [str(here.resolve())]


async def test_what_the_application_around_is_asked(world: Any, tmp_path: Path) -> None:
    client = await world.join()
    await client.call("session.restart", restore="previous", software=True, pvpython="/opt/pv/bin/pvpython")
    await client.call("session.quit")
    assert world.launcher.asked == [("restart", "previous", True, "/opt/pv/bin/pvpython"), ("quit",)]
    assert (await client.call("session.log"))["lines"] == ["first line", "last line"]
    assert (await client.call("files.choose_folder"))["root"] is None
    world.launcher.folder = tmp_path / "chosen"
    world.launcher.folder.mkdir()
    assert (await client.call("files.choose_folder"))["root"]["label"] == "chosen"


async def test_without_an_application_around(world: Any) -> None:
    world.session.launcher = None
    client = await world.join()
    for method in ("session.restart", "session.quit", "session.log", "files.choose_folder"):
        with pytest.raises(Unavailable):
            await client.call(method)


async def test_discover_lists_what_this_client_may_call(world: Any) -> None:
    client = await world.join()
    document = await client.call("rpc.discover")
    assert document["openrpc"].startswith("1.")
    assert {item["name"] for item in document["methods"]} == set(METHODS)
    (entry,) = world.session.audience.clients
    entry.role = "watch"
    names = {item["name"] for item in (await client.call("rpc.discover"))["methods"]}
    assert names == {name for name, method in METHODS.items() if method.role == "watch"}


async def test_binary_messages_end_the_connection(world: Any) -> None:
    client = await world.join()
    await client.socket.send_bytes(b"\x00" * 8)
    await asyncio.wait_for(client.ended.wait(), 60)
    assert client.socket.close_code == 1003


async def test_a_message_past_the_limit_ends_the_connection(world: Any) -> None:
    client = await world.join()
    await client.socket.send_str(json.dumps({"jsonrpc": "2.0", "method": "session.ping", "pad": "x" * (1 << 20)}))
    await asyncio.wait_for(client.ended.wait(), 60)
    assert client.socket.close_code in (aiohttp.WSCloseCode.MESSAGE_TOO_BIG, 1006)
    other = await world.join()
    assert (await other.call("session.ping"))["state"] == "ready"
