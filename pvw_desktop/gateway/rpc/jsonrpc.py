"""JSON-RPC 2.0 as text: what clients send is taken apart here, what they get is put together. No sockets."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from ...protocol.jsontext import NotJson, Unfit, read_json

PARSE_ERROR, INVALID_REQUEST, INTERNAL_ERROR = -32700, -32600, -32603
MAX_ID = 64

CallId = int | str | None


@dataclasses.dataclass(frozen=True)
class Call:
    """A request (`id` set) or a notification (`id` None)."""

    id: CallId
    method: str
    params: dict[str, Any]


class InvalidMessage(Exception):
    """A text that is no JSON-RPC call; `answer` is the error to send back."""

    def __init__(self, code: int, message: str, call_id: CallId = None):
        super().__init__(message)
        self.answer = error(call_id, {"code": code, "message": message, "data": {"kind": "bad_request"}})


def parse(text: str) -> Call:
    """The call in a text frame; raises InvalidMessage."""
    try:
        data = read_json(text)
    except NotJson as error:
        raise InvalidMessage(PARSE_ERROR, error.message) from None
    except Unfit as error:  # with its id, or whoever asked would wait for ever
        call_id = _valid_id(error.value) if isinstance(error.value, dict) else None
        raise InvalidMessage(INVALID_REQUEST, error.message, call_id) from None
    if isinstance(data, list):
        raise InvalidMessage(INVALID_REQUEST, "Batches are not supported: send one call in one message.")
    if not isinstance(data, dict):
        raise InvalidMessage(INVALID_REQUEST, "A message must be a JSON-RPC object.")
    call_id = _valid_id(data)
    unknown = sorted(set(data) - {"jsonrpc", "id", "method", "params"})
    if unknown:
        raise InvalidMessage(INVALID_REQUEST, f"The message has an unknown field '{unknown[0][:80]}'.", call_id)
    if data.get("jsonrpc") != "2.0":
        raise InvalidMessage(INVALID_REQUEST, 'The message lacks "jsonrpc": "2.0".', call_id)
    method, params = data.get("method"), data.get("params", {})
    if not isinstance(method, str):
        raise InvalidMessage(INVALID_REQUEST, "method must be a string.", call_id)
    if not isinstance(params, dict):
        raise InvalidMessage(INVALID_REQUEST, "params must be an object: parameters go by name.", call_id)
    return Call(call_id, method, params)


def _valid_id(data: dict[str, Any]) -> CallId:
    if "id" not in data:
        return None
    call_id = data["id"]
    if isinstance(call_id, bool) or not isinstance(call_id, (int, str)) or len(str(call_id)) > MAX_ID:
        raise InvalidMessage(INVALID_REQUEST, f"id must be an integer or a string of at most {MAX_ID} letters.")
    return call_id


def result(call_id: CallId, value: Any) -> str:
    """The answer to a call that went well."""
    return _dump({"jsonrpc": "2.0", "id": call_id, "result": value})


def error(call_id: CallId, wire_error: dict[str, Any]) -> str:
    """The answer to a call that did not."""
    return _dump({"jsonrpc": "2.0", "id": call_id, "error": wire_error})


def notification(method: str, params: dict[str, Any] | None = None) -> str:
    """A notification to a client."""
    return _dump({"jsonrpc": "2.0", "method": method, "params": params or {}})


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False)
