"""Colouring a representation by an array of its data, or solid, with a map that is the array's own."""

from __future__ import annotations

from typing import Any, Optional

from pvw_desktop.protocol.errors import BadRequest, Failed, NotFound

from ..core.engine import Engine
from ..core.owned import in_group
from ..pipeline.information import is_text
from ..properties.access import Proxy
from .arrays import ASSOCIATION_NUMBERS, array_of
from .scalar_bars import ScalarBars
from .scalar_coloring import Used, call, components_used, used_by
from .transfer_functions import TransferFunctions, set_component


class Colors:
    """The colours of the session, with their maps and scalar bars."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self.maps = TransferFunctions(engine)
        self.bars = ScalarBars(self.maps)

    def color_by(
        self, representation: Proxy, info: Any, array: Optional[str], association: str, component: int
    ) -> None:
        """Colours by an array of the data that `info` describes, or solid; a map never used is fitted to the data."""
        before = used_by(representation)
        bar_wanted = before is None or self.bars.visible(representation)
        if array is None:
            call("SetScalarColoring", representation, None, 0)
        else:
            number = ASSOCIATION_NUMBERS[association]
            found = array_of(info, array, number)
            if found is None:
                raise NotFound(f"There is no {association.lower()} array '{array[:80]}' here any more.")
            if is_text(found):
                raise BadRequest(f"{array} holds text: there is nothing to color by.")
            if component >= found.GetNumberOfComponents():
                raise BadRequest(f"{array} has {found.GetNumberOfComponents()} components.")
            with self.maps.by_magnitude():
                call("SetScalarColoring", representation, found.GetName(), number)
            used = self.give_own_map(representation)
            if used is None:
                raise Failed(f"This display cannot be coloured by {array}.")
            set_component(used[2], component, found.GetNumberOfComponents())
            call("RescaleTransferFunctionToDataRange", representation, False, False)
        representation.UpdateVTKObjects()
        if before is not None:
            self.bars.hide_unless_needed(before[2], representation)
        if array is not None and bar_wanted:
            self.bars.show(representation, True)

    def give_own_map(self, representation: Proxy) -> Optional[Used]:
        """What it is coloured by, with a map of that array's own.

        ParaView finds a map by the ASCII letters and digits of the name, so that all Greek arrays would share one, with
        the range and the title of the first; and arrays of one name with 1 and 3 components would, so that what one is
        coloured by is a component that the other has not (ParaView 6 ends with that).
        """
        used = used_by(representation)
        if used is None:
            return None
        own = self._own_name(representation, used)
        if own is None:
            return used
        new = not self.maps.has(own)
        opacity = representation.GetProperty("ScalarOpacityFunction")
        lut = self.maps.map_for(own)
        for prop, proxy in (
            (representation.GetProperty("LookupTable"), lut),
            (opacity, self.maps.opacity_for(own) if opacity is not None else None),
        ):
            if prop is not None:
                prop.SetProxy(0, proxy)
        representation.UpdateVTKObjects()
        if new:
            call("RescaleTransferFunctionToDataRange", representation, False, False)
        return used[0], used[1], lut

    def _own_name(self, representation: Proxy, used: Used) -> Optional[str]:
        """Of the map that it should have instead of the one that ParaView found; None where that one is right."""
        if not used[0].isascii():
            return "".join(mark if mark.isascii() and mark.isalnum() else f"_{ord(mark):x}" for mark in used[0])
        own = f"{used[0]}_{components_used(representation, used)}_components"
        return own if self.maps.has(own) or self._is_of_other_size(representation, used) else None

    def _is_of_other_size(self, representation: Proxy, used: Used) -> bool:
        """Whether its map serves an array with another number of components already."""
        size, map_id = components_used(representation, used), used[2].GetGlobalID()
        for _, other in in_group(self._engine.pxm, "representations"):
            found = used_by(other) if other.GetGlobalID() != representation.GetGlobalID() else None
            if (
                found is not None
                and found[2].GetGlobalID() == map_id
                and components_used(other, found) not in (0, size)
            ):
                return True
        return False
