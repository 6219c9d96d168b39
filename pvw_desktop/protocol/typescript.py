"""The declarations as TypeScript text: interfaces, method and topic tables."""

from __future__ import annotations

import typing
from types import ModuleType
from typing import Any, Literal, Union

from . import PROTOCOL_VERSION, SUBPROTOCOL, messages
from .channel import MAX_HEIGHT, MAX_WIDTH
from .registry import EVENTS, METHODS, TOPICS, Nothing
from .schema import classes_in, fields_of

_SCALARS: dict[Any, str] = {bool: "boolean", int: "number", float: "number", str: "string", Any: "unknown"}


def generate() -> str:
    """The whole of www/src/protocol.gen.ts."""
    classes = _all_classes()
    parts = [
        "// Generated from pvw_desktop/protocol/messages by `make generate`. Do not edit.",
        f"export const PROTOCOL_VERSION = {PROTOCOL_VERSION};",
        f"export const SUBPROTOCOL = {SUBPROTOCOL!r};".replace("'", '"'),
        f"/** The largest image. */\nexport const MAX_IMAGE = {{ width: {MAX_WIDTH}, height: {MAX_HEIGHT} }};",
        *(_interface(cls) for cls in classes),
        _method_tables(),
        _table("Events", {name: item.params.__name__ for name, item in EVENTS.items()}),
        _table("Topics", {_topic_key(name): _either(item.values) for name, item in TOPICS.items()}),
    ]
    return "\n\n".join(parts) + "\n"


def _either(values: tuple[type, ...]) -> str:
    return " | ".join(value.__name__ for value in values)


def _topic_key(name: str) -> str:
    return f"[key: `{name[:-1]}${{string}}`]" if name.endswith("/*") else f'"{name}"'


def _all_classes() -> list[type]:
    modules = [value for value in vars(messages).values() if isinstance(value, ModuleType)]
    declared = [value for module in modules for value in vars(module).values() if isinstance(value, type)]
    return classes_in([Nothing, *declared])


def _interface(cls: type) -> str:
    lines = [f"/** {' '.join((cls.__doc__ or '').split())} */", f"export interface {cls.__name__} {{"]
    for spec in fields_of(cls):
        if spec.doc:
            lines.append(f"  /** {spec.doc} */")
        # What a client sends may leave defaults out; what it receives always has every field.
        optional = "?" if not spec.required and _is_params(cls) else ""
        lines.append(f"  {spec.name}{optional}: {type_name(spec.type)};")
    return "\n".join([*lines, "}"])


def _is_params(cls: type) -> bool:
    return any(method.params is cls for method in METHODS.values()) or cls.__name__ in ("Port", "Change")


def type_name(kind: Any) -> str:
    """TypeScript's spelling of a field's type."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return type_name(args[0])
    if origin is Union:
        return " | ".join("null" if arg is type(None) else type_name(arg) for arg in args)
    if origin is Literal:
        return " | ".join(f'"{arg}"' for arg in args)
    if origin is list:
        inner = type_name(args[0])
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if origin is tuple:
        return f"[{', '.join(type_name(arg) for arg in args)}]"
    if origin is dict:
        return f"Record<string, {type_name(args[1])}>"
    return _SCALARS.get(kind) or kind.__name__


def _method_tables() -> str:
    requests = {name: m for name, m in METHODS.items() if m.result is not None}
    notifications = {name: m for name, m in METHODS.items() if m.result is None}
    rows = ["/** Requests: parameters and result. */", "export interface Requests {"]
    for name, method in sorted(requests.items()):
        rows.append(f"  /** {method.doc} Lowest role: {method.role}. */")
        result = typing.cast(type, method.result).__name__
        rows.append(f'  "{name}": {{ params: {method.params.__name__}; result: {result} }};')
    rows += ["}", "", "/** Notifications from client to server. */", "export interface Notifications {"]
    for name, method in sorted(notifications.items()):
        rows.append(f'  "{name}": {method.params.__name__};')
    roles = ", ".join(f'"{name}": "{method.role}"' for name, method in sorted(METHODS.items()))
    return "\n".join([*rows, "}", "", f"export const METHOD_ROLES: Record<string, Role> = {{ {roles} }};",
                      'export type Role = "watch" | "control" | "host";'])  # fmt: skip


def _table(name: str, rows: dict[str, str]) -> str:
    body = "\n".join(f"  {key if key[0] in '[' else _quoted(key)}: {value};" for key, value in sorted(rows.items()))
    return f"export interface {name} {{\n{body}\n}}"


def _quoted(key: str) -> str:
    return key if key.startswith('"') else f'"{key}"'
