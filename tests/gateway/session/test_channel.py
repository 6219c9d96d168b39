"""Who gets in at the private channel, and what passes through it."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import AsyncIterator
from typing import Any

import pytest

from pvw_desktop.gateway.session import channel as module
from pvw_desktop.gateway.session.channel import Channel, ChannelListener
from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.framing import pack_message

Ends = tuple[Channel, asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
async def listener() -> AsyncIterator[ChannelListener]:
    listener = ChannelListener()
    await listener.start()
    yield listener
    listener.close()


async def connect(listener: ChannelListener, first: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection(listener.host, listener.port)
    writer.write(first)
    return reader, writer


def nested(depth: int) -> Any:
    return [nested(depth - 1)] if depth else 0


def hello(token: str) -> bytes:
    return pack_message(wire.encode(wire.Hello(token, 1)))


@pytest.fixture
async def ends(listener: ChannelListener) -> AsyncIterator[Ends]:
    reader, writer = await connect(listener, hello(listener.token))
    channel = await asyncio.wait_for(listener.accept(), 60)
    yield channel, reader, writer
    channel.close()
    writer.close()


def test_tokens_are_long_and_differ() -> None:
    assert len({ChannelListener().token for _ in range(10)}) == 10
    assert len(ChannelListener().token) >= 32


async def test_the_right_token_gets_in_and_the_port_closes(listener: ChannelListener) -> None:
    _, writer = await connect(listener, hello(listener.token))
    channel = await asyncio.wait_for(listener.accept(), 60)
    assert channel.hello.pid == 1
    with pytest.raises(OSError):
        await asyncio.open_connection(listener.host, listener.port)
    channel.close()
    writer.close()


@pytest.mark.parametrize(
    "first",
    [
        hello("wrong"),
        hello(""),
        hello("é"),
        pack_message({"type": "ready"}),
        pack_message({"type": "hello", "pid": 1}),
        pack_message({"type": ["hello"]}),
        pack_message({}),
        struct.pack("<I", 3) + b"[1]",
        struct.pack("<I", 4) + b"\xff\xfe\x00{",
        struct.pack("<I", 200_000_000) + b"x",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
)
async def test_anything_else_is_dropped_and_listening_goes_on(listener: ChannelListener, first: bytes) -> None:
    reader, stranger = await connect(listener, first)
    assert await asyncio.wait_for(reader.read(), 60) == b""
    _, writer = await connect(listener, hello(listener.token))
    channel = await asyncio.wait_for(listener.accept(), 60)
    channel.close()
    for end in (stranger, writer):
        end.close()


async def test_one_that_says_nothing_is_dropped(listener: ChannelListener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELLO_SECONDS", 0.05)
    reader, writer = await connect(listener, b"")
    assert await asyncio.wait_for(reader.read(), 60) == b""
    writer.close()


async def test_strangers_that_say_nothing_do_not_hold_the_process_up(listener: ChannelListener) -> None:
    strangers = [await asyncio.open_connection(listener.host, listener.port) for _ in range(module.MAX_STRANGERS + 30)]
    accepting = asyncio.create_task(listener.accept())
    reader, writer = await asyncio.open_connection(listener.host, listener.port)
    writer.write(pack_message(wire.encode(wire.Hello(listener.token, 5))))
    done, _ = await asyncio.wait([accepting], timeout=60)
    assert done, "it waited until the strangers' time was over"
    assert accepting.result().hello.pid == 5
    accepting.result().close()
    for _, other in strangers:
        other.close()
    writer.close()


async def test_a_second_process_with_the_token_is_too_late(listener: ChannelListener) -> None:
    first = await connect(listener, hello(listener.token))
    second = await connect(listener, hello(listener.token))
    channel = await asyncio.wait_for(listener.accept(), 60)
    channel.post(wire.Quit())
    reads = asyncio.gather(first[0].read(4), second[0].read(4), return_exceptions=True)
    got = [piece for piece in await asyncio.wait_for(reads, 60) if isinstance(piece, bytes) and piece]
    assert len(got) == 1
    channel.close()
    for _, writer in (first, second):
        writer.close()


async def test_closing_ends_a_waiting_accept_and_the_strangers(listener: ChannelListener) -> None:
    reader, writer = await connect(listener, b"")
    waiting = asyncio.create_task(listener.accept())
    await asyncio.sleep(0.02)
    listener.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await asyncio.wait_for(reader.read(), 60) == b""
    writer.close()


async def test_messages_arrive_in_pieces_of_any_size(ends: Ends) -> None:
    channel, _, writer = ends
    data = b"".join(pack_message(wire.encode(wire.Starting(f"step {n} é"))) for n in range(3))

    async def drip() -> None:
        for byte in data:
            writer.write(bytes([byte]))
            await asyncio.sleep(0)
        writer.close()

    dripping = asyncio.create_task(drip())
    assert [message async for message in channel] == [wire.Starting(f"step {n} é") for n in range(3)]
    await dripping


async def test_a_message_that_is_none_is_passed_over(ends: Ends) -> None:
    channel, _, writer = ends
    items: list[dict[str, Any]] = [
        {"type": "unknown"}, {"type": "starting"}, {"text": "x"}, {"type": "reply", "wrong": 1}, {"type": []}
    ]  # fmt: skip
    for item in items:
        writer.write(pack_message(item))
    writer.write(pack_message(wire.encode(wire.Saved())))
    writer.close()
    assert [message async for message in channel] == [wire.Saved()]


async def test_an_answer_that_cannot_be_read_is_an_error_for_who_asked(ends: Ends) -> None:
    channel, _, writer = ends
    writer.write(pack_message({"type": "reply", "id": 5, "wrong": 1}))
    writer.close()
    (reply,) = [message async for message in channel]
    assert isinstance(reply, wire.Reply)
    assert reply.id == 5
    assert reply.error is not None


@pytest.mark.parametrize("value", [1 << 70, -(10**400), nested(100), 1e308 * 10], ids=["bits", "digits", "deep", "inf"])
async def test_an_answer_that_holds_too_much_costs_nobody_else_anything(ends: Ends, value: Any) -> None:
    channel, _, writer = ends
    reply = {"type": "reply", "id": 5, "result": {"value": value}, "error": None}
    body = json.dumps(reply).replace("Infinity", "1e999").encode()
    writer.write(struct.pack("<I", len(body)) + body)
    writer.write(pack_message(wire.encode(wire.Saved())))
    writer.close()
    found = [message async for message in channel]
    assert wire.Saved() in found
    (answer,) = [message for message in found if isinstance(message, wire.Reply)]
    assert (answer.id, answer.error is not None) == (5, True)


async def test_bytes_that_are_no_frames_end_the_channel(ends: Ends) -> None:
    channel, reader, writer = ends
    writer.write(struct.pack("<I", 5) + b"{nope")
    assert [message async for message in channel] == []
    assert await asyncio.wait_for(reader.read(), 60) == b""


async def test_posting_after_the_end_goes_nowhere(ends: Ends) -> None:
    channel, _, writer = ends
    writer.close()
    assert [message async for message in channel] == []
    channel.post(wire.Quit())


async def test_it_knows_when_the_other_side_does_not_read(ends: Ends) -> None:
    channel, reader, _ = ends
    assert not channel.congested
    for _ in range(2000):
        channel.post(wire.Request(None, "view.camera.set", {"padding": "x" * 4000}))
    assert channel.congested
    while channel.congested:
        assert await asyncio.wait_for(reader.read(1 << 20), 60)
