"""What ParaView's PropertyWidgetDecorators say about when a property is seen and can be changed.

They become clauses that must all hold, each of tests of which one is enough. A test of a value that the panel shows
goes to the page, which knows what is typed; every other is decided here. A kind that is not known hides nothing.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Mapping
from typing import Any, Callable, Optional

from pvw_desktop.protocol.messages.proxy import Decoration

from ..core.texts import text_of
from .access import Proxy, domain_of, hint_elements

_MODES = {"visibility": "visibility", "enabled_state": "enabled"}
_PAGE_WIDGETS = frozenset(("bool", "choice", "number", "slider", "text", "proxy"))
"""Widgets whose value is one word or number, which the page can compare."""
_COMPARE = {"greaterthan": "greater", "lessthan": "less", "contains": "contains", "equals": "equals"}


@dataclasses.dataclass(frozen=True)
class Test:
    """Of a property of the same proxy against words of the XML."""

    mode: str
    property: str
    index: int
    words: tuple[str, ...]
    inverse: bool
    compare: str = "equals"
    listed: bool = False
    """Whether the property's value is one of a list of proxies."""

    def holds(self, proxy: Proxy) -> bool:
        """With the value that ParaView has now."""
        return self._met(_value(proxy.GetProperty(self.property), self.index)) is not self.inverse

    def _met(self, value: Any) -> bool:
        if self.compare in ("greater", "less"):
            return isinstance(value, (int, float)) and (
                value > float(self.words[0]) if self.compare == "greater" else value < float(self.words[0])
            )
        if self.compare == "contains":
            return self.words[0] in str(value)
        return any(word == "null" if value is None else number(word) == number(str(value)) for word in self.words)

    @functools.cached_property
    def plain(self) -> Decoration:
        """For the page, where the value is a word or number."""
        values = [number(word) for word in self.words]
        return Decoration(self.mode, self.property, values, self.inverse, self.compare)  # type: ignore[arg-type]

    def for_page(self, proxy: Proxy) -> Decoration:
        """For the page, where a proxy goes by its id."""
        if not self.listed:
            return self.plain
        domain = domain_of(proxy.GetProperty(self.property), "vtkSMProxyListDomain")
        inner = [domain.GetProxy(index) for index in range(domain.GetNumberOfProxies())]
        ids = [str(item.GetGlobalIDAsString()) for item in inner if item.GetXMLName() in self.words]
        return dataclasses.replace(self.plain, values=ids)


Leaf = Any
"""A Test, or a function of the proxy that says whether it holds."""
Clauses = list[list[Leaf]]


def clauses_of(proxy: Proxy, *owners: Any) -> dict[str, Clauses]:
    """By mode, what the hints of a property, or of the group it is in, ask for."""
    found: dict[str, Clauses] = {mode: [] for mode in _MODES.values()}
    for owner in owners:
        for element in hint_elements(owner, "PropertyWidgetDecorator") if owner is not None else ():
            for mode, clauses in found.items():
                clauses += _clauses(proxy, element, mode)
    return found


def decide(proxy: Proxy, clauses: Clauses, widgets: Mapping[str, str]) -> Optional[list[Decoration]]:
    """What is left for the page to decide by the widgets that it shows; None where it cannot hold now."""
    left: list[Decoration] = []
    for clause in clauses:
        open_tests = [leaf for leaf in clause if isinstance(leaf, Test) and widgets.get(leaf.property) in _PAGE_WIDGETS]
        closed = [leaf for leaf in clause if not any(leaf is test for test in open_tests)]
        if any(leaf.holds(proxy) if isinstance(leaf, Test) else leaf(proxy) for leaf in closed):
            continue
        if not open_tests:
            return None
        first, *others = [test.for_page(proxy) for test in open_tests]
        left.append(dataclasses.replace(first, alternatives=others) if others else first)
    return left


# --- from XML to clauses


def _clauses(proxy: Proxy, element: Any, mode: str) -> Clauses:
    if element.GetAttribute("type") == "CompositeDecorator":
        nested = [element.GetNestedElement(index) for index in range(element.GetNumberOfNestedElements())]
        return _combined(proxy, next((item for item in nested if item.GetName() == "Expression"), None), mode)
    leaf = _leaf(proxy, element, mode)
    return [] if leaf is None else [[leaf]]


def _combined(proxy: Proxy, expression: Any, mode: str) -> Clauses:
    """An expression; as in ParaView what is empty, or of another mode, holds."""
    kind = expression.GetAttribute("type") if expression is not None else None
    if kind not in ("and", "or"):
        return []
    parts = []
    for index in range(expression.GetNumberOfNestedElements()):
        child = expression.GetNestedElement(index)
        parts.append((_combined if child.GetName() == "Expression" else _clauses)(proxy, child, mode))
    if kind == "and":
        return [clause for part in parts for clause in part]
    return [list(itertools.chain(*chosen)) for chosen in itertools.product(*parts)] if parts else []


def _leaf(proxy: Proxy, element: Any, mode: str) -> Optional[Leaf]:
    """None where the element says nothing of this mode."""
    make = _KINDS.get(element.GetAttribute("type"))
    if make is None:
        return None
    usual, build = make
    if _MODES.get(element.GetAttribute("mode") or "", usual) != mode:
        return None
    return build(proxy, element, mode)


def _generic(proxy: Proxy, element: Any, mode: str) -> Optional[Leaf]:
    name, value = element.GetAttribute("property"), element.GetAttribute("value")
    if element.GetAttribute("mode") not in _MODES or not name or proxy.GetProperty(name) is None:
        return None
    index, inverse = _integer(element.GetAttribute("index")), element.GetAttribute("inverse") == "1"
    size = element.GetAttribute("number_of_components")
    if size is not None:
        return lambda owner: (_components(owner, name, index) == _integer(size)) is not inverse
    words = (value,) if value is not None else tuple((element.GetAttribute("values") or "").split())
    listed = domain_of(proxy.GetProperty(name), "vtkSMProxyListDomain") is not None
    return Test(mode, str(name), index, words, inverse, listed=listed)


def _boolean(proxy: Proxy, element: Any, mode: str) -> Optional[Leaf]:
    for place in range(element.GetNumberOfNestedElements()):
        child = element.GetNestedElement(place)
        name = child.GetAttribute("name")
        if child.GetName() != "Property" or not name:
            continue
        function, index = child.GetAttribute("function") or "boolean", _integer(child.GetAttribute("index"))
        if proxy.GetProperty(name) is None:
            return None
        if function in ("boolean", "boolean_invert"):
            return Test(mode, str(name), index, ("0",), function == "boolean")
        if function in _COMPARE:
            return Test(mode, str(name), index, (child.GetAttribute("value") or "",), False, _COMPARE[function])
        return None
    return None


def _input_type(_proxy: Proxy, element: Any, _mode: str) -> Leaf:
    names = (element.GetAttribute("name") or "").split()
    exclude = element.GetAttribute("exclude") == "1"

    def holds(owner: Proxy) -> bool:
        info = _input_information(owner)
        if info is None or not names:
            return True  # nothing to judge by, so nothing to hide
        fits = (info.IsDataStructured() if name == "Structured" else info.DataSetTypeIsA(name) for name in names)
        return any(fits) is not exclude

    return holds


def _color_components(_proxy: Proxy, element: Any, _mode: str) -> Leaf:
    sizes = {int(word) for word in (element.GetAttribute("components") or "").split()}

    def holds(owner: Proxy) -> bool:
        size = _components(owner, "ColorArrayName", 4) if owner.GetProperty("ColorArrayName") is not None else 0
        return not size or size in sizes

    return holds


def _session(_proxy: Proxy, _element: Any, _mode: str) -> Leaf:
    """Of sessions with a server of their own, or with several processes; this one is neither."""
    return lambda owner: False


@functools.lru_cache(maxsize=1)
def _ray_tracing() -> bool:
    try:
        from vtkmodules.vtkRenderingRayTracing import vtkOSPRayPass
    except ImportError:
        return False
    return not hasattr(vtkOSPRayPass, "IsSupported") or bool(vtkOSPRayPass.IsSupported())


_KINDS: dict[str, tuple[str, Callable[[Proxy, Any, str], Optional[Leaf]]]] = {
    "GenericDecorator": ("", _generic),
    "ShowWidgetDecorator": ("visibility", _boolean),
    "EnableWidgetDecorator": ("enabled", _boolean),
    "InputDataTypeDecorator": ("enabled", _input_type),
    "MultiComponentsDecorator": ("visibility", _color_components),
    "OSPRayHidingDecorator": ("visibility", lambda proxy, element, mode: lambda owner: _ray_tracing()),
    "SessionTypeDecorator": ("", _session),
}
"""By type, the mode where the XML names none, and what makes a leaf of it."""


# --- what ParaView has


def _value(prop: Any, index: int) -> Any:
    if prop.IsA("vtkSMProxyProperty"):
        target = prop.GetProxy(0) if prop.GetNumberOfProxies() else None
        return target.GetXMLName() if target is not None else None
    if not hasattr(prop, "GetElement") or index >= prop.GetNumberOfElements():
        return None
    value = prop.GetElement(index)
    return text_of(value) if isinstance(value, bytes) else value


def _input_information(proxy: Proxy) -> Any:
    prop = proxy.GetProperty("Input")
    source = prop.GetProxy(0) if prop is not None and prop.GetNumberOfProxies() else None
    if source is None or not hasattr(source, "GetDataInformation"):
        return None
    return source.GetDataInformation(prop.GetOutputPortForConnection(0))


def _components(proxy: Proxy, name: str, index: int) -> int:
    """Components of the array that a property of five elements names; 0 where there is none."""
    prop, info = proxy.GetProperty(name), _input_information(proxy)
    if info is None or prop.GetNumberOfElements() <= index or index < 1:
        return 0
    array = info.GetArrayInformation(prop.GetElement(index), _integer(prop.GetElement(index - 1)))
    return int(array.GetNumberOfComponents()) if array is not None else 0


def _integer(text: Any) -> int:
    try:
        return int(text)
    except (TypeError, ValueError):
        return 0


def number(word: str) -> Any:
    """A word of the XML as the page has it."""
    try:
        found = float(word)
    except ValueError:
        return None if word == "null" else word
    return int(found) if found == int(found) else found
