"""Names of files on the wire: readable, and back again."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.protocol.names import real_name, show_name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (b"plain.vtu", "plain.vtu"),
        ("größe 日本.vtu".encode(), "größe 日本.vtu"),
        (b"caf\xe9.vtu", "caf\\xE9.vtu"),
        (b"back\\slash", "back\\\\slash"),
        (b"\\xE9", "\\\\xE9"),
        (b"new\nline", "new\\x0Aline"),
        (b"100%25", "100%25"),
    ],
)
def test_a_name_is_shown_and_comes_back(name: bytes, text: str) -> None:
    assert show_name(os.fsdecode(name)) == text
    assert os.fsencode(real_name(text)) == name


@given(st.binary(max_size=40))
def test_every_name_of_a_disk_comes_back(raw: bytes) -> None:
    text = show_name(os.fsdecode(raw))
    json.dumps(text, ensure_ascii=False).encode()
    assert text.isprintable() or all(ord(letter) > 127 for letter in text if not letter.isprintable())
    assert os.fsencode(real_name(text)) == raw


@given(st.text())
def test_no_other_spelling_is_a_name(text: str) -> None:
    try:
        name = real_name(text)
    except ValueError:
        return
    assert show_name(name) == text


@pytest.mark.parametrize(
    "text", ["\\", "\\x", "\\xe9", "\\x2E\\x2E", "\\x2F", "\\xC3\\xA9", "a\\b", "\ud800", "\udce9", "\n"]
)
def test_what_is_no_spelling_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        real_name(text)
