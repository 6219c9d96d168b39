"""The declarations as an OpenRPC 1.3 document and as the tables of docs/protocol.md."""

from __future__ import annotations

import dataclasses
import json
import typing
from typing import Any, Literal, Union

from . import messages as _messages  # noqa: F401  fills the tables
from .registry import EVENTS, METHODS, TOPICS, Method, allows
from .schema import FieldSpec, Length, Range, classes_in, fields_of, to_json
from .typescript import type_name

_SCALARS: dict[Any, dict[str, Any]] = {
    bool: {"type": "boolean"}, int: {"type": "integer"}, float: {"type": "number"}, str: {"type": "string"}, Any: {},
}  # fmt: skip


def openrpc(role: str, version: str) -> dict[str, Any]:
    """The OpenRPC document of what `role` may call."""
    return {
        "openrpc": "1.3.2",
        "info": {"title": "PVW Desktop", "version": version},
        "methods": [_method(item) for name, item in sorted(METHODS.items()) if allows(role, item.role)],
    }


def _method(item: Method) -> dict[str, Any]:
    params = [
        {"name": spec.name, "description": spec.doc, "required": spec.required, "schema": _field_schema(spec)}
        for spec in fields_of(item.params)
    ]
    document: dict[str, Any] = {"name": item.name, "summary": item.doc, "paramStructure": "by-name", "params": params}
    if item.result is not None:
        document["result"] = {"name": item.result.__name__, "schema": _schema(item.result)}
    return document


def _field_schema(spec: FieldSpec) -> dict[str, Any]:
    schema = dict(_schema(spec.type))
    for bound in spec.bounds:
        if isinstance(bound, Range):
            schema.update({k: v for k, v in (("minimum", bound.low), ("maximum", bound.high)) if v is not None})
        elif isinstance(bound, Length):
            schema["maxItems" if schema.get("type") == "array" else "maxLength"] = bound.high
    if not spec.required:
        schema["default"] = to_json(spec.default)
    return schema


def _schema(kind: Any, inside: tuple[Any, ...] = ()) -> dict[str, Any]:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return _schema(args[0], inside)
    if origin is Union:
        return {"anyOf": [{"type": "null"} if arg is type(None) else _schema(arg, inside) for arg in args]}
    if origin is Literal:
        return {"enum": list(args)}
    if origin is list:
        return {"type": "array", "items": _schema(args[0], inside)}
    if origin is tuple:
        return {"type": "array", "prefixItems": [_schema(arg, inside) for arg in args], "items": False}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(args[1], inside)}
    if dataclasses.is_dataclass(kind):
        if kind in inside:  # a proxy inside a proxy: the inner one has the same shape
            return {"type": "object", "title": kind.__name__}  # type: ignore[union-attr]
        specs = fields_of(typing.cast(type, kind))
        return {
            "type": "object",
            "title": kind.__name__,  # type: ignore[union-attr]
            "properties": {spec.name: _schema(spec.type, (*inside, kind)) for spec in specs},
            "required": [spec.name for spec in specs if spec.required],
        }
    return _SCALARS[kind]


def markdown() -> str:
    """The reference part of docs/protocol.md: every method, event and topic."""
    parts = ["### Requests and notifications", ""]
    for name, item in sorted(METHODS.items()):
        result = f"result `{item.result.__name__}`" if item.result else "notification"
        coalesced = " · latest wins" if item.latest_wins else ""
        parts += [f"#### `{name}`", "", f"{item.doc} *Role {item.role} · {result}{coalesced}.*", ""]
        parts += _rows(item.params)
    parts += ["### Events", ""]
    for name, event in sorted(EVENTS.items()):
        parts += [f"#### `{name}`", "", _doc(event.params), "", *_rows(event.params)]
    parts += ["### Topics", ""]
    for name, topic in sorted(TOPICS.items()):
        for value in topic.values:
            parts += [f"#### `{name}` · `{value.__name__}`", "", f"{_doc(value)} *Role {topic.role}.*", ""]
            parts += _rows(value)
    parts += ["### Types", ""]
    for cls in _other_types():
        parts += [f"#### `{cls.__name__}`", "", _doc(cls), "", *_rows(cls)]
    return "\n".join(parts).rstrip() + "\n"


def _doc(cls: type) -> str:
    return " ".join((cls.__doc__ or "").split())


def _rows(cls: type) -> list[str]:
    specs = fields_of(cls)
    if not specs:
        return []
    rows = ["| field | type | default | |", "|---|---|---|---|"]
    for spec in specs:
        kind = type_name(spec.type).replace("|", "\\|")
        default = "required" if spec.required else f"`{json.dumps(to_json(spec.default))}`"
        limits = "; ".join(_limit(bound) for bound in spec.bounds)
        rows.append(f"| `{spec.name}` | `{kind}` | {default} | {'; '.join(filter(None, (spec.doc, limits)))} |")
    return [*rows, ""]


def _limit(bound: Any) -> str:
    if isinstance(bound, Length):
        return f"at most {bound.high} long"
    low, high = ("" if end is None else f"{end:g}" for end in (bound.low, bound.high))
    return f"{low} … {high}".strip()


def _other_types() -> list[type]:
    named = {item.params for item in METHODS.values()} | {item.params for item in EVENTS.values()}
    named |= {value for item in TOPICS.values() for value in item.values}
    results = [item.result for item in METHODS.values() if item.result]
    return [cls for cls in classes_in([*named, *results]) if cls not in named]
