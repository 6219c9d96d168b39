"""The one reader of JSON from outside: WebSocket, forms and both ends of the channel read by it. No sockets.

What comes out can be written again, checked and handed on by any code here without a surprise: nested no deeper than
MAX_DEPTH, integers of 64 bits, finite numbers, strings that are Unicode.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Literal, NoReturn, Union

from .errors import BadRequest

MAX_DEPTH = 64
"""Levels of arrays and objects. What is declared needs about ten."""
MAX_DIGITS = 20
_LOW, _HIGH = -(1 << 63), (1 << 64) - 1
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")

_TOO_DEEP = f"is nested deeper than {MAX_DEPTH} levels"
_TOO_LONG = "holds an integer of more than 64 bits"
_INFINITE = "holds a number that is too large"
_NO_UNICODE = "holds text that is no Unicode (half a surrogate pair)"


Halves = Literal["refuse", "mend", "keep"]
"""What becomes of half surrogate pairs: an error, the replacement character, or nothing. Python keeps bytes of a file's
name that are no UTF-8 as such, so that whoever opens files has to get them."""


class NotJson(BadRequest):
    """The text is not JSON at all."""


class Unfit(BadRequest):
    """The text is JSON, but more than is taken here. `value` is what it says, as far as it could be read."""

    def __init__(self, message: str, value: Any = None):
        super().__init__(message)
        self.value = value


class _Number(ValueError):
    """A number that is not taken; the message says why."""


def read_json(text: Union[str, bytes], what: str = "The message", halves: Halves = "refuse") -> Any:
    """The value of a JSON text; raises NotJson or Unfit with a sentence that begins with `what`."""
    try:
        plain = text if isinstance(text, str) else text.decode("utf-8")
        value = _STRICT.decode(plain)
    except _Number as error:
        raise Unfit(f"{what} {error}.", _leniently(plain)) from None
    except (ValueError, RecursionError):  # among them bytes that are no UTF-8
        raise NotJson(f"{what} is not JSON.") from None
    if _deeper(value, plain):
        raise Unfit(f"{what} {_TOO_DEEP}.", value)
    if halves == "keep":
        return value
    if _SURROGATE_ESCAPE.search(plain) or (isinstance(text, str) and not plain.isascii() and _SURROGATE.search(plain)):
        mended = _mended(value)
        if halves == "refuse" and mended != value:
            raise Unfit(f"{what} {_NO_UNICODE}.", value)
        return mended
    return value


def _integer(digits: str) -> int:
    if len(digits) <= MAX_DIGITS and _LOW <= (number := int(digits)) <= _HIGH:
        return number
    raise _Number(_TOO_LONG)


def _real(digits: str) -> float:
    number = float(digits)
    if math.isfinite(number):
        return number
    raise _Number(_INFINITE)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_STRICT = json.JSONDecoder(parse_int=_integer, parse_float=_real, parse_constant=_refuse)
_LENIENT = json.JSONDecoder(
    parse_int=lambda digits: int(digits) if len(digits) <= MAX_DIGITS else None, parse_constant=_refuse
)


def _leniently(text: str) -> Any:
    try:
        return _LENIENT.decode(text)
    except (ValueError, RecursionError):
        return None


def _deeper(value: Any, text: str) -> bool:
    """Whether arrays and objects are nested deeper than MAX_DEPTH; level by level, so that no depth is too deep."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for item in level
            for inner in (item.values() if isinstance(item, dict) else item)
            if isinstance(inner, (list, dict))
        ]
        if not level:
            return False
    return True


def _mended(value: Any) -> Any:
    """The same with the replacement character in place of each half surrogate pair. Not too deep: that was checked."""
    if isinstance(value, str):
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value
