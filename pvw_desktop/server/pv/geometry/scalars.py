"""What a mapper colours by: the scalars and the colour table, apart from each other. Knows no props.

A change of the table alone leaves the scalars' blob as it is. Where VTK itself maps before it interpolates, or the
table is one of single values, the scalars are colours already (`direct`).
"""

from __future__ import annotations

import dataclasses
import math
from typing import Any, Callable, Optional, Union

from vtkmodules.vtkCommonCore import reference, vtkDoubleArray
from vtkmodules.vtkRenderingCore import vtkAbstractMapper

from pvw_desktop.protocol.messages.scene import Blob, ColorTable, Rgb

from ..core.texts import text_of
from .arrays import Arrays, Numbers, numbers_of

MOST_SAMPLES, USUAL_SAMPLES = 1024, 256
_DEFAULT, _MAP, _DIRECT = 0, 1, 2
_MAGNITUDE, _COMPONENT, _RGB_COLORS = 0, 1, 2
_RGB, _RGBA = 3, 4
_POINTS, _CELLS, _FIELD = 0, 1, 2


@dataclasses.dataclass(frozen=True)
class Pick:
    """Of cells' scalars: `count` items from `first` on, each as often as its cell became pieces."""

    kind: str
    """What the cells became: triangles, lines …"""
    cells: Any
    """The vtkCellArray."""
    first: int
    count: int
    pieces: Callable[[], Union[int, list[int]]]


@dataclasses.dataclass(frozen=True)
class Scalars:
    """Scalars of a mapper's input. `array` is the vtkAbstractArray."""

    array: Any
    association: str
    name: str
    direct: bool
    component: Optional[int]
    """The one component that is sent; None: all."""
    lut: Any
    mode: int

    def blob(self, arrays: Arrays, array: Any, pick: Optional[Pick] = None) -> Blob:
        """The blob of `array`, or of what `pick` takes of it."""

        def make() -> Numbers:
            numbers = self._mapped(array) if self.direct else numbers_of(array, self.component)
            if pick is None:
                return numbers
            part = numbers if pick.count == numbers.items else numbers.part(pick.first, pick.count)
            return part.repeated(pick.pieces())

        sources = [array, *([self.lut] if self.direct else []), *([pick.cells] if pick is not None else [])]
        place = (pick.kind, pick.first, pick.count) if pick is not None else None
        return arrays.blob("scalars", sources, make, (self.component, self.direct, self.mode, place))

    def _mapped(self, array: Any) -> Numbers:
        opaque = bool(self.lut.IsOpaque(array, self.mode, -1)) if self.mode == _DIRECT else bool(self.lut.IsOpaque())
        return numbers_of(self.lut.MapScalars(array, self.mode, -1, _RGB if opaque else _RGBA))


@dataclasses.dataclass(frozen=True)
class Coloring:
    """Colours of one input: scalars with their table, or one colour (`solid`), or neither: the property's colour."""

    scalars: Optional[Scalars] = None
    table: Optional[ColorTable] = None
    solid: Optional[Rgb] = None


def coloring_of(arrays: Arrays, mapper: Any, data: Any) -> Coloring:
    """How a vtkMapper colours a vtkDataSet."""
    if not mapper.GetScalarVisibility():
        return Coloring()
    lut = mapper.GetLookupTable()
    flag = reference(0)
    array = vtkAbstractMapper.GetAbstractScalars(
        data, mapper.GetScalarMode(), mapper.GetArrayAccessMode(), mapper.GetArrayId(), mapper.GetArrayName(), flag
    )
    if array is None or array.GetNumberOfTuples() == 0:
        missing = getattr(mapper, "GetColorMissingArraysWithNanColor", None)
        return Coloring(solid=_rgb(lut.GetNanColor())) if missing is not None and missing() else Coloring()
    where, mode = int(flag), mapper.GetColorMode()
    if where == _FIELD:
        return Coloring(solid=_field_color(lut, array, mode, mapper.GetFieldDataTupleId()))
    numeric = array.IsA("vtkDataArray")
    bytes_alone = numeric and array.GetDataTypeAsString() == "unsigned char"
    direct = (
        mode == _DIRECT
        or (mode == _DEFAULT and bytes_alone)
        or not numeric
        or bool(lut.GetIndexedLookup())
        or lut.GetVectorMode() == _RGB_COLORS
        or (where == _POINTS and not mapper.GetInterpolateScalarsBeforeMapping())
    )
    if not mapper.GetUseLookupTableScalarRange():
        lut.SetRange(mapper.GetScalarRange())
    several = array.GetNumberOfComponents() > 1
    component = lut.GetVectorComponent() if several and lut.GetVectorMode() == _COMPONENT else None
    scalars = Scalars(
        array, "CELLS" if where == _CELLS else "POINTS", text_of(array.GetName()), direct, component, lut, mode
    )
    if direct:
        return Coloring(scalars)
    return Coloring(scalars, table_of(arrays, lut, -1 if several and component is None else 0))


def table_of(arrays: Arrays, lut: Any, component: int) -> ColorTable:
    """The table of a vtkScalarsToColors over its range."""
    table: ColorTable = arrays.remember(("table", component), [lut], lambda: _sampled(lut, component))
    return table


def _sampled(lut: Any, component: int) -> ColorTable:
    low, high = (float(end) for end in lut.GetRange())
    log = bool(lut.UsingLogScale()) and low > 0 and high > 0
    samples = band_middles(low, high, log, _bands(lut))
    rgba = bytes(numbers_of(lut.MapScalars(samples, _MAP, -1, _RGBA)).data)
    colors = bytearray(len(rgba) // 4 * 3)
    for channel in range(3):
        colors[channel::3] = rgba[channel::4]
    alpha = rgba[3::4]
    return ColorTable(
        colors=list(colors),
        range=(low, high),
        log=log,
        nan_color=_rgb(lut.GetNanColor()),
        below=_end_color(lut, "Below"),
        above=_end_color(lut, "Above"),
        component=component,
        opacity=None if alpha.count(255) == len(alpha) else [round(part / 255, 4) for part in alpha],
    )


def _bands(lut: Any) -> int:
    if lut.IsA("vtkLookupTable"):
        return min(max(int(lut.GetNumberOfTableValues()), 1), MOST_SAMPLES)
    if hasattr(lut, "GetDiscretize") and lut.GetDiscretize():
        return min(max(int(lut.GetNumberOfValues()), 1), MOST_SAMPLES)
    return USUAL_SAMPLES


def band_middles(low: float, high: float, log: bool, bands: int) -> Any:
    """The middle of each of `bands` equal parts of a range, as a vtkDoubleArray."""
    if log:
        low, high = math.log10(low), math.log10(high)
    middles = vtkDoubleArray()
    middles.SetNumberOfValues(bands)
    for index in range(bands):
        value = low + (high - low) * (index + 0.5) / bands
        middles.SetValue(index, 10**value if log else value)
    return middles


def _end_color(lut: Any, end: str) -> Optional[Rgb]:
    used = getattr(lut, f"GetUse{end}RangeColor", None)
    return _rgb(getattr(lut, f"Get{end}RangeColor")()) if used is not None and used() else None


def _field_color(lut: Any, array: Any, mode: int, item: int) -> Optional[Rgb]:
    """The one colour that a value of the field data gives to everything."""
    colors = numbers_of(lut.MapScalars(array, mode, -1, _RGB)).data
    item = max(item, 0)
    found = bytes(colors[3 * item : 3 * item + 3])
    return (found[0] / 255, found[1] / 255, found[2] / 255) if len(found) == 3 else None


def _rgb(color: Any) -> Rgb:
    return (float(color[0]), float(color[1]), float(color[2]))
