"""Text on its way between people, ParaView and state files. Knows no proxies.

ParaView's strings are bytes. Most are UTF-8; names that an old file brings need not be, and any may hold a character
that XML, and so a state file, has no way to write.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Any, Union

from pvw_desktop.protocol.errors import BadRequest

Native = Union[str, bytes]
"""Text as ParaView's Python gives and takes it: bytes where they are no UTF-8."""

_UNWRITABLE = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"
_CONTROL = re.compile(f"[{_UNWRITABLE}]")
_HALF = re.compile("[\ud800-\udfff]")
_TO_ESCAPE = re.compile(f"[{_UNWRITABLE}\ud800-\udfff]|_(?=x[0-9A-F]{{4}}_)")
_WORD_ENDS = re.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PREFIX = re.compile("^vtk(PV(?=[A-Z])|P(?=[A-Z][a-z]))?")
_WHOLE = ("OpenFOAM", "PolyData", "MultiBlock", "HyperTreeGrid", "LSDyna", "VTKm", "SPCTH")
_ESCAPED = re.compile("_x([0-9A-F]{4})_")


def text_of(native: Any) -> str:
    """What ParaView gave as text; bytes that are no UTF-8 are taken for those of Windows and Latin-1."""
    if isinstance(native, bytes):
        try:
            return native.decode("utf-8")
        except UnicodeDecodeError:
            return native.decode("cp1252" if _is_windows(native) else "latin-1")
    return "" if native is None else str(native)


def _is_windows(native: bytes) -> bool:
    """Latin-1 has nothing to see from 0x80 to 0x9F; Windows has, but for five places."""
    return not any(byte in native for byte in b"\x81\x8d\x8f\x90\x9d")


def words_of(name: str) -> str:
    """A name that is words without blanks, such as OpenFOAMReader, with blanks; some words are whole as they are."""
    words = _WORD_ENDS.sub(" ", name)
    for whole in _WHOLE:
        words = words.replace(_WORD_ENDS.sub(" ", whole), whole)
    return words


def readable_class(name: str) -> str:
    """`vtkPVContourFilter` as `Contour Filter`; the P of those for many processes is left out as well."""
    return words_of(_PREFIX.sub("", name.strip()))


def native_of(text: str, among: Iterable[Native]) -> Native:
    """The one of ParaView's own names that reads like this; where there is none, the text itself."""
    found = [name for name in among if text_of(name) == text]
    return text if text in found or not found else found[0]


def native_path(path: str) -> Native:
    """A path as Python has it, for ParaView: Python keeps bytes that are no UTF-8 as halves of surrogate pairs."""
    return os.fsencode(path) if _HALF.search(path) else path


def file_name(path: str) -> str:
    """The last name of a path as Python has it, to be read by people."""
    return clean(text_of(native_path(os.path.basename(path))))


def clean(text: str) -> str:
    """Without the characters that no state file could hold. They show nothing: they come along when text is pasted."""
    return _CONTROL.sub("", text)


def refuse_halves(value: Any) -> None:
    """BadRequest where a string, however deep, holds half of a surrogate pair: no encoding can write it."""
    if isinstance(value, str):
        if _HALF.search(value):
            raise BadRequest("A text holds half a character, which nothing can show or save.", "Type it anew.")
    elif isinstance(value, dict):
        for key, item in value.items():
            refuse_halves(key)
            refuse_halves(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            refuse_halves(item)


def escape(content: bytes) -> bytes:
    """A state file's content with everything that XML cannot hold as `_xHHHH_`, as spreadsheets write it; a byte that
    is no UTF-8 is `_xDCHH_`. Nothing else changes: content that needs no escape is given back as it is."""
    text = content.decode("utf-8", "surrogateescape")
    if not _CONTROL.search(text) and not _HALF.search(text):
        return content
    return _TO_ESCAPE.sub(lambda found: f"_x{ord(found.group()):04X}_", text).encode()


def unescape(text: str) -> Native:
    """What `escape` was given."""
    plain = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    native = plain.encode("utf-8", "surrogateescape")
    try:
        return native.decode("utf-8")
    except UnicodeDecodeError:
        return native
