"""Texts without ParaView: names as words, and what a state file cannot hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.server.pv.core.texts import clean, escape, native_of, readable_class, text_of, unescape, words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("vtkPVContourFilter", "Contour Filter"),
        ("vtkPOpenFOAMReader", "OpenFOAM Reader"),
        ("vtkPLYReader", "PLY Reader"),
        ("vtkPolyDataNormals", "PolyData Normals"),
        ("vtkDataSetTriangleFilter", "Data Set Triangle Filter"),
        ("vtkRTAnalyticSource", "RT Analytic Source"),
        ("", ""),
    ],
)
def test_classes_are_read_as_words(name: str, words: str) -> None:
    assert readable_class(name) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [("OpenFOAMReader", "OpenFOAM Reader"), ("Xdmf3ReaderS", "Xdmf3 Reader S"), ("Contour", "Contour")],
)
def test_names_are_read_as_words(name: str, words: str) -> None:
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("native", "text"),
    [(None, ""), ("ü", "ü"), (b"\xfc", "ü"), ("日本".encode(), "日本"), (b"\x80 5", "€ 5"), (b"\x81", "\x81")],
)
def test_what_paraview_gives_is_text(native: str | bytes | None, text: str) -> None:
    assert text_of(native) == text


def test_a_name_is_found_again_as_paraview_has_it() -> None:
    assert native_of("Druck ü", [b"Druck \xfc", "other"]) == b"Druck \xfc"
    assert native_of("Druck ü", [b"Druck \xfc", "Druck ü"]) == "Druck ü"
    assert native_of("none", ["other"]) == "none"


@given(st.binary(max_size=40))
def test_an_escape_gives_back_what_it_was_given(native: bytes) -> None:
    escaped = escape(native + b"\x1b")
    assert clean(escaped.decode()) == escaped.decode()
    found = unescape(escaped.decode())
    assert (found.encode() if isinstance(found, str) else found) == native + b"\x1b"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=40))
def test_content_that_needs_no_escape_stays(text: str) -> None:
    assert escape(text.encode()) == text.encode()
