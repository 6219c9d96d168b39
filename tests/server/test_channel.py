"""The server's end of the channel on a real socket: what has come is taken in before anybody decides by it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from pvw_desktop.protocol import messages as _messages  # noqa: F401  fills the registry
from pvw_desktop.protocol.channel import Quit, Reply, Request, ServerConfig, Slot, decode_to_gateway, encode
from pvw_desktop.protocol.framing import MessageReader, pack_message
from pvw_desktop.server import channel as module
from pvw_desktop.server.channel import Channel
from pvw_desktop.server.inbox import Inbox


@pytest.fixture
def ends() -> Iterator[tuple[Channel, socket.socket]]:
    """Of the server, and of the gateway."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host, port = listener.getsockname()
        channel = Channel(ServerConfig(host, port, "token", "/frames"))
        gateway, _ = listener.accept()
    with gateway, channel._socket:
        yield channel, gateway


def test_what_has_come_is_there_after_catching_up(ends: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CATCH_UP", 30.0)
    channel, gateway = ends
    received: list[Any] = []
    ended = threading.Event()

    def slowly(message: Any) -> None:
        time.sleep(0.001)
        received.append(message)

    channel.start(slowly, ended.set)
    for burst in range(1, 6):
        gateway.sendall(b"".join(pack_message(encode(Slot(slot))) for slot in range(20)))
        channel.catch_up()
        assert len(received) == 20 * burst
    gateway.close()
    assert ended.wait(120)


def test_a_reader_that_is_held_up_holds_nobody_up(ends: Any) -> None:
    channel, gateway = ends
    held, going_on, ended = threading.Event(), threading.Event(), threading.Event()

    def receive(_message: Any) -> None:
        held.set()
        going_on.wait(60)

    channel.start(receive, ended.set)
    gateway.sendall(pack_message(encode(Quit())))
    assert held.wait(120)
    channel.catch_up()
    assert not going_on.is_set() and not ended.is_set()
    going_on.set()
    gateway.close()
    assert ended.wait(120)


def _nested(depth: int) -> Any:
    return [_nested(depth - 1)] if depth else 0


@pytest.mark.parametrize(
    "request_",
    [
        {"params": {"value": 10**400}},
        {"params": {"value": _nested(100)}},
        {"method": "no.such"},
        {"method": "display.show", "paths": 5},
        {"wrong": 1},
        {"method": None},
        {"method": ["display.show"]},
    ],
    ids=["bits", "deep", "method", "paths", "field", "no method", "list"],
)
def test_a_message_that_cannot_be_taken_is_answered_and_the_next_one_comes(ends: Any, request_: Any) -> None:
    channel, gateway = ends
    inbox, arrived = Inbox(), threading.Event()

    def receive(message: Any) -> None:
        inbox.put(message)
        if isinstance(message, Slot):
            arrived.set()

    channel.start(receive, lambda: None)
    sent = {**encode(Request(7, "proxy.apply", {}, "test")), **request_}
    gateway.sendall(pack_message(sent) + pack_message(encode(Slot(1))))
    assert arrived.wait(120)
    waiting = inbox.get(0)
    if isinstance(waiting, Slot):  # else it is for the main thread to answer
        reader = MessageReader()
        replies: list[Reply] = []
        while not replies:
            found = [decode_to_gateway(message) for message in reader.feed(gateway.recv(1 << 16))]
            replies = [message for message in found if isinstance(message, Reply)]
        assert (replies[0].id, replies[0].error is not None) == (7, True)
