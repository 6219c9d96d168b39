"""How the arrays of a scene travel: rearranged so that they compress, then deflated. Pure functions over bytes.

The codecs are described for clients in docs/protocol.md (Geometry). numpy does the rearranging; where it is missing, as
in a server started by hand, arrays travel as they are.
"""

from __future__ import annotations

import dataclasses
import importlib
import zlib
from typing import Any

from ...protocol import channel as wire

LEVEL = 1
"""zlib's quickest: level 6 takes four times as long and saves a tenth."""
SMALL = 1024
"""Bytes below which an array is not worth rearranging."""


@dataclasses.dataclass(frozen=True)
class Coded:
    """A blob ready to be sent."""

    codec: str
    """raw, planes, delta-planes or octahedral: the header PVW-Codec."""
    data: bytes
    """Deflated (zlib)."""


def encode(blob: wire.Blob) -> Coded:
    """The best codec for what the blob is used for."""
    numpy = _numpy()
    if numpy is None or len(blob.payload) < SMALL:
        return Coded("raw", zlib.compress(blob.payload, LEVEL))
    if blob.use == "indices" and blob.dtype == "uint32":
        numbers = numpy.frombuffer(blob.payload, "<u4").reshape(-1, blob.components)
        return Coded("delta-planes", _deflated(numpy, deltas(numpy, numbers)))
    if blob.use == "normals" and blob.dtype == "float32" and blob.components == 3:
        numbers = numpy.frombuffer(blob.payload, "<f4").reshape(-1, 3)
        return Coded("octahedral", _deflated(numpy, octahedral(numpy, numbers)))
    width = {"float32": 4, "float64": 8, "int32": 4, "uint32": 4, "int16": 2, "uint16": 2}.get(blob.dtype, 1)
    if width == 1:
        return Coded("raw", zlib.compress(blob.payload, LEVEL))
    return Coded("planes", _deflated(numpy, numpy.frombuffer(blob.payload, f"<u{width}")))


def _numpy() -> Any | None:
    try:
        return importlib.import_module("numpy")
    except ImportError:
        return None


def _deflated(numpy: Any, numbers: Any) -> bytes:
    """The byte planes of numbers of any shape: byte k of number n stands at k × count + n."""
    flat = numpy.ascontiguousarray(numbers).reshape(-1)
    planes = flat.view(numpy.uint8).reshape(-1, flat.itemsize).T
    return zlib.compress(numpy.ascontiguousarray(planes).data, LEVEL)


def deltas(numpy: Any, ids: Any) -> Any:
    """Per component the difference from the item before (of the first: from 0), zigzag-coded: 0, -1, 1, -2 … become
    0, 1, 2, 3 …; shape as that of `ids`, (items, components) of uint32."""
    numbers = ids.view(numpy.int32)
    result = numbers.copy()
    numpy.subtract(numbers[1:], numbers[:-1], out=result[1:])
    return ((result << 1) ^ (result >> 31)).view(numpy.uint32)


def octahedral(numpy: Any, normals: Any) -> Any:
    """Directions as two int16 each: the octahedron of |x| + |y| + |z| = 1 unfolded onto a square (Cigolle et al., A
    Survey of Efficient Representations for Independent Unit Vectors, JCGT 3, 2014). Shape (n, 3) to (n, 2)."""
    length = numpy.abs(normals).sum(axis=1, keepdims=True)
    length[~(length > 0)] = 1.0
    with numpy.errstate(invalid="ignore"):
        unit = numpy.nan_to_num(normals / length)
    flat = unit[:, :2]
    turned = (1 - numpy.abs(flat[:, ::-1])) * numpy.where(flat >= 0, 1, -1)
    square = numpy.where(unit[:, 2:] < 0, turned, flat)
    return numpy.round(numpy.clip(square, -1, 1) * 32767).astype("<i2")
