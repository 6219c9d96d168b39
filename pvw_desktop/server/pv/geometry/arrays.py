"""Arrays of a scene: VTK's memory as blobs of the wire, hashed and remembered. Knows no props and no proxies.

Everything that costs time is remembered by the VTK objects it was made from and their MTime, for as long as a scene
uses it: a scene in which nothing changed costs no copy and no hash.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from typing import Any, Callable, Optional, Union

from vtkmodules import vtkCommonCore as vtk

from pvw_desktop.protocol.messages.scene import Blob

from ...rendering.blobs import ITEM_BYTES

Bytes = Union[bytes, bytearray, memoryview]

_FORMATS: dict[str, Any] = {
    "float32": "f", "float64": "d", "int8": "b", "uint8": "B", "int16": "h", "uint16": "H", "int32": "i", "uint32": "I",
}  # fmt: skip
_SAME = {"f": "float32", "d": "float64", "b": "int8", "c": "int8", "B": "uint8", "h": "int16", "H": "uint16",
         "i": "int32", "I": "uint32"}  # fmt: skip
_FLOAT32_DIGITS = 1e-5
"""A range narrower than this, beside its distance from zero, needs more digits than a float32 has."""


@dataclasses.dataclass(frozen=True)
class Numbers:
    """An array as the wire has it. `data` may be VTK's own memory: `keep` holds on to it."""

    type: str
    components: int
    data: Bytes
    keep: Any = None

    @property
    def items(self) -> int:
        """Number of items."""
        return len(self.data) // (ITEM_BYTES[self.type] * max(self.components, 1))

    def part(self, first: int, count: int) -> Numbers:
        """`count` items from `first` on."""
        size = ITEM_BYTES[self.type] * self.components
        return dataclasses.replace(self, data=memoryview(self.data)[first * size : (first + count) * size])

    def repeated(self, times: Union[int, list[int]]) -> Numbers:
        """Each item `times` times in a row; a list: the first so often, the second so often …"""
        if times == 1 or not len(self.data):
            return self
        if isinstance(times, list):
            whole, size = bytes(self.data), ITEM_BYTES[self.type] * self.components
            items = (whole[place : place + size] for place in range(0, len(whole), size))
            return Numbers(self.type, self.components, b"".join(item * count for item, count in zip(items, times)))
        source = memoryview(self.data).cast(_FORMATS[self.type])
        result = bytearray(len(self.data) * times)
        target, step = memoryview(result).cast(_FORMATS[self.type]), self.components * times
        for turn in range(times):
            for component in range(self.components):
                target[turn * self.components + component :: step] = source[component :: self.components]
        return Numbers(self.type, self.components, result)


@dataclasses.dataclass
class _Entry:
    sources: Sequence[Any]
    value: Any
    generation: int


@dataclasses.dataclass
class _Stored:
    blob: Blob
    make: Callable[[], Numbers]
    numbers: Optional[Numbers]
    """Until it was sent; made again where it is asked for once more."""


class Arrays:
    """Remembers what was made of VTK's objects. Between `begin` and `end` lies the reading of all scenes."""

    def __init__(self) -> None:
        self._entries: dict[Any, _Entry] = {}
        self._stored: dict[str, _Stored] = {}
        self._generation = 0

    def __len__(self) -> int:
        return len(self._entries)

    def begin(self) -> None:
        """What is not asked for from here on is forgotten by `end`."""
        self._generation += 1

    def end(self) -> None:
        """Forgets what no scene uses any more, and lets go of VTK's memory with it."""
        self._entries = {key: entry for key, entry in self._entries.items() if entry.generation == self._generation}
        used = {entry.value.hash for entry in self._entries.values() if isinstance(entry.value, Blob)}
        self._stored = {name: stored for name, stored in self._stored.items() if name in used}

    def remember(self, what: Any, sources: Sequence[Any], make: Callable[[], Any]) -> Any:
        """`make()`, or what it gave the last time for the same VTK objects in the same state."""
        # The entry holds the objects, so no other can come to have the same id.
        key = what, tuple((id(source), source.GetMTime()) for source in sources)
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = _Entry(sources, make(), self._generation)
        entry.generation = self._generation
        return entry.value

    def blob(self, use: Any, sources: Sequence[Any], make: Callable[[], Numbers], how: Any = None) -> Blob:
        """The blob of what `make` gives for these VTK objects; `how` tells apart what differs besides them."""
        blob: Blob = self.remember((use, how), sources, lambda: self._store(use, make))
        return blob

    def _store(self, use: Any, make: Callable[[], Numbers]) -> Blob:
        numbers = make()
        blob = Blob(hash_of(numbers), numbers.type, numbers.components, numbers.items, use)  # type: ignore[arg-type]
        self._stored[blob.hash] = _Stored(blob, make, numbers)
        return blob

    def payload(self, name: str) -> Bytes:
        """The bytes of a blob of the scenes read last, to send once; KeyError for any other."""
        stored = self._stored[name]
        numbers, stored.numbers = stored.numbers or stored.make(), None
        return numbers.data


def hash_of(numbers: Numbers) -> str:
    """The name of a blob: 32 hexadecimal digits."""
    digest = hashlib.blake2b(f"{numbers.type} {numbers.components} ".encode(), digest_size=16)
    digest.update(numbers.data)
    return digest.hexdigest()


def numbers_of(array: Any, component: Optional[int] = None) -> Numbers:
    """A vtkDataArray as the wire has it: its own memory where the type is one of the wire's, else converted. Doubles
    become float32 where that loses nothing that can be seen. `component`: only that one."""
    if component is not None and array.GetNumberOfComponents() > 1:
        return _cast(array, _wire_type(array), [component])
    kept = _same(array)
    return kept if kept is not None else _cast(array, _wire_type(array), _all(array))


def floats_of(array: Any) -> Numbers:
    """A vtkDataArray as float32, whatever it was."""
    kept = _same(array)
    return kept if kept is not None and kept.type == "float32" else _cast(array, "float32", _all(array))


def ids_of(array: Any, components: int) -> Numbers:
    """A vtkDataArray of ids as uint32."""
    view = _flat(array)
    if view is None:
        return dataclasses.replace(_cast(array, "uint32", [0]), components=components)
    if view.itemsize == 4:
        return Numbers("uint32", components, view.cast("B"), array)
    # The low halves: ids are neither negative nor past 32 bits, there are no meshes of 4 G points.
    return Numbers("uint32", components, view.cast("B").cast("I")[0::2].tobytes())


def _flat(array: Any) -> Optional[memoryview]:
    """The array's memory; None where it has none of its own in one piece, as computed arrays."""
    try:
        view = memoryview(array)
        kind: Any = view.format
        return view.cast("B").cast(kind) if view.nbytes else memoryview(b"").cast(kind)
    except (TypeError, ValueError, BufferError):
        return None


def _same(array: Any) -> Optional[Numbers]:
    view = _flat(array)
    kind = _SAME.get(view.format) if view is not None else None
    if view is None or kind is None or (kind == "float64" and _wire_type(array) != kind):
        return None
    return Numbers(kind, array.GetNumberOfComponents(), view.cast("B"), array)


def _all(array: Any) -> list[int]:
    return list(range(array.GetNumberOfComponents()))


def _wire_type(array: Any) -> str:
    """The type to convert to."""
    if array.GetDataTypeSize() < 8:
        return _small_type(array)
    if array.GetNumberOfTuples() == 0:
        return "float32"
    for component in range(array.GetNumberOfComponents()):
        low, high = array.GetFiniteRange(component)
        largest, smallest = max(abs(low), abs(high)), high - low
        if low > high or largest == 0:
            continue
        if largest > 1e37 or largest < 1e-37 or 0 < smallest < largest * _FLOAT32_DIGITS:
            return "float64"
    whole = array.GetDataType() not in (vtk.VTK_DOUBLE, vtk.VTK_FLOAT)
    return "float64" if whole and max(abs(end) for end in array.GetRange(0)) > 1 << 24 else "float32"


def _small_type(array: Any) -> str:
    view = _flat(array)
    return _SAME.get(view.format, "float32") if view is not None else "float32"


_CLASSES = {
    "float32": vtk.vtkFloatArray, "float64": vtk.vtkDoubleArray, "uint32": vtk.vtkUnsignedIntArray,
    "int32": vtk.vtkIntArray, "uint8": vtk.vtkUnsignedCharArray, "int8": vtk.vtkSignedCharArray,
    "int16": vtk.vtkShortArray, "uint16": vtk.vtkUnsignedShortArray,
}  # fmt: skip


def _cast(array: Any, kind: str, components: list[int]) -> Numbers:
    """VTK's own conversion, component by component: several times faster than DeepCopy."""
    result = _CLASSES[kind]()
    result.SetNumberOfComponents(len(components))
    result.SetNumberOfTuples(array.GetNumberOfTuples())
    for target, source in enumerate(components):
        result.CopyComponent(target, array, source)
    view = _flat(result)
    return Numbers(kind, len(components), view.cast("B") if view is not None else b"", result)
