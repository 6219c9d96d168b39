"""JSON-RPC text."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.gateway import rpc


def test_a_request_and_a_notification() -> None:
    assert rpc.parse('{"jsonrpc":"2.0","id":7,"method":"a.b","params":{"x":1}}') == rpc.Call(7, "a.b", {"x": 1})
    assert rpc.parse('{"jsonrpc":"2.0","method":"a.b"}') == rpc.Call(None, "a.b", {})


@pytest.mark.parametrize(
    ("text", "code", "call_id"),
    [
        ("{", rpc.PARSE_ERROR, None),
        ("", rpc.PARSE_ERROR, None),
        ("[" * 100_000, rpc.PARSE_ERROR, None),
        ('{"jsonrpc":"2.0","id":1,"method":"a","params":{"x":NaN}}', rpc.PARSE_ERROR, None),
        ('{"jsonrpc":"2.0","id":1,"method":"a","params":{"x":-Infinity}}', rpc.PARSE_ERROR, None),
        ("[]", rpc.INVALID_REQUEST, None),
        ("null", rpc.INVALID_REQUEST, None),
        ('"text"', rpc.INVALID_REQUEST, None),
        ('{"id":1,"method":"a"}', rpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"1.0","id":1,"method":"a"}', rpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"2.0","id":1}', rpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"2.0","id":1,"method":3}', rpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"2.0","id":1,"method":"a","params":[1]}', rpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"2.0","id":1,"method":"a","params":null}', rpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"2.0","id":true,"method":"a"}', rpc.INVALID_REQUEST, None),
        ('{"jsonrpc":"2.0","id":1.5,"method":"a"}', rpc.INVALID_REQUEST, None),
        ('{"jsonrpc":"2.0","id":null,"method":"a"}', rpc.INVALID_REQUEST, None),
        ('{"jsonrpc":"2.0","id":"' + "x" * 65 + '","method":"a"}', rpc.INVALID_REQUEST, None),
        ('{"jsonrpc":"2.0","id":1,"result":{}}', rpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"2.0","id":"q","method":"a","extra":1}', rpc.INVALID_REQUEST, "q"),
    ],
)
def test_what_is_no_call_gets_an_error_with_its_id(text: str, code: int, call_id: object) -> None:
    with pytest.raises(rpc.InvalidMessage) as caught:
        rpc.parse(text)
    answer = json.loads(caught.value.answer)
    assert answer["error"]["code"] == code
    assert answer["id"] == call_id
    assert answer["error"]["message"].endswith(".")


@given(st.text() | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(json.dumps))
def test_any_text_is_a_call_or_refused(text: str) -> None:
    with suppress(rpc.InvalidMessage):
        rpc.parse(text)


def test_answers() -> None:
    assert json.loads(rpc.result("q", {"a": 1})) == {"jsonrpc": "2.0", "id": "q", "result": {"a": 1}}
    assert json.loads(rpc.notification("window.raise")) == {"jsonrpc": "2.0", "method": "window.raise", "params": {}}
