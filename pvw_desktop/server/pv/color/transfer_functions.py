"""Colour maps (transfer functions) as the session has them, by the name of the array that each belongs to: their
ranges, presets and scales."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Optional

from paraview import servermanager as sm

from pvw_desktop.protocol.errors import BadRequest, NotFound
from pvw_desktop.protocol.messages.color import ColorMap

from ..core.engine import Engine
from ..core.owned import in_group
from ..core.texts import text_of
from ..properties.access import Proxy, get_elements, set_elements
from .presets import alike, beginnings, colors_of, hex_color, presets, sample
from .scalar_coloring import call, used_by, view_of

_TABLES = ".PVLookupTable"


class TransferFunctions:
    """The colour maps of the session."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._manager = sm.vtkSMTransferFunctionManager()
        self._chosen: dict[str, Optional[str]] = {}
        self._cut: dict[str, tuple[tuple[float, float], tuple[float, float]]] = {}
        """By map: a range that was cut for the logarithm, and the whole of it."""

    # --- which

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

    def has(self, name: str) -> bool:
        """Whether there is a map of that name."""
        return self._engine.pxm.GetProxy("lookup_tables", name + _TABLES) is not None

    def map_for(self, name: str) -> Proxy:
        """The map of that name; a new one where there was none."""
        return self._manager.GetColorTransferFunction(name, self._engine.pxm)

    def opacity_for(self, name: str) -> Proxy:
        """The opacities beside the map of that name; new ones where there were none."""
        return self._manager.GetOpacityTransferFunction(name, self._engine.pxm)

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

    @contextmanager
    def by_magnitude(self) -> Iterator[None]:
        """ParaView, where it finds a map for an array by the name or brings a scalar bar up to date, asks the array for
        the map's component, and ends where the array has not so many: inside the `with` no map says that it is by
        component. VTK's own object is not told, so that nothing is coloured anew for that."""
        by_component = [(lut, component_of(lut)) for _, lut in self.tables() if component_of(lut) >= 0]
        for lut, _ in by_component:
            set_elements(lut, "VectorMode", [0])
            set_elements(lut, "VectorComponent", [0])
        try:
            yield
        finally:
            for lut, component in by_component:
                set_component(lut, component, 2)

    # --- how each is

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
        used = used_by(representation)
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
            call("RescaleTransferFunctionToDataRangeOverTime", representation)
        elif mode == "visible":
            call("RescaleTransferFunctionToVisibleRange", representation, view_of(representation))
        else:
            call("RescaleTransferFunctionToDataRange", representation, False, True)
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


def range_of(lut: Proxy) -> tuple[float, float]:
    """The ends of a map."""
    points = get_elements(lut, "RGBPoints")
    return (float(points[0]), float(points[-4])) if len(points) >= 8 else (0.0, 1.0)


def component_of(lut: Proxy) -> int:
    """The component in use; -1 for the magnitude."""
    by_component = int(get_elements(lut, "VectorMode")[0]) == 1
    return int(get_elements(lut, "VectorComponent")[0]) if by_component else -1


def set_component(lut: Proxy, component: int, size: int) -> None:
    """Uses a component, or the magnitude (-1), of an array that has `size` of them."""
    if size > 1:
        set_elements(lut, "VectorMode", [0 if component < 0 else 1])
        set_elements(lut, "VectorComponent", [max(component, 0)])
    lut.UpdateVTKObjects()
