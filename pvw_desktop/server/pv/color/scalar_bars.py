"""Scalar bars: what is written at them. ParaView draws them; what it writes by itself is put right here.

Only what nobody chose is changed: a title or a format that came with a state file stays.
"""

from __future__ import annotations

import re
from typing import Any, Optional

from paraview import servermanager as sm

from ...digits import digits_of_ends, digits_within
from ..core.texts import text_of
from ..properties.access import Proxy, get_elements, set_elements
from .fonts import Fonts

_PARAVIEWS_OWN = {"%-#6.1e", "{:<#6.1e}", "%-#6.3g", "{:<#6.3g}"}
"""ParaView's default formats of ends and labels, before and after it went from printf's to std::format's way."""
_OURS = re.compile(r"(%\.\d+g|\{:\.\d+g\})")
_AUTOMATIC_DIGITS = 6
"""ParaView's automatic format of the labels has this many."""
_ARIAL, _FILE = 0, 4


class Bars:
    """Writes titles and numbers at scalar bars."""

    def __init__(self) -> None:
        self._fonts = Fonts()
        self._chosen_files: set[str] = set()
        self._told: set[str] = set()
        self.undrawable: list[str] = []
        """Titles that no font here can draw; whoever tells somebody takes them out."""

    def dress(self, lut: Proxy, view: Proxy, array: str, info: Any, component: int, names: set[str]) -> None:
        """Puts right what the bar of a map says of the array it is used for. `component`: -1 is the magnitude; `names`:
        titles that nobody chose, since ParaView made them of arrays."""
        bar = sm.vtkSMTransferFunctionProxy.FindScalarBarRepresentation(lut, view)
        if bar is None:
            return
        make_readable(bar)
        changed = self._write_title(bar, array, info, component, names)
        if _write_numbers(bar, *range_of(lut)) or changed:
            bar.UpdateVTKObjects()

    def _write_title(self, bar: Proxy, array: str, info: Any, component: int, names: set[str]) -> bool:
        several = info.GetNumberOfComponents() > 1
        wanted = text_of(info.GetComponentName(component)) if several else ""
        possible = {""} | {text_of(info.GetComponentName(index)) for index in range(-1, info.GetNumberOfComponents())}
        possible |= {"Magnitude", "X", "Y", "Z"}
        title, part = str(get_elements(bar, "Title")[0] or ""), str(get_elements(bar, "ComponentTitle")[0] or "")
        changed = False
        if title in names or title == "":
            changed |= _put(bar, "Title", title := array)
        if part in possible:
            changed |= _put(bar, "ComponentTitle", part := wanted)
        return self._choose_font(bar, f"{title} {part}".strip()) or changed

    def _choose_font(self, bar: Proxy, text: str) -> bool:
        family = bar.GetProperty("TitleFontFamily")
        if family is None or bar.GetProperty("TitleFontFile") is None:
            return False
        file = str(get_elements(bar, "TitleFontFile")[0] or "")
        ours = int(family.GetElement(0)) == _FILE and file in self._chosen_files
        if int(family.GetElement(0)) == _FILE and not ours:
            return False
        found: Optional[str] = None
        if self._fonts.missing(text):
            found = self._fonts.file_for(text)
            if found is None and text not in self._told:
                self._told.add(text)
                self.undrawable.append(text)
        if found is None:
            return _put(bar, "TitleFontFamily", _ARIAL) if ours else False
        self._chosen_files.add(found)
        changed = _put(bar, "TitleFontFile", found)
        return _put(bar, "TitleFontFamily", _FILE) or changed


def make_readable(bar: Proxy) -> None:
    """ParaView aborts when it draws bytes that are no UTF-8, and takes the array's name for the title as it is."""
    for name in ("Title", "ComponentTitle"):
        native = bar.GetProperty(name).GetElement(0)
        if isinstance(native, bytes):
            set_elements(bar, name, [text_of(native)])
    bar.UpdateVTKObjects()


def range_of(lut: Proxy) -> tuple[float, float]:
    """The ends of a map."""
    points = get_elements(lut, "RGBPoints")
    return (float(points[0]), float(points[-4])) if len(points) >= 8 else (0.0, 1.0)


def _write_numbers(bar: Proxy, low: float, high: float) -> bool:
    """220 and 101332.5 instead of ParaView's 2.2e+02 and 1.0e+05 at the ends, and labels that differ."""
    changed = _write_format(bar, "RangeLabelFormat", digits_of_ends(low, high))
    digits = digits_within(low, high)
    automatic = bar.GetProperty("AutomaticLabelFormat")
    if automatic is None:
        return changed
    if int(automatic.GetElement(0)):
        if digits <= _AUTOMATIC_DIGITS:
            return changed
        return _write_format(bar, "LabelFormat", digits) and _put(bar, "AutomaticLabelFormat", 0) or changed
    if not _OURS.fullmatch(str(get_elements(bar, "LabelFormat")[0])):
        return changed
    if digits <= _AUTOMATIC_DIGITS:
        return _put(bar, "AutomaticLabelFormat", 1) or changed
    return _write_format(bar, "LabelFormat", digits) or changed


def _write_format(bar: Proxy, name: str, digits: int) -> bool:
    now = str(get_elements(bar, name)[0])
    if now not in _PARAVIEWS_OWN and not _OURS.fullmatch(now):
        return False
    return _put(bar, name, f"%.{digits}g" if now.startswith("%") else f"{{:.{digits}g}}")


def _put(proxy: Proxy, name: str, value: Any) -> bool:
    """Whether it was another value before."""
    if get_elements(proxy, name)[0] == value:
        return False
    set_elements(proxy, name, [value])
    return True
