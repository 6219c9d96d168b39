"""What all clients of a session are told, and who is left out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pvw_desktop.gateway.session.audience import KEPT_NOTICES, Audience
from pvw_desktop.gateway.session.clients import Client, Viewing


def joined(audience: Audience, name: str, role: str = "host") -> Client:
    client = Client(name, role, "s1", lambda: None)
    audience.clients.add(client)
    audience.join(client)
    return client


def said(audience: Audience, client: Client) -> list[dict[str, Any]]:
    """What waits for a client; topics that changed at once are one message."""
    texts = []
    while len(client.outbox):
        texts.append(client.pop(audience.topics.changes_text))
    return [json.loads(text) for text in texts if text is not None]


def notices(audience: Audience, client: Client) -> list[Any]:
    return [item["params"] for item in said(audience, client) if item["method"] == "session.notice"]


async def test_the_number_of_clients_is_a_topic() -> None:
    audience = Audience()
    one, two = joined(audience, "c1"), joined(audience, "c2")
    assert audience.topics.get("audience") == {"clients": 2}
    audience.leave(one)
    assert audience.topics.get("audience") == {"clients": 1}
    assert [item["params"]["changes"][-1]["value"] for item in said(audience, two)] == [{"clients": 1}]


async def test_guests_get_no_details_and_nothing_that_is_for_the_host() -> None:
    audience = Audience()
    host, guest = joined(audience, "c1"), joined(audience, "c2", "watch")
    audience.notify("info", "For all.", detail="/home/me")
    audience.notify("warning", "For the host.", for_role="host")
    assert [(notice["message"], notice["log"]) for notice in notices(audience, host)] == [
        ("For all.", "/home/me"), ("For the host.", None)
    ]  # fmt: skip
    assert [(notice["message"], notice["log"]) for notice in notices(audience, guest)] == [("For all.", None)]


async def test_notices_wait_for_the_host_and_are_bounded() -> None:
    audience = Audience()
    for number in range(KEPT_NOTICES + 5):
        audience.notify("no such level", f"Number {number}.")
    assert notices(audience, joined(audience, "c1", "watch")) == []
    found = notices(audience, joined(audience, "c2"))
    assert [notice["message"] for notice in found] == [f"Number {5 + number}." for number in range(KEPT_NOTICES)]
    assert {notice["level"] for notice in found} == {"info"}


async def test_the_process_may_not_set_what_the_gateway_keeps(caplog: pytest.LogCaptureFixture) -> None:
    audience = Audience()
    client = joined(audience, "c1")
    said(audience, client)
    audience.put_from_server({"jobs": {"jobs": []}, "no such topic": 1, "time": {"time": 2}})
    changes = [change["name"] for item in said(audience, client) for change in item["params"]["changes"]]
    assert changes == ["time"]
    assert "may not set the topic 'jobs'" in caplog.text and "'no such topic'" in caplog.text


async def test_a_camera_goes_to_those_who_draw_by_themselves() -> None:
    audience = Audience()
    mover, local, remote = (joined(audience, name) for name in ("c1", "c2", "c3"))
    mover.views["7"] = local.views["7"] = Viewing(mode="local")
    remote.views["8"] = Viewing(mode="local")
    for client in (mover, local, remote):
        said(audience, client)
    for motion in (1, 2):
        audience.tell_camera("7", {"motion": motion}, "c1")
    assert said(audience, mover) == said(audience, remote) == []
    (event,) = said(audience, local)
    assert event["params"] == {"view": "7", "camera": {"motion": 2}, "client": "c1"}
