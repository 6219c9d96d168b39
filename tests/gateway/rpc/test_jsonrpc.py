"""JSON-RPC text."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.gateway.rpc import jsonrpc


def test_a_request_and_a_notification() -> None:
    assert jsonrpc.parse('{"jsonrpc":"2.0","id":7,"method":"a.b","params":{"x":1}}') == jsonrpc.Call(7, "a.b", {"x": 1})
    assert jsonrpc.parse('{"jsonrpc":"2.0","method":"a.b"}') == jsonrpc.Call(None, "a.b", {})


@pytest.mark.parametrize(
    ("text", "code", "call_id"),
    [
        ("{", jsonrpc.PARSE_ERROR, None),
        ("", jsonrpc.PARSE_ERROR, None),
        ("[" * 100_000, jsonrpc.PARSE_ERROR, None),
        ('{"jsonrpc":"2.0","id":1,"method":"a","params":{"x":NaN}}', jsonrpc.PARSE_ERROR, None),
        ('{"jsonrpc":"2.0","id":1,"method":"a","params":{"x":-Infinity}}', jsonrpc.PARSE_ERROR, None),
        ("[]", jsonrpc.INVALID_REQUEST, None),
        ("null", jsonrpc.INVALID_REQUEST, None),
        ('"text"', jsonrpc.INVALID_REQUEST, None),
        ('{"id":1,"method":"a"}', jsonrpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"1.0","id":1,"method":"a"}', jsonrpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"2.0","id":1}', jsonrpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"2.0","id":1,"method":3}', jsonrpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"2.0","id":1,"method":"a","params":[1]}', jsonrpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"2.0","id":1,"method":"a","params":null}', jsonrpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"2.0","id":true,"method":"a"}', jsonrpc.INVALID_REQUEST, None),
        ('{"jsonrpc":"2.0","id":1.5,"method":"a"}', jsonrpc.INVALID_REQUEST, None),
        ('{"jsonrpc":"2.0","id":null,"method":"a"}', jsonrpc.INVALID_REQUEST, None),
        ('{"jsonrpc":"2.0","id":"' + "x" * 65 + '","method":"a"}', jsonrpc.INVALID_REQUEST, None),
        ('{"jsonrpc":"2.0","id":1,"result":{}}', jsonrpc.INVALID_REQUEST, 1),
        ('{"jsonrpc":"2.0","id":"q","method":"a","extra":1}', jsonrpc.INVALID_REQUEST, "q"),
    ],
)
def test_what_is_no_call_gets_an_error_with_its_id(text: str, code: int, call_id: object) -> None:
    with pytest.raises(jsonrpc.InvalidMessage) as caught:
        jsonrpc.parse(text)
    answer = json.loads(caught.value.answer)
    assert answer["error"]["code"] == code
    assert answer["id"] == call_id
    assert answer["error"]["message"].endswith(".")


@given(st.text() | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(json.dumps))
def test_any_text_is_a_call_or_refused(text: str) -> None:
    with suppress(jsonrpc.InvalidMessage):
        jsonrpc.parse(text)


def test_answers() -> None:
    assert json.loads(jsonrpc.result("q", {"a": 1})) == {"jsonrpc": "2.0", "id": "q", "result": {"a": 1}}
    assert json.loads(jsonrpc.notification("window.raise")) == {
        "jsonrpc": "2.0",
        "method": "window.raise",
        "params": {},
    }
