"""Messages that are JSON and no good: each gets a sentence, costs nothing, and nobody else notices."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import PvwError
from pvw_desktop.protocol.jsontext import MAX_DEPTH


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def proxy_set(value: str, call_id: int = 7) -> str:
    params = f'{{"id":"12","values":{{"Radius":{value}}}}}'
    return f'{{"jsonrpc":"2.0","id":{call_id},"method":"proxy.set","params":{params}}}'


BAD_VALUES = {
    "488 deep": (nested(488), "deeper"),
    "just too deep": (nested(MAX_DEPTH - 2), "deeper"),
    "100,000 deep": (nested(100_000), "not JSON"),
    "deep objects": ('{"a":' * 200 + "1" + "}" * 200, "deeper"),
    "an integer of 400 digits": ("1" + "0" * 400, "64 bits"),
    "an integer of 5,000 digits": ("-1" + "0" * 5000, "64 bits"),
    "an integer of 65 bits": (str(1 << 64), "64 bits"),
    "a number that is infinite": ("1e400", "too large"),
    "NaN": ("NaN", "not JSON"),
    "half a surrogate pair": ('"\\ud800"', "Unicode"),
    "half a surrogate pair as a name": ('{"\\udfff":1}', "Unicode"),
    "half a pair deep inside": ('[["good \\ud83d\\ude00", ["\\ud83d"]]]', "Unicode"),
}


async def answer_to(client: Any, text: str) -> dict[str, Any]:
    """The next message to a client that is an error."""
    known = len(client.raw)
    await client.socket.send_str(text)
    found = await client_error(client, known)
    return found


async def client_error(client: Any, known: int) -> dict[str, Any]:
    for _ in range(2000):
        for message in client.raw[known:]:
            if "error" in message:
                error: dict[str, Any] = message
                return error
        await asyncio.sleep(0.005)
    raise AssertionError("no error came")


@pytest.mark.parametrize(("value", "words"), BAD_VALUES.values(), ids=BAD_VALUES.keys())
async def test_a_bad_value_gets_a_sentence_and_nobody_else_notices(world: Any, value: str, words: str) -> None:
    bad, good = await world.join(), await world.join()
    answer = await answer_to(bad, proxy_set(value))
    assert answer["error"]["data"]["kind"] == "bad_request"
    assert words in answer["error"]["message"]
    # whoever waits for the answer to 7 has to hear of it; of what is no JSON at all nobody can read the id
    assert answer["id"] == (None if words == "not JSON" else 7)
    assert world.server.of(wire.Request) == []
    asked = good.start("catalog.list")
    request = await world.server.next(wire.Request)
    assert request.method == "catalog.list"
    await world.server.send(wire.Reply(request.id, {"sources": []}))
    assert good.result(await asyncio.wait_for(asked, 5)) == {"sources": []}


async def test_what_is_good_goes_through(world: Any) -> None:
    client = await world.join()
    for value in (nested(MAX_DEPTH - 3), str((1 << 64) - 1), str(-(1 << 63)), "1e308", '"\\ud83d\\ude00 é"'):
        await client.socket.send_str(proxy_set(value))
        request = await world.server.next(wire.Request)
        assert request.params["values"]["Radius"] == json.loads(value)
        await world.server.send(wire.Reply(request.id, {}))


async def test_a_call_that_cannot_be_handed_over_is_answered_and_the_next_one_goes(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await world.join()
    channel = world.session._channel
    post = channel.post

    def failing(message: Any) -> None:
        if isinstance(message, wire.Request) and message.params.get("id", "").startswith("bad"):
            raise RecursionError("too deep")
        post(message)

    monkeypatch.setattr(channel, "post", failing)
    calls = [client.start("proxy.set", id=name, values={"Radius": 1}) for name in ("bad1", "bad2", "good")]
    for bad in calls[:2]:
        with pytest.raises(PvwError, match="cannot be handed"):
            client.result(await asyncio.wait_for(bad, 5))
    request = await world.server.next(wire.Request)
    assert request.params["id"] == "good"
    await world.server.send(wire.Reply(request.id, {}))
    assert client.result(await asyncio.wait_for(calls[2], 5)) == {}
    assert world.session.status.state == "ready", "no job of it is left"


@pytest.mark.parametrize("error", ["text", ["list"], {"data": "text"}, {"data": ["x"]}, {"data": {"kind": ["x"]}}])
async def test_an_answer_that_nobody_can_read_fails_its_call_and_not_the_queue(world: Any, error: Any) -> None:
    client = await world.join()
    first, second = client.start("catalog.list"), client.start("catalog.list")
    request = await world.server.next(wire.Request)
    await world.server.send(wire.Reply(request.id, None, error))
    with pytest.raises(PvwError):
        client.result(await asyncio.wait_for(first, 5))
    request = await world.server.next(wire.Request)
    await world.server.send(wire.Reply(request.id, {"sources": []}))
    assert client.result(await asyncio.wait_for(second, 5)) == {"sources": []}


async def test_a_result_that_cannot_be_written_is_an_error_for_who_asked(world: Any) -> None:
    client = await world.join()
    future = world.session.calls

    def settled(method: str, *rest: Any) -> asyncio.Future[Any]:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        answer.set_result({"x": object()})
        return answer

    future.submit = settled
    with pytest.raises(PvwError):
        client.result(await asyncio.wait_for(client.start("catalog.list"), 5))


async def test_half_a_pair_that_a_file_brought_is_the_replacement_character(world: Any) -> None:
    client = await world.join()
    await world.server.send(wire.Note("info", "an array \udce9t\udce9"))
    await world.until(lambda: client.notices)
    assert client.notices[0]["message"] == "an array \ufffdt\ufffd"
