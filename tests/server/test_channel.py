"""The server's end of the channel on a real socket: what has come is taken in before anybody decides by it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from pvw_desktop.protocol import messages as _messages  # noqa: F401  fills the registry
from pvw_desktop.protocol.channel import Quit, ServerConfig, Slot, encode
from pvw_desktop.protocol.framing import pack_message
from pvw_desktop.server import channel as module
from pvw_desktop.server.channel import Channel


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
    assert ended.wait(30)


def test_a_reader_that_is_held_up_holds_nobody_up(ends: Any) -> None:
    channel, gateway = ends
    held, going_on, ended = threading.Event(), threading.Event(), threading.Event()

    def receive(_message: Any) -> None:
        held.set()
        going_on.wait(60)

    channel.start(receive, ended.set)
    gateway.sendall(pack_message(encode(Quit())))
    assert held.wait(30)
    channel.catch_up()
    assert not going_on.is_set() and not ended.is_set()
    going_on.set()
    gateway.close()
    assert ended.wait(30)
