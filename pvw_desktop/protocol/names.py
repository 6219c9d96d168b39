r"""Names of files as text that can be shown, sent and taken back.

On Linux a name is bytes, and Python gives what is no UTF-8 as lone surrogates, which no JSON may hold. Here such a byte
is `\xE9`, a control character `\x0A`, and a backslash `\\`; everything else is itself. Each name has one such spelling,
so what is taken back in another (`\x2E\x2E` for two dots) is no name. Knows no paths and no disks.
"""

from __future__ import annotations

import re

_SPECIAL = re.compile("[\\\\\x00-\x1f\x7f\ud800-\udfff]")
_ESCAPE = re.compile(r"\\(?:\\|x([0-9A-F]{2})|(.?))", re.DOTALL)


def show_name(name: str) -> str:
    """A name of the system (as os.fsdecode gives it) as text; the same for a path."""
    return _SPECIAL.sub(_escape, name)


def _escape(match: re.Match[str]) -> str:
    letter = match[0]
    if letter == "\\":
        return "\\\\"
    code = ord(letter)
    return f"\\x{code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else f"\\x{code:02X}" if code < 0x80 else "\ufffd"


def real_name(text: str) -> str:
    """The name of the system that show_name made this text of; raises ValueError for what it never makes."""
    name = _ESCAPE.sub(_unescape, text)
    bare = name.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    if show_name(name) != text or bare != name:
        raise ValueError(f"{text!r} is no spelling of a name")
    return name


def _unescape(match: re.Match[str]) -> str:
    if match[2] is not None:
        raise ValueError(f"{match[0]!r} stands for nothing")
    if match[1] is None:
        return "\\"
    code = int(match[1], 16)
    return chr(code if code < 0x80 else 0xDC00 + code)
