"""Scalar bars: whether they are shown, and what is written at them. ParaView draws them; what it writes by itself is
put right here.

Only what nobody chose is changed: a title or a format that came with a state file stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Optional

from paraview import servermanager as sm

from pvw_desktop.protocol.errors import BadRequest

from ...digits import digits_of_ends, digits_within
from ..core.texts import text_of
from ..properties.access import Proxy, get_elements, set_elements
from .arrays import ASSOCIATION_NUMBERS, all_names, array_of
from .fonts import Fonts
from .scalar_coloring import call, used_by, view_of
from .transfer_functions import TransferFunctions, component_of, range_of, set_component

_PARAVIEWS_OWN = {"%-#6.1e", "{:<#6.1e}", "%-#6.3g", "{:<#6.3g}"}
"""ParaView's default formats of ends and labels, before and after it went from printf's to std::format's way."""
_OURS = re.compile(r"(%\.\d+g|\{:\.\d+g\})")
_AUTOMATIC_DIGITS = 6
"""ParaView's automatic format of the labels has this many."""
_ARIAL, _FILE = 0, 4


class ScalarBars:
    """The scalar bars of the session's maps."""

    def __init__(self, maps: TransferFunctions):
        self._maps = maps
        self._manager = sm.vtkSMTransferFunctionManager()
        self._fonts = Fonts()
        self._chosen_files: set[str] = set()
        self._told: set[str] = set()
        self.undrawable: list[str] = []
        """Titles that no font here can draw; whoever tells somebody takes them out."""

    def show(self, representation: Proxy, visible: bool) -> None:
        """Shows or hides the scalar bar of what the representation is coloured by."""
        if used_by(representation) is None:
            raise BadRequest("A solid color has no scalar bar.")
        call("SetScalarBarVisibility", representation, view_of(representation), visible)
        used = used_by(representation)
        if visible and used is not None:
            _make_readable(self._manager.GetScalarBarRepresentation(used[2], view_of(representation)))

    def visible(self, representation: Proxy) -> bool:
        """Whether its scalar bar is shown."""
        return bool(call("IsScalarBarVisible", representation, view_of(representation)))

    def hide_if_unused(self, representation: Proxy) -> None:
        """Takes the bar away where nothing visible is coloured by that map any more."""
        if used_by(representation) is not None:
            call("HideScalarBarIfNotNeeded", representation, view_of(representation))

    def hide_unless_needed(self, lut: Proxy, representation: Proxy) -> None:
        """The same for a map that the representation was coloured by."""
        self._manager.HideScalarBarIfNotNeeded(lut, view_of(representation))

    def dress(self, view: Proxy, shown: Iterable[tuple[Proxy, Any]]) -> None:
        """Puts right what the scalar bars of a view say, for what is visible in it and known of its data. Arrays of
        one name share a map and its bar: it speaks of the one with the most components."""
        found: dict[str, tuple[Proxy, str, Any]] = {}
        names: set[str] = set()
        for representation, info in shown:
            used = used_by(representation)
            if used is None:
                continue
            names |= all_names(info)
            array = array_of(info, used[0], ASSOCIATION_NUMBERS[used[1]])
            if array is None:
                continue
            key = str(used[2].GetGlobalIDAsString())
            if key not in found or found[key][2].GetNumberOfComponents() < array.GetNumberOfComponents():
                found[key] = used[2], used[0], array
        for lut, name, array in found.values():
            if component_of(lut) >= array.GetNumberOfComponents():  # it had more before its filter was set otherwise
                set_component(lut, -1, 2)
            self._dress(lut, view, name, array, component_of(lut), names | {self._maps.name_of(lut)})

    def _dress(self, lut: Proxy, view: Proxy, array: str, info: Any, component: int, names: set[str]) -> None:
        """Puts right what the bar of a map says of the array it is used for. `component`: -1 is the magnitude; `names`:
        titles that nobody chose, since ParaView made them of arrays."""
        bar = sm.vtkSMTransferFunctionProxy.FindScalarBarRepresentation(lut, view)
        if bar is None:
            return
        _make_readable(bar)
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


def _make_readable(bar: Proxy) -> None:
    """ParaView aborts when it draws bytes that are no UTF-8, and takes the array's name for the title as it is."""
    for name in ("Title", "ComponentTitle"):
        native = bar.GetProperty(name).GetElement(0)
        if isinstance(native, bytes):
            set_elements(bar, name, [text_of(native)])
    bar.UpdateVTKObjects()


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
