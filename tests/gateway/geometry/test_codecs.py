"""Arrays there and back: a decoder as a client would write it, from docs/protocol.md."""

from __future__ import annotations

import zlib
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pvw_desktop.gateway.geometry import codecs
from pvw_desktop.gateway.geometry.codecs import SMALL, Coded, encode
from pvw_desktop.protocol.channel import Blob

TYPES = {"float32": "<f4", "float64": "<f8", "uint8": "u1", "int16": "<i2", "uint32": "<u4"}


def blob(values: Any, use: str = "scalars") -> Blob:
    dtype = next(name for name, code in TYPES.items() if values.dtype == numpy.dtype(code))
    return Blob("0" * 32, dtype, values.shape[1], use, values.tobytes())


def decode(coded: Coded, dtype: str, components: int) -> Any:
    data = zlib.decompress(coded.data)
    if coded.codec == "raw":
        return numpy.frombuffer(data, TYPES[dtype]).reshape(-1, components)
    width = 2 if coded.codec == "octahedral" else numpy.dtype(TYPES[dtype]).itemsize
    numbers = numpy.frombuffer(data, numpy.uint8).reshape(width, -1).T.tobytes()
    if coded.codec == "planes":
        return numpy.frombuffer(numbers, TYPES[dtype]).reshape(-1, components)
    if coded.codec == "delta-planes":
        coded_ids = numpy.frombuffer(numbers, "<u4").reshape(-1, components)
        steps = (coded_ids >> 1).astype(numpy.int32) ^ -(coded_ids & 1).astype(numpy.int32)
        return numpy.cumsum(steps, axis=0, dtype=numpy.int32).view(numpy.uint32)
    square = numpy.frombuffer(numbers, "<i2").reshape(-1, 2) / 32767
    x, y = square[:, 0], square[:, 1]
    z = 1 - numpy.abs(x) - numpy.abs(y)
    fold = numpy.maximum(-z, 0)
    found = numpy.stack([x - numpy.copysign(fold, x), y - numpy.copysign(fold, y), z], axis=1)
    return found / numpy.linalg.norm(found, axis=1, keepdims=True)


@given(arrays.arrays(numpy.float32, st.tuples(st.integers(0, 400), st.integers(1, 3))))
def test_floats_come_back_to_the_bit(values: Any) -> None:
    coded = encode(blob(values))
    assert coded.codec == ("planes" if values.nbytes >= SMALL else "raw")
    assert decode(coded, "float32", values.shape[1]).tobytes() == values.tobytes()


@given(arrays.arrays(numpy.uint32, st.tuples(st.integers(100, 400), st.integers(1, 3)),
                     elements=st.integers(0, 2**31 - 1)))  # fmt: skip
def test_ids_come_back_exactly(ids: Any) -> None:
    coded = encode(blob(ids, "indices"))
    if ids.nbytes >= SMALL:
        assert coded.codec == "delta-planes"
    assert (decode(coded, "uint32", ids.shape[1]) == ids).all()


@given(arrays.arrays(numpy.float32, st.tuples(st.integers(100, 200), st.just(3)),
                     elements=st.floats(-1, 1, width=32)))  # fmt: skip
def test_directions_come_back_within_what_can_be_seen(vectors: Any) -> None:
    lengths = numpy.linalg.norm(vectors.astype(float), axis=1)
    vectors = vectors[lengths > 1e-3]
    if vectors.nbytes < SMALL:
        return
    coded = encode(blob(vectors, "normals"))
    assert coded.codec == "octahedral"
    unit = vectors / numpy.linalg.norm(vectors.astype(float), axis=1, keepdims=True)
    assert numpy.abs(decode(coded, "float32", 3) - unit).max() < 2e-4


def test_directions_that_are_none_break_nothing() -> None:
    vectors: Any = numpy.zeros((200, 3), numpy.float32)
    vectors[5] = numpy.nan
    vectors[6] = numpy.inf
    assert numpy.isfinite(decode(encode(blob(vectors, "normals")), "float32", 3)).all()


@pytest.mark.parametrize("dtype", TYPES)
def test_every_type_comes_back(dtype: str) -> None:
    values: Any = numpy.arange(3000).astype(TYPES[dtype]).reshape(-1, 3)
    assert (decode(encode(blob(values)), dtype, 3) == values).all()


def test_rearranging_pays() -> None:
    """A tube of triangles, as contours come: the codecs must be worth their names."""
    around, along = 100, 400
    ring = numpy.arange(around)
    first = (numpy.arange(along - 1)[:, None] * around + ring).reshape(-1)
    following = (numpy.arange(along - 1)[:, None] * around + (ring + 1) % around).reshape(-1)
    ids = numpy.stack([first, following, first + around], axis=1).astype("<u4")
    assert len(encode(blob(ids, "indices")).data) < len(zlib.compress(ids.tobytes(), 1)) / 4


def test_without_numpy_arrays_travel_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codecs, "_numpy", lambda: None)
    values: Any = numpy.arange(3000, dtype=numpy.float32).reshape(-1, 3)
    coded = encode(blob(values))
    assert coded.codec == "raw" and zlib.decompress(coded.data) == values.tobytes()
