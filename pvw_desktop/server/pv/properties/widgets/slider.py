"""A number of which a useful range is known."""

from __future__ import annotations

from typing import Any

from ..access import domain_of
from .kind import Kind


class Slider(Kind):
    name = "slider"

    def fits(self, prop: Any) -> bool:
        domain = domain_of(prop, "vtkSMDoubleRangeDomain", "vtkSMIntRangeDomain")
        bounded = domain is not None and domain.GetMinimumExists(0) and domain.GetMaximumExists(0)
        return bool(bounded and domain.GetMinimum(0) < domain.GetMaximum(0))
