"""The hand-over from a second start of the application."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.names import show_name

GOOD = {"Authorization": "Bearer instance-token"}


async def hand_over(world: Any, body: Any, headers: dict[str, str]) -> int:
    async with world.http.post(world.url + "desktop/open", json=body, headers=headers) as answer:
        return int(answer.status)


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer wrong", "Bearer instance-token2", "bearer instance-token", "Basic instance-token",
     "instance-token", "Bearer é"],
)  # fmt: skip
async def test_only_with_the_token(world: Any, authorization: str) -> None:
    headers = {"Authorization": authorization, "Origin": world.origin}
    assert await hand_over(world, {"paths": []}, headers) == 403


async def test_without_a_token_of_its_own_it_takes_nothing_over(world: Any, content: Path) -> None:
    from pvw_desktop.gateway.server import Gateway, GatewayConfig

    gateway = Gateway(GatewayConfig(content=content), world.session)
    await gateway.start()
    for value in ("Bearer None", "Bearer ", "Bearer"):
        async with world.http.post(
            gateway.url + "desktop/open", json={"paths": []}, headers={"Authorization": value}
        ) as answer:
            assert answer.status == 403
    await gateway.stop()


async def test_a_page_of_another_site_cannot_even_with_the_token(world: Any) -> None:
    assert await hand_over(world, {"paths": []}, {**GOOD, "Origin": "http://evil.example"}) == 403


@pytest.mark.parametrize(
    "body",
    [{}, {"paths": "a"}, {"paths": [1]}, {"paths": ["relative.vtu"]}, {"paths": ["/a\0b"]}, [], {"paths": ["/a\\b"]}],
)
async def test_a_body_that_is_not_as_it_should(world: Any, body: Any) -> None:
    assert await hand_over(world, body, GOOD) == 400


async def test_paths_open_pages_hear_of_it_and_the_window_comes_up(world: Any, tmp_path: Path) -> None:
    raised = []
    world.gateway.on_raise = lambda: raised.append(True)
    client = await world.join()
    file = tmp_path / "wing.vtu"
    file.write_text("x")
    assert await hand_over(world, {"paths": [str(file), str(tmp_path / "gone.vtu"), str(tmp_path)]}, GOOD) == 202
    request = await world.server.next(wire.Request)
    assert request.paths == [str(file.resolve())]
    await world.server.send(wire.Reply(request.id, {"node": "12", "choose": []}))
    await world.until(lambda: client.notices and len(world.session.roots.list()) == 2)
    assert "gone.vtu" in client.notices[0]["message"]
    assert client.events == ["window.raise"]
    assert raised == [True]


@pytest.fixture
def oddly_named(tmp_path: Path) -> Path:
    file = Path(os.fsdecode(os.fsencode(tmp_path.resolve()) + b"/caf\xe9\\.vtu"))
    file.write_text("x")
    return file


async def test_names_that_are_no_utf8_and_backslashes_are_handed_over(world: Any, oddly_named: Path) -> None:
    file = oddly_named
    assert await hand_over(world, {"paths": [show_name(str(file))]}, GOOD) == 202
    request = await world.server.next(wire.Request)
    assert request.paths == [str(file)]


async def test_paths_wait_for_a_paraview_that_is_starting(quiet_world: Any, tmp_path: Path) -> None:
    file = tmp_path / "wing.vtu"
    file.write_text("x")
    assert await hand_over(quiet_world, {"paths": [str(file)]}, GOOD) == 202
    server = await quiet_world.start_server()
    request = await server.next(wire.Request)
    assert request.paths == [str(file.resolve())]
    await server.send(wire.Reply(request.id, {"node": "12", "choose": []}))
    await quiet_world.until(lambda: quiet_world.session.files.recent.topic().files)
