"""Property values as JSON and back. Knows ParaView's property classes, not how a panel is laid out."""

from __future__ import annotations

import math
from typing import Any, Callable, Optional

from pvw_desktop.protocol.errors import BadRequest

from ..core.engine import Engine, Proxy, domain_of, hint_elements
from ..core.owned import domains
from ..core.texts import Native, clean, native_of, text_of

ASSOCIATION_NUMBERS = {
    "POINTS": "0",
    "CELLS": "1",
    "FIELD": "2",
    "NONE": "3",
    "VERTICES": "4",
    "EDGES": "5",
    "ROWS": "6",
}
ASSOCIATION_NAMES = {number: name for name, number in ASSOCIATION_NUMBERS.items()}


def widget_of(prop: Any) -> str:
    """Which of the wire's widgets edits this property."""
    if prop.GetInformationOnly():
        return "label"
    if prop.IsA("vtkSMProxyProperty"):
        listed = domain_of(prop, "vtkSMProxyListDomain") is not None
        return "input" if prop.IsA("vtkSMInputProperty") and not listed else "proxy"
    if prop.IsA("vtkSMStringVectorProperty"):
        return _string_widget(prop)
    if domain_of(prop, "vtkSMBooleanDomain") is not None and _single(prop):
        return "bool"
    if domain_of(prop, "vtkSMEnumerationDomain") is not None and _single(prop):
        return "choice"
    if prop.GetRepeatCommand():
        return "values"
    if "color" in (prop.GetPanelWidget() or "") and prop.GetNumberOfElements() == 3:
        return "color"
    if not _single(prop):
        return "vector"
    return with_limits(prop)


def with_limits(prop: Any) -> str:
    """A slider where a useful range is known now, else a number."""
    domain = domain_of(prop, "vtkSMDoubleRangeDomain", "vtkSMIntRangeDomain")
    bounded = domain is not None and domain.GetMinimumExists(0) and domain.GetMaximumExists(0)
    return "slider" if bounded and domain.GetMinimum(0) < domain.GetMaximum(0) else "number"


def _string_widget(prop: Any) -> str:
    if domain_of(prop, "vtkSMArraySelectionDomain") is not None and prop.GetRepeatCommand():
        return "arrays"
    if domain_of(prop, "vtkSMArrayListDomain") is not None and prop.GetNumberOfElements() in (1, 5):
        return "array"
    if domain_of(prop, "vtkSMFileListDomain") is not None:
        return "file"
    if domain_of(prop, "vtkSMStringListDomain") is not None and _single(prop):
        return "choice"
    hinted = any((element.GetAttribute("type") or "") == "multi_line" for element in hint_elements(prop, "Widget"))
    if prop.GetRepeatCommand() or hinted or (prop.GetPanelWidget() or "") == "multi_line":
        return "multiline"
    return "text"


def _single(prop: Any) -> bool:
    return bool(prop.GetNumberOfElements() == 1 and not prop.GetRepeatCommand())


def is_integer(prop: Any) -> bool:
    """Whether only integers fit."""
    return bool(prop.IsA("vtkSMIntVectorProperty") or prop.IsA("vtkSMIdTypeVectorProperty"))


def get(engine: Engine, prop: Any, widget: Optional[str] = None) -> Any:
    """The value as the wire carries it (see messages.proxy.Property.widget)."""
    widget = widget or widget_of(prop)
    if widget in ("input", "proxy"):
        target = prop.GetProxy(0) if prop.GetNumberOfProxies() else None
        if target is None:
            return None
        if widget == "input":
            return {"node": engine.remember(target), "port": int(prop.GetOutputPortForConnection(0))}
        return engine.remember(target)
    elements = _elements(prop)
    if widget == "arrays":
        return _array_states(prop, elements)
    if widget == "array":
        if len(elements) == 5:
            return [ASSOCIATION_NAMES.get(str(elements[3]), "POINTS"), text_of(elements[4])]
        return ["", text_of(elements[0])]
    if widget == "multiline":
        return "\n".join(text_of(element) for element in elements)
    if widget == "bool":
        return bool(elements[0])
    if widget in ("vector", "values", "color"):
        return elements
    if widget == "label":
        return elements[0] if len(elements) == 1 else elements
    return elements[0] if elements else None


def _elements(prop: Any) -> list[Any]:
    if not hasattr(prop, "GetElement"):
        return []
    raw = [prop.GetElement(index) for index in range(prop.GetNumberOfElements())]
    return [_plain(value) for value in raw]


def _plain(value: Any) -> Any:
    """As JSON holds it."""
    if isinstance(value, bytes):
        return text_of(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _array_states(prop: Any, elements: list[Any]) -> list[list[Any]]:
    chosen = {
        str(elements[index]): str(elements[index + 1]) not in ("0", "") for index in range(0, len(elements) - 1, 2)
    }
    domain = domain_of(prop, "vtkSMArraySelectionDomain")
    known = [text_of(name) for name in _strings(domain)]
    return [[name, chosen.get(name, True)] for name in known or list(chosen)]


def _strings(domain: Any) -> list[Native]:
    return [domain.GetString(index) for index in range(domain.GetNumberOfStrings())]


def _names_for(prop: Any) -> list[Native]:
    """The names that a property offers, as ParaView has them."""
    return [name for domain in domains(prop) if domain.IsA("vtkSMStringListDomain") for name in _strings(domain)]


def put(engine: Engine, proxy: Proxy, name: str, value: Any) -> None:
    """Sets one property from its wire value, without pushing it; BadRequest where it does not fit."""
    prop = proxy.GetProperty(name)
    if prop is None:
        raise BadRequest(f"{proxy.GetXMLLabel()} has no property '{name[:80]}'.")
    widget = widget_of(prop)
    if widget == "label":
        raise BadRequest(f"{prop.GetXMLLabel()} can only be read.")
    _PUTTERS.get(widget, _put_elements)(engine, prop, value)


def _put_input(engine: Engine, prop: Any, value: Any) -> None:
    if value is None:
        prop.RemoveAllProxies()
        return
    if not isinstance(value, dict) or not isinstance(value.get("node"), str):
        raise BadRequest(f"{prop.GetXMLLabel()} takes a node and a port.")
    source = engine.node(value["node"])
    owner = prop.GetParent()
    if owner is not None and value["node"] in engine.downstream(owner):
        raise BadRequest(f"{engine.name_of(source)} depends on this item and cannot be its input.")
    port = value.get("port", 0)
    if not isinstance(port, int) or not 0 <= port < source.GetNumberOfOutputPorts():
        raise BadRequest(f"{engine.name_of(source)} has no output port {port}.")
    prop.SetInputConnection(0, source, port)


def _put_proxy(engine: Engine, prop: Any, value: Any) -> None:
    if value is None:
        prop.RemoveAllProxies()
        return
    target = engine.proxy(str(value))
    domain = domain_of(prop, "vtkSMProxyListDomain")
    if domain is not None:
        allowed = {str(domain.GetProxy(index).GetGlobalIDAsString()) for index in range(domain.GetNumberOfProxies())}
        if str(value) not in allowed:
            raise BadRequest(f"{prop.GetXMLLabel()} does not take that.")
    prop.SetProxy(0, target)


def _put_arrays(_engine: Engine, prop: Any, value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        raise BadRequest(f"{prop.GetXMLLabel()} takes pairs of a name and true or false.")
    known = _names_for(prop)
    prop.SetNumberOfElements(2 * len(value))
    for index, (name, chosen) in enumerate(value):
        prop.SetElement(2 * index, native_of(str(name), known))
        prop.SetElement(2 * index + 1, "1" if chosen else "0")


def _put_array(_engine: Engine, prop: Any, value: Any) -> None:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(part, str) for part in value):
        raise BadRequest(f"{prop.GetXMLLabel()} takes an association and an array's name.")
    if prop.GetNumberOfElements() == 5:
        if value[0] not in ASSOCIATION_NUMBERS:
            raise BadRequest(f"{prop.GetXMLLabel()} does not know the association '{value[0][:40]}'.")
        prop.SetElement(3, ASSOCIATION_NUMBERS[value[0]])
        prop.SetElement(4, native_of(value[1], _names_for(prop)))
    else:
        prop.SetElement(0, native_of(value[1], _names_for(prop)))


def _put_multiline(_engine: Engine, prop: Any, value: Any) -> None:
    if not isinstance(value, str):
        raise BadRequest(f"{prop.GetXMLLabel()} takes text.")
    value = clean(value)
    lines = [line for line in value.split("\n") if line] if prop.GetRepeatCommand() else [value]
    prop.SetNumberOfElements(len(lines))
    for index, line in enumerate(lines):
        prop.SetElement(index, line)


def _put_elements(_engine: Engine, prop: Any, value: Any) -> None:
    values = value if isinstance(value, list) else [value]
    if not prop.GetRepeatCommand() and len(values) != prop.GetNumberOfElements():
        raise BadRequest(f"{prop.GetXMLLabel()} takes {prop.GetNumberOfElements()} values, not {len(values)}.")
    try:
        ready = [_scalar(prop, item) for item in values]
        if prop.GetRepeatCommand():
            prop.SetNumberOfElements(len(ready))
        for index, item in enumerate(ready):
            prop.SetElement(index, item)
    except OverflowError:
        raise BadRequest(f"{prop.GetXMLLabel()} does not take so large a number.") from None


def _scalar(prop: Any, value: Any) -> Any:
    label = prop.GetXMLLabel()
    if prop.IsA("vtkSMStringVectorProperty"):
        if not isinstance(value, str):
            raise BadRequest(f"{label} takes text.")
        return native_of(clean(value), _names_for(prop))
    if isinstance(value, bool):
        return int(value)
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        raise BadRequest(f"{label} takes a number.")
    if not is_integer(prop):
        return float(value)
    if value != int(value):
        raise BadRequest(f"{label} takes an integer.")
    return int(value)


_PUTTERS: dict[str, Callable[[Engine, Any, Any], None]] = {
    "input": _put_input,
    "proxy": _put_proxy,
    "arrays": _put_arrays,
    "array": _put_array,
    "multiline": _put_multiline,
}


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
