"""Colour maps (transfer functions), scalar bars and presets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Optional

from paraview import servermanager as sm

from pvw_desktop.protocol.errors import BadRequest, Failed, NotFound
from pvw_desktop.protocol.messages.color import ColorMap

from ..core.associations import NUMBERS
from ..core.engine import Engine
from ..core.owned import in_group
from ..core.texts import Native, native_of, text_of
from ..pipeline.information import is_text
from ..properties.access import Proxy, get_elements, set_elements
from .presets import alike, beginnings, colors_of, hex_color, presets, sample
from .scalar_bars import Bars, make_readable, range_of

ASSOCIATION_NUMBERS = {name: NUMBERS[name] for name in ("POINTS", "CELLS", "FIELD")}
_ASSOCIATIONS = {number: name for name, number in ASSOCIATION_NUMBERS.items()}
_TABLES = ".PVLookupTable"
_BOOKKEEPING = frozenset(
    ("normals", "texture coordinates", "objectid", "object_id", "ids", "globalnodeid", "globalelementid",
     "pedigreenodeid", "pedigreeelementid")
)  # fmt: skip


class Colors:
    """The colour maps of the session."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._manager = sm.vtkSMTransferFunctionManager()
        self._chosen: dict[str, Optional[str]] = {}
        self._cut: dict[str, tuple[tuple[float, float], tuple[float, float]]] = {}
        """By map: a range that was cut for the logarithm, and the whole of it."""
        self.bars = Bars()
        # ParaView 6 moved the calls below from the representation to a helper; both take the same arguments after it.
        helper = getattr(sm, "vtkSMColorMapEditorHelper", None)
        self._helper = helper() if helper is not None else None

    def _call(self, name: str, representation: Proxy, *arguments: Any) -> Any:
        own = getattr(representation, name, None)
        if own is not None:
            return own(*arguments)
        helper = getattr(self._helper, name, None)
        return helper(representation, *arguments) if helper is not None else None

    # --- what a representation is coloured by

    def used_by(self, representation: Proxy) -> Optional[tuple[str, str, Proxy]]:
        """Array, association and lookup table; None for solid colour."""
        prop, table = representation.GetProperty("ColorArrayName"), representation.GetProperty("LookupTable")
        if prop is None or table is None or not self._call("GetUsingScalarColoring", representation):
            return None
        lut = table.GetProxy(0) if table.GetNumberOfProxies() else None
        if lut is None:
            return None
        name = text_of(prop.GetElement(4))
        return name, _ASSOCIATIONS.get(int(prop.GetElement(3) or 0), "POINTS"), lut

    @staticmethod
    def first_array(info: Any) -> tuple[str, str]:
        """The array new data is coloured by: the first scalar, points before cells; empty where there is none."""
        for wanted in (lambda size: size == 1, lambda size: size <= 3):
            for association, number in (("POINTS", 0), ("CELLS", 1)):
                attributes = info.GetAttributeInformation(number)
                for index in range(attributes.GetNumberOfArrays()):
                    array = attributes.GetArrayInformation(index)
                    name = text_of(array.GetName())
                    if wanted(array.GetNumberOfComponents()) and _telling(name) and not is_text(array):
                        return name, association
        return "", "POINTS"

    def color_by(
        self, representation: Proxy, info: Any, array: Optional[str], association: str, component: int
    ) -> None:
        """Colours by an array of the data that `info` describes, or solid; a map never used is fitted to the data."""
        before = self.used_by(representation)
        bar_wanted = before is None or self.bar_visible(representation)
        if array is None:
            self._call("SetScalarColoring", representation, None, 0)
        else:
            number = ASSOCIATION_NUMBERS[association]
            native = native_of(array, _own_names(info, number))
            found = _array(info, array, number)
            if found is None:
                raise NotFound(f"There is no {association.lower()} array '{array[:80]}' here any more.")
            if is_text(found):
                raise BadRequest(f"{array} holds text: there is nothing to color by.")
            if component >= found.GetNumberOfComponents():
                raise BadRequest(f"{array} has {found.GetNumberOfComponents()} components.")
            with self.by_magnitude():
                self._call("SetScalarColoring", representation, native, number)
            used = self.give_own_map(representation)
            if used is None:
                raise Failed(f"This display cannot be coloured by {array}.")
            self._set_component(used[2], component, found.GetNumberOfComponents())
            self._call("RescaleTransferFunctionToDataRange", representation, False, False)
        representation.UpdateVTKObjects()
        if before is not None:
            self._manager.HideScalarBarIfNotNeeded(before[2], view_of(representation))
        if array is not None and bar_wanted:
            self.show_bar(representation, True)

    @contextmanager
    def by_magnitude(self) -> Iterator[None]:
        """ParaView, where it finds a map for an array by the name or brings a scalar bar up to date, asks the array for
        the map's component, and ends where the array has not so many: inside the `with` no map says that it is by
        component. VTK's own object is not told, so that nothing is coloured anew for that."""
        by_component = [(lut, self.component(lut)) for _, lut in self.tables() if self.component(lut) >= 0]
        for lut, _ in by_component:
            set_elements(lut, "VectorMode", [0])
            set_elements(lut, "VectorComponent", [0])
        try:
            yield
        finally:
            for lut, component in by_component:
                self._set_component(lut, component, 2)

    def give_own_map(self, representation: Proxy) -> Optional[tuple[str, str, Proxy]]:
        """What it is coloured by, with a map of that array's own.

        ParaView finds a map by the ASCII letters and digits of the name, so that all Greek arrays would share one, with
        the range and the title of the first; and arrays of one name with 1 and 3 components would, so that what one is
        coloured by is a component that the other has not (ParaView 6 ends with that).
        """
        used = self.used_by(representation)
        if used is None:
            return None
        own, pxm = self._own_name(representation, used), self._engine.pxm
        if own is None:
            return used
        new = pxm.GetProxy("lookup_tables", own + _TABLES) is None
        lut = self._manager.GetColorTransferFunction(own, pxm)
        opacity = representation.GetProperty("ScalarOpacityFunction")
        for prop, proxy in (
            (representation.GetProperty("LookupTable"), lut),
            (opacity, self._manager.GetOpacityTransferFunction(own, pxm) if opacity is not None else None),
        ):
            if prop is not None:
                prop.SetProxy(0, proxy)
        representation.UpdateVTKObjects()
        if new:
            self._call("RescaleTransferFunctionToDataRange", representation, False, False)
        return used[0], used[1], lut

    def _own_name(self, representation: Proxy, used: tuple[str, str, Proxy]) -> Optional[str]:
        """Of the map that it should have instead of the one that ParaView found; None where that one is right."""
        if not used[0].isascii():
            return "".join(mark if mark.isascii() and mark.isalnum() else f"_{ord(mark):x}" for mark in used[0])
        own = f"{used[0]}_{_components(representation, used)}_components"
        has_one = self._engine.pxm.GetProxy("lookup_tables", own + _TABLES) is not None
        return own if has_one or self._is_of_other_size(representation, used) else None

    def _is_of_other_size(self, representation: Proxy, used: tuple[str, str, Proxy]) -> bool:
        """Whether its map serves an array with another number of components already."""
        size, map_id = _components(representation, used), used[2].GetGlobalID()
        for _, other in in_group(self._engine.pxm, "representations"):
            found = self.used_by(other) if other.GetGlobalID() != representation.GetGlobalID() else None
            if found is not None and found[2].GetGlobalID() == map_id and _components(other, found) not in (0, size):
                return True
        return False

    @staticmethod
    def _set_component(lut: Proxy, component: int, size: int) -> None:
        if size > 1:
            set_elements(lut, "VectorMode", [0 if component < 0 else 1])
            set_elements(lut, "VectorComponent", [max(component, 0)])
        lut.UpdateVTKObjects()

    @staticmethod
    def component(lut: Proxy) -> int:
        """The component in use; -1 for the magnitude."""
        by_component = int(get_elements(lut, "VectorMode")[0]) == 1
        return int(get_elements(lut, "VectorComponent")[0]) if by_component else -1

    # --- maps

    def name_of(self, lut: Proxy) -> str:
        """The array's name that the map belongs to."""
        registered = text_of(self._engine.pxm.GetProxyName("lookup_tables", lut))
        return registered[: -len(_TABLES)] if registered.endswith(_TABLES) else registered

    def tables(self) -> list[tuple[str, Proxy]]:
        """All maps of the session."""
        return [(self.name_of(lut), lut) for _, lut in in_group(self._engine.pxm, "lookup_tables")]

    def table(self, name: str) -> Proxy:
        """The map of an array; NotFound where nothing is coloured by it."""
        for found, lut in self.tables():
            if found == name:
                return lut
        raise NotFound(f"Nothing is coloured by '{name[:80]}'.")

    def state(self, name: str, lut: Proxy) -> ColorMap:
        """The topic `color/<map>`."""
        points = get_elements(lut, "RGBPoints")
        low, high = range_of(lut)
        return ColorMap(
            map=name,
            range=(low, high),
            log=bool(get_elements(lut, "UseLogScale")[0]),
            preset=self._preset_of(name, points),
            colors=sample(lut.GetClientSideObject(), low, high, bool(get_elements(lut, "UseLogScale")[0])),
            nan_color=hex_color(get_elements(lut, "NanColor")),
            title=name,
        )

    def _preset_of(self, name: str, points: list[float]) -> Optional[str]:
        """The preset chosen last, or the one that ParaView began with."""
        if name not in self._chosen:
            colors = colors_of(points)
            self._chosen[name] = next((preset for preset, found in beginnings().items() if alike(found, colors)), None)
        return self._chosen[name]

    def rescale(self, representation: Proxy, mode: str, custom: Optional[tuple[float, float]]) -> None:
        """Fits the map of what the representation is coloured by."""
        used = self.used_by(representation)
        if used is None:
            raise BadRequest("Choose an array to colour by first: a solid color has no range.")
        if mode == "custom":
            if custom is None or not custom[0] < custom[1]:
                raise BadRequest("A custom range needs a low end that is below its high end.")
            self._set_range(used[2], *custom)
            return
        name, log = self.name_of(used[2]), bool(get_elements(used[2], "UseLogScale")[0])
        if log:
            self._linear(used[2])
        if mode == "time":
            self._call("RescaleTransferFunctionToDataRangeOverTime", representation)
        elif mode == "visible":
            self._call("RescaleTransferFunctionToVisibleRange", representation, view_of(representation))
        else:
            self._call("RescaleTransferFunctionToDataRange", representation, False, True)
        if log:
            full = range_of(used[2])
            self._logarithmic(used[2])
            self._cut[name] = range_of(used[2]), full
        used[2].UpdateVTKObjects()

    @staticmethod
    def _logarithmic(lut: Proxy) -> None:
        """ParaView cuts a range that is not above zero."""
        sm.vtkSMTransferFunctionProxy.MapControlPointsToLogSpace(lut, False)
        set_elements(lut, "UseLogScale", [1])

    @staticmethod
    def _linear(lut: Proxy) -> None:
        set_elements(lut, "UseLogScale", [0])
        sm.vtkSMTransferFunctionProxy.MapControlPointsToLinearSpace(lut)

    def _set_range(self, lut: Proxy, low: float, high: float) -> None:
        if get_elements(lut, "UseLogScale")[0] and low <= 0:
            raise BadRequest("A logarithmic range must be above zero.")
        sm.vtkSMTransferFunctionProxy.RescaleTransferFunction(lut, low, high, False)
        opacity = lut.GetProperty("ScalarOpacityFunction")
        if opacity is not None and opacity.GetNumberOfProxies() and opacity.GetProxy(0) is not None:
            sm.vtkSMTransferFunctionProxy.RescaleTransferFunction(opacity.GetProxy(0), low, high, False)

    def set_log(self, name: str, log: bool) -> None:
        """Linear or logarithmic; BadRequest where the range holds zero or less."""
        lut = self.table(name)
        state = self.state(name, lut)
        if log and state.range[0] <= 0:
            raise BadRequest(
                f"A logarithmic scale needs a range above zero, and {name} begins at {state.range[0]:g}.",
                "Set a custom range that begins above zero first.",
            )
        if log == state.log:
            return
        if log:
            self._logarithmic(lut)
        else:
            self._linear(lut)
            cut, full = self._cut.pop(name, (None, None))
            if full is not None and cut == state.range:
                self._set_range(lut, *full)
        lut.UpdateVTKObjects()

    def apply_preset(self, name: str, preset: str, invert: bool) -> None:
        """Gives a map the colours of a preset, within its own range."""
        lut = self.table(name)
        if preset not in {item.name for item in presets()}:
            raise NotFound(f"This ParaView has no preset '{preset[:80]}'.")
        sm.vtkSMTransferFunctionProxy.ApplyPreset(lut, preset, True)
        if invert:
            sm.vtkSMTransferFunctionProxy.InvertTransferFunction(lut)
        lut.UpdateVTKObjects()
        self._chosen[name] = preset

    def memory(self) -> Any:
        """What is remembered beside the proxies, for `remember`."""
        return dict(self._chosen), dict(self._cut)

    def remember(self, memory: Any) -> None:
        """Has forgotten what came since `memory` was taken."""
        self._chosen, self._cut = dict(memory[0]), dict(memory[1])

    def forget_all(self) -> None:
        """Drops every map, so that new data starts with a range of its own."""
        for group in ("scalar_bars", "lookup_tables", "piecewise_functions"):
            for _, proxy in in_group(self._engine.pxm, group):
                self._engine.controller.UnRegisterProxy(proxy)
        self._chosen.clear()
        self._cut.clear()

    # --- scalar bars

    def show_bar(self, representation: Proxy, visible: bool) -> None:
        """Shows or hides the scalar bar of what the representation is coloured by."""
        if self.used_by(representation) is None:
            raise BadRequest("A solid color has no scalar bar.")
        self._call("SetScalarBarVisibility", representation, view_of(representation), visible)
        used = self.used_by(representation)
        if visible and used is not None:
            make_readable(self._manager.GetScalarBarRepresentation(used[2], view_of(representation)))

    def dress_bars(self, view: Proxy, shown: Iterable[tuple[Proxy, Any]]) -> None:
        """Puts right what the scalar bars of a view say, for what is visible in it and known of its data. Arrays of
        one name share a map and its bar: it speaks of the one with the most components."""
        found: dict[str, tuple[Proxy, str, Any]] = {}
        names: set[str] = set()
        for representation, info in shown:
            used = self.used_by(representation)
            if used is None:
                continue
            names |= _names(info)
            array = _array(info, used[0], ASSOCIATION_NUMBERS[used[1]])
            if array is None:
                continue
            key = str(used[2].GetGlobalIDAsString())
            if key not in found or found[key][2].GetNumberOfComponents() < array.GetNumberOfComponents():
                found[key] = used[2], used[0], array
        for lut, name, array in found.values():
            if self.component(lut) >= array.GetNumberOfComponents():  # it had more before its filter was set otherwise
                self._set_component(lut, -1, 2)
            self.bars.dress(lut, view, name, array, self.component(lut), names | {self.name_of(lut)})

    def bar_visible(self, representation: Proxy) -> bool:
        """Whether its scalar bar is shown."""
        return bool(self._call("IsScalarBarVisible", representation, view_of(representation)))

    def hide_bar_if_unused(self, representation: Proxy) -> None:
        """Takes the bar away where nothing visible is coloured by that map any more."""
        if self.used_by(representation) is not None:
            self._call("HideScalarBarIfNotNeeded", representation, view_of(representation))


def view_of(representation: Proxy) -> Proxy:
    """The view that a representation is shown in."""
    return sm.vtkSMViewProxy.FindView(representation, "views")


def _components(representation: Proxy, used: tuple[str, str, Proxy]) -> int:
    """Of the array that it is coloured by; 0 where its data has none of that name."""
    given = representation.GetProperty("Input")
    node = given.GetProxy(0) if given is not None and given.GetNumberOfProxies() else None
    if node is None:
        return 0
    info = node.GetDataInformation(given.GetOutputPortForConnection(0))
    array = _array(info, used[0], ASSOCIATION_NUMBERS[used[1]])
    return int(array.GetNumberOfComponents()) if array is not None else 0


def _telling(name: str) -> bool:
    """Not an id, a normal or a bookkeeping array: those are no first look at a result."""
    plain = name.lower()
    return bool(name) and not name.startswith("vtk") and plain not in _BOOKKEEPING


def _array(info: Any, name: str, association: int) -> Any:
    """What is known of an array; None where there is none of that name."""
    return info.GetArrayInformation(native_of(name, _own_names(info, association)), association)


def _own_names(info: Any, association: int) -> list[Native]:
    """The names of the arrays of one association, as ParaView has them."""
    group = info.GetAttributeInformation(association)
    return [group.GetArrayInformation(index).GetName() for index in range(group.GetNumberOfArrays())] if group else []


def _names(info: Any) -> set[str]:
    """Of all arrays that something can be coloured by."""
    return {text_of(name) for number in _ASSOCIATIONS for name in _own_names(info, number)}
