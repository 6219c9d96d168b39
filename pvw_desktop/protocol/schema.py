"""Dataclasses to JSON values and back, with checks that name the field at fault.

Knows nothing of methods or topics. Types in use: bool, int, float, str, Any, Optional, Literal, list[T], dict[str, T],
fixed tuples, and nested dataclasses; `Annotated[T, "text", Range(..)]` adds the words of the documentation and the
bounds. What goes to clients may be a Union of dataclasses that are told apart by a literal `kind`.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import typing
from typing import Any, Literal, Optional, TypeVar, Union

from .errors import BadRequest

MAX_STRING = 4096
MAX_LIST = 100_000

T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class Range:
    """Smallest and largest number allowed, both included."""

    low: Optional[float] = None
    high: Optional[float] = None


@dataclasses.dataclass(frozen=True)
class Length:
    """Longest string or list allowed."""

    high: int


@dataclasses.dataclass(frozen=True)
class FieldSpec:
    """One field of a message, its annotation taken apart."""

    name: str
    type: Any
    required: bool
    default: Any
    doc: str
    bounds: tuple[Any, ...]


@functools.cache
def fields_of(cls: type) -> tuple[FieldSpec, ...]:
    """The fields of a message class in order of declaration."""
    hints = typing.get_type_hints(cls, include_extras=True)
    specs = []
    for item in dataclasses.fields(cls):
        kind: Any = hints[item.name]
        extras: tuple[Any, ...] = ()
        if typing.get_origin(kind) is typing.Annotated:
            kind, *rest = typing.get_args(kind)
            extras = tuple(rest)
        doc = " ".join(extra for extra in extras if isinstance(extra, str))
        bounds = tuple(extra for extra in extras if isinstance(extra, (Range, Length)))
        required, default = False, item.default
        if item.default_factory is not dataclasses.MISSING:
            default = item.default_factory()
        elif item.default is dataclasses.MISSING:
            required, default = True, None
        specs.append(FieldSpec(item.name, kind, required, default, doc, bounds))
    return tuple(specs)


def kinds_of(classes: tuple[type, ...]) -> Optional[dict[str, type]]:
    """The classes by the literal of their field `kind`; None where it does not tell them apart."""
    found: dict[str, type] = {}
    for cls in classes:
        kind = next((spec.type for spec in fields_of(cls) if spec.name == "kind"), None)
        names = typing.get_args(kind) if typing.get_origin(kind) is Literal else ()
        if not names or any(name in found for name in names):
            return None
        found.update(dict.fromkeys(names, cls))
    return found


@functools.cache
def _names_of(cls: type) -> tuple[str, ...]:
    return tuple(item.name for item in dataclasses.fields(cls))


def to_json(value: Any) -> Any:
    """A JSON value: dataclasses become objects, tuples become arrays, numbers that are not finite become null."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: to_json(getattr(value, name)) for name in _names_of(type(value))}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def from_json(cls: type[T], data: Any, where: str = "params") -> T:
    """An instance of `cls` from a JSON object; raises BadRequest naming the first field that does not fit."""
    if not isinstance(data, dict):
        raise BadRequest(f"{where} must be an object")
    specs = fields_of(typing.cast(type, cls))
    unknown = sorted(set(data) - {spec.name for spec in specs})
    if unknown:
        raise BadRequest(f"{where} has an unknown field '{unknown[0][:80]}'")
    values = {}
    for spec in specs:
        if spec.name in data:
            values[spec.name] = _convert(spec.type, data[spec.name], f"{where}.{spec.name}", spec.bounds)
        elif spec.required:
            raise BadRequest(f"{where}.{spec.name} is missing")
    return cls(**values)


def _convert(kind: Any, data: Any, where: str, bounds: tuple[Any, ...] = ()) -> Any:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return _convert(args[0], data, where, tuple(args[1:]))
    if origin is Union:
        if data is None and type(None) in args:
            return None
        inner = [arg for arg in args if arg is not type(None)]
        return _convert(inner[0], data, where, bounds)
    if kind is Any:
        return data
    if origin is Literal:
        if data not in args:
            raise BadRequest(f"{where} must be one of {', '.join(map(str, args))}")
        return data
    if origin in (list, tuple):
        return _convert_array(origin, args, data, where, bounds)
    if origin is dict:
        if not isinstance(data, dict):
            raise BadRequest(f"{where} must be an object")
        return {str(key): _convert(args[1], item, f"{where}.{str(key)[:80]}") for key, item in data.items()}
    if dataclasses.is_dataclass(kind):
        return from_json(typing.cast(type, kind), data, where)
    return _convert_scalar(kind, data, where, bounds)


def _convert_array(origin: Any, args: tuple[Any, ...], data: Any, where: str, bounds: tuple[Any, ...]) -> Any:
    if not isinstance(data, list):
        raise BadRequest(f"{where} must be an array")
    longest = next((bound.high for bound in bounds if isinstance(bound, Length)), MAX_LIST)
    if len(data) > longest:
        raise BadRequest(f"{where} has {len(data)} items, {longest} is the most")
    if origin is list:
        return [_convert(args[0], item, f"{where}[{index}]") for index, item in enumerate(data)]
    if len(data) != len(args):
        raise BadRequest(f"{where} must have {len(args)} items")
    return tuple(_convert(arg, item, f"{where}[{index}]") for index, (arg, item) in enumerate(zip(args, data)))


def _convert_scalar(kind: Any, data: Any, where: str, bounds: tuple[Any, ...]) -> Any:
    if kind is bool:
        if not isinstance(data, bool):
            raise BadRequest(f"{where} must be true or false")
        return data
    if kind is str:
        longest = next((bound.high for bound in bounds if isinstance(bound, Length)), MAX_STRING)
        if not isinstance(data, str):
            raise BadRequest(f"{where} must be a string")
        if len(data) > longest or "\0" in data:
            raise BadRequest(f"{where} is longer than {longest} letters or holds a NUL")
        return data
    if isinstance(data, bool) or not isinstance(data, (int, float)) or (kind is int and data != int_or_nan(data)):
        raise BadRequest(f"{where} must be {'an integer' if kind is int else 'a number'}")
    if not math.isfinite(data):
        raise BadRequest(f"{where} must be a finite number")
    for bound in bounds:
        if isinstance(bound, Range) and not _inside(data, bound):
            raise BadRequest(f"{where} is {data}; {_range_words(bound)}")
    return kind(data)


def int_or_nan(number: float) -> float:
    """The integer part, or NaN where there is none, so that an infinity compares unequal to itself here."""
    return int(number) if math.isfinite(number) else math.nan


def _inside(number: float, bound: Range) -> bool:
    return (bound.low is None or number >= bound.low) and (bound.high is None or number <= bound.high)


def _range_words(bound: Range) -> str:
    if bound.low is None:
        return f"at most {bound.high} is allowed"
    if bound.high is None:
        return f"at least {bound.low} is allowed"
    return f"{bound.low} to {bound.high} is allowed"


def classes_in(kinds: typing.Iterable[Any]) -> list[type]:
    """The message classes among `kinds` and everything inside them, by name."""
    found: dict[str, type] = {}

    def visit(kind: Any) -> None:
        for arg in typing.get_args(kind):
            visit(arg)
        if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__name__ not in found:
            found[kind.__name__] = kind
            for spec in fields_of(kind):
                visit(spec.type)

    for kind in kinds:
        visit(kind)
    return [found[name] for name in sorted(found)]
