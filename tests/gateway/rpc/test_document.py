"""docs/protocol.md, the part by hand: what a client is written from says what is so."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

from pvw_desktop.gateway.files import listing, service
from pvw_desktop.gateway.http import doors, websocket
from pvw_desktop.gateway.session import clients, jobs, queue
from pvw_desktop.protocol.jsontext import MAX_DEPTH
from pvw_desktop.protocol.messages.view import Frame
from pvw_desktop.protocol.registry import TOPICS
from pvw_desktop.protocol.widgets import WIDGETS

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "protocol.md").read_text("utf-8")
LIMITS = (
    queue.MAX_WAITING, clients.MAX_TASKS, clients.MAX_OWED >> 20, clients.MAX_WAITING >> 20, MAX_DEPTH,
    clients.ENOUGH_WAITING >> 10, websocket.MAX_MESSAGE >> 20, websocket.MAX_SOCKETS, doors.MAX_STRANGERS,
    doors.MAX_OF_ONE, int(doors.REQUEST_SECONDS), int(doors.BODY_SECONDS), int(doors.STALL_SECONDS),
    listing.MAX_ENTRIES, int(listing.SEARCH_SECONDS), int(service.SECONDS),
)  # fmt: skip
"""As they are outside of tests."""
BY_HAND = TEXT.partition("<!-- generated: begin -->")[0]


def section(name: str) -> str:
    return BY_HAND.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def rows(text: str) -> dict[str, str]:
    """First and second cell of each row of the tables in a text."""
    return dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|", text, re.MULTILINE))


def test_every_topic_is_named() -> None:
    named = set(re.findall(r"`([a-z/<>]+)`", section("State")))
    topics = {re.sub(r"<.*$", "*", name) for name in named}
    assert set(TOPICS) - topics == set()
    assert "scene/<view>/lod" in named


def test_the_header_of_an_image_is_whole() -> None:
    example = section("Camera and images").partition("header:")[2].partition("payload:")[0]
    keys = re.findall(r'"(\w+)":', re.sub(r"\{…\}", "0", example))
    assert keys == [item.name for item in dataclasses.fields(Frame)]
    for format_ in ("jpeg", "h264"):
        assert f"`{format_}`" in section("Camera and images")


def test_every_widget_has_the_shape_of_its_values() -> None:
    told = {word for cell in rows(section("Properties")) for word in re.findall(r"`(\w+)`", cell)}
    assert told == set(WIDGETS)


def test_every_close_code_is_told() -> None:
    codes = {value for name, value in vars(websocket).items() if name.isupper() and isinstance(value, int)}
    told = {int(code) for cell in rows(section("The connection")) for code in re.findall(r"\d{4}", cell)}
    assert {code for code in codes if 1000 <= code < 5000} <= told


def test_the_limits_are_those_of_the_code() -> None:
    limits = " ".join(f"{name} {value}" for name, value in rows(section("Limits")).items()).replace(",", "")
    for number in LIMITS:
        assert re.search(rf"\b{number}\b", limits), number


def test_how_long_a_job_may_ignore_cancel_is_told() -> None:
    text = " ".join(section("Long work and cancelling").split())
    assert f"{jobs.UNRESPONSIVE_AFTER_ABORT:g} second" in text
    assert f"{jobs.UNRESPONSIVE_AFTER_ASKED:g} seconds" in text


def test_the_examples_are_json() -> None:
    for block in re.findall(r"```json\n(.*?)```", BY_HAND, re.DOTALL):
        json.loads(block)
