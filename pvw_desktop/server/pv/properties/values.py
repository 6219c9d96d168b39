"""Values of properties as JSON and back, by the kind of widget that edits each, and the limits that ParaView knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Callable, Optional

from pvw_desktop.protocol.errors import BadRequest

from ..core.engine import Engine
from .access import Proxy, domain_of
from .widgets import kind_of


def put(engine: Engine, proxy: Proxy, name: str, value: Any) -> None:
    """Sets one property from its wire value, without pushing it; BadRequest where it does not fit."""
    prop = proxy.GetProperty(name)
    if prop is None:
        raise BadRequest(f"{proxy.GetXMLLabel()} has no property '{name[:80]}'.")
    kind_of(prop).put(engine, prop, value)


@contextmanager
def all_or_none() -> Iterator[Callable[[Any], None]]:
    """Setting several properties without pushing them: where it fails, those that were remembered before they were set
    are as they were. What was not pushed is not ParaView's undo's to take back."""
    before: list[tuple[Any, Any]] = []

    def remember(prop: Any) -> None:
        copy = prop.NewInstance()
        copy.Copy(prop)
        before.append((prop, copy))

    try:
        yield remember
    except Exception:
        for prop, copy in reversed(before):
            prop.Copy(copy)
        raise


def check_ranges(proxy: Proxy, name: str) -> Optional[str]:
    """A sentence where the value lies outside a hard limit of ParaView's XML; None where it is fine."""
    prop = proxy.GetProperty(name)
    domain = domain_of(prop, "vtkSMDoubleRangeDomain", "vtkSMIntRangeDomain")
    # A domain that follows the data is advice (isovalues outside the range are legal); a plain one is a limit.
    if domain is None or domain.GetClassName() not in ("vtkSMDoubleRangeDomain", "vtkSMIntRangeDomain"):
        return None
    for index in range(prop.GetNumberOfElements()):
        value = prop.GetElement(index)
        position = 0 if prop.GetRepeatCommand() else index
        low = domain.GetMinimum(position) if domain.GetMinimumExists(position) else None
        high = domain.GetMaximum(position) if domain.GetMaximumExists(position) else None
        if (low is not None and value < low) or (high is not None and value > high):
            limits = " and ".join(
                words
                for words in (low is not None and f"at least {low:g}", high is not None and f"at most {high:g}")
                if words
            )
            return f"{prop.GetXMLLabel()} is {value:g}; it must be {limits}"
    return None
