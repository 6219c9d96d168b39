"""Representations: what is shown, and how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Optional

from pvw_desktop.protocol.errors import BadRequest, NotFound
from pvw_desktop.protocol.messages.display import Coloring, Display

from ..color.arrays import ASSOCIATION_NUMBERS, array_of, first_array
from ..color.color_by import Colors
from ..color.scalar_coloring import used_by
from ..color.transfer_functions import component_of
from ..core.bounds import union
from ..core.engine import Engine
from ..pipeline.information import arrays, is_text
from ..properties.access import Proxy, domain_of, get_elements, hint_elements, set_elements

PLAIN = {"opacity": "Opacity", "point_size": "PointSize", "line_width": "LineWidth"}
Nodes = list[tuple[str, Proxy]]
"""As `Engine.nodes` gives them."""
COLORABLE = (0, 1, 2)
"""Point, cell and field data, by vtkDataObject's numbers."""


def representation_in(view: Proxy, node: Proxy, port: int) -> Proxy:
    """How a view shows a port; None where it never did."""
    return view.FindRepresentation(node, port)


class Displays:
    """The representations; `view` is a vtkSMViewProxy."""

    def __init__(self, engine: Engine, colors: Colors):
        self._engine = engine
        self._colors = colors

    def visible(self, view: Proxy, node: Proxy, port: int) -> bool:
        """Whether the port is shown."""
        return bool(self._engine.controller.GetVisibility(node, port, view))

    def shown(self, view: Proxy, nodes: Nodes) -> Iterator[tuple[Proxy, Any]]:
        """The visible representations of a view, and what is known of their data."""
        for _, node in nodes:
            for port in range(node.GetNumberOfOutputPorts()):
                if self.visible(view, node, port):
                    yield representation_in(view, node, port), node.GetDataInformation(port)

    def visible_bounds(self, view: Proxy, nodes: Nodes) -> Optional[list[float]]:
        """Around all that the view shows; None where that is nothing."""
        return union(info.GetBounds() for _, info in self.shown(view, nodes))

    def can_show(self, view: Proxy, node: Proxy, port: int) -> bool:
        """Whether the view has a representation for the port's data."""
        if representation_in(view, node, port) is not None:
            return True
        return bool(view.CanDisplayData(node, port)) if node.GetNumberOfOutputPorts() > port else False

    def show(self, view: Proxy, node: Proxy, port: int) -> Optional[Proxy]:
        """Shows a port; a new representation is coloured as ParaView does it. None where the view cannot show it."""
        new = representation_in(view, node, port) is None
        with self._colors.maps.by_magnitude():
            representation = self._engine.controller.Show(node, port, view)
        if representation is None:
            return None
        if new:
            self._color_first_time(representation, node.GetDataInformation(port))
        elif used_by(representation) is not None:
            self._colors.bars.show(representation, True)
        return representation

    def _color_first_time(self, representation: Proxy, info: Any) -> None:
        """ParaView's own choice, else the first point or cell scalar, so that a result is not first seen in grey."""
        if self.type_of(representation) == "Outline":
            return
        used = self._colors.give_own_map(representation)
        array = array_of(info, used[0], ASSOCIATION_NUMBERS[used[1]]) if used is not None else None
        if array is not None and is_text(array):  # all of one colour
            self._colors.color_by(representation, info, None, "POINTS", -1)
        if used_by(representation) is None:
            name, association = first_array(info)
            if name:
                self._colors.color_by(representation, info, name, association, -1)
        if used_by(representation) is not None:
            self._colors.bars.show(representation, True)

    def hide(self, view: Proxy, node: Proxy, port: int) -> None:
        """Hides a port, and its scalar bar where nothing else needs it."""
        representation = representation_in(view, node, port)
        self._engine.controller.Hide(node, port, view)
        if representation is not None:
            self._colors.bars.hide_if_unused(representation)

    def hide_replaced_inputs(self, view: Proxy, node: Proxy) -> None:
        """Hides the inputs that a filter's result stands for, by the filter's `Visibility` hint as in ParaView."""
        mode = next((element.GetAttribute("replace_input") for element in hint_elements(node, "Visibility")), "1")
        for source, port in self._engine.inputs(node):
            representation = representation_in(view, source, port)
            if representation is None or mode == "0":
                continue
            see_through = mode == "2" and get_elements(representation, "Opacity")[0] < 1
            if not see_through:
                self.hide(view, source, port)

    def representation_of(self, view: Proxy, node: Proxy, port: int) -> Proxy:
        """The representation; NotFound where the port was never shown."""
        found = representation_in(view, node, port)
        if found is None:
            raise NotFound("Show the item first: it has no display yet.")
        return found

    def set_type(self, representation: Proxy, name: str) -> None:
        """Changes the representation type, such as Wireframe."""
        if name not in self._types(representation):
            raise BadRequest(f"There is no representation '{name[:60]}' for this data.")
        # ParaView's own way picks a scalar array for a volume where none is in use.
        if not representation.SetRepresentationType(name):
            raise BadRequest(f"This data cannot be shown as {name}.")
        representation.UpdateVTKObjects()

    @staticmethod
    def type_of(representation: Proxy) -> str:
        """The representation type, such as Surface."""
        kind = representation.GetProperty("Representation")
        return str(kind.GetElement(0)) if kind is not None else str(representation.GetXMLLabel())

    @staticmethod
    def _types(representation: Proxy) -> list[str]:
        prop = representation.GetProperty("Representation")
        domain = domain_of(prop, "vtkSMStringListDomain") if prop is not None else None
        return [str(domain.GetString(index)) for index in range(domain.GetNumberOfStrings())] if domain else []

    @staticmethod
    def set_plain(representation: Proxy, looks: dict[str, Any], color: Optional[tuple[float, ...]]) -> None:
        """Sets opacity, point size, line width and solid colour; all or, with BadRequest, none."""
        if color is not None and not all(0 <= part <= 1 for part in color):
            raise BadRequest("Red, green and blue go from 0 to 1.")
        for key, value in looks.items():
            if representation.GetProperty(PLAIN[key]) is not None:
                set_elements(representation, PLAIN[key], [value])
        if color is not None:
            for name in ("AmbientColor", "DiffuseColor"):
                if representation.GetProperty(name) is not None:
                    set_elements(representation, name, color)
        representation.UpdateVTKObjects()

    def state(self, view: Proxy, node: Proxy, port: int) -> Optional[Display]:
        """The topic `display/<view>/<node>/<port>`; None where the port was never shown."""
        representation = representation_in(view, node, port)
        if representation is None:
            return None
        info = node.GetDataInformation(port)
        return Display(
            view=str(view.GetGlobalIDAsString()),
            node=self._engine.remember(node),
            port=port,
            representation_id=self._engine.remember(representation),
            visible=self.visible(view, node, port),
            representation=self.type_of(representation),
            representations=self._types(representation),
            arrays=arrays(info, COLORABLE),
            coloring=self._coloring(representation, info),
            solid_color=self._number_list(representation, "DiffuseColor", [1.0, 1.0, 1.0]),
            opacity=self._number_list(representation, "Opacity", [1.0])[0],
            point_size=self._number_list(representation, "PointSize", [2.0])[0],
            line_width=self._number_list(representation, "LineWidth", [1.0])[0],
        )

    def _coloring(self, representation: Proxy, info: Any) -> Optional[Coloring]:
        used = used_by(representation)
        if used is None:
            return None
        name, association, lut = used
        return Coloring(
            array=name,
            association=association,  # type: ignore[arg-type]
            component=component_of(lut) if _components(info, name, association) > 1 else -1,
            map=self._colors.maps.name_of(lut),
            scalar_bar=self._colors.bars.visible(representation),
        )

    @staticmethod
    def _number_list(proxy: Proxy, name: str, missing: list[float]) -> list[float]:
        return [float(part) for part in get_elements(proxy, name)] if proxy.GetProperty(name) is not None else missing


def _components(info: Any, name: str, association: str) -> int:
    """Components of an array; a map alone does not know: arrays of one name share it."""
    found = array_of(info, name, ASSOCIATION_NUMBERS[association])
    return int(found.GetNumberOfComponents()) if found is not None else 1
