"""A proxy's properties as the panels need them: labels, groups, widgets, limits, choices, decorations."""

from __future__ import annotations

from typing import Any, Optional

from pvw_desktop.protocol.messages.proxy import Choice, Decoration, Property, ProxyState

from . import values
from .engine import Engine, Proxy, documentation, domain_of, domains, hint_elements, properties

MAX_DEPTH = 2
"""Proxies inside proxies are described this deep: a slice has a plane, nothing in use goes deeper."""

_HIDDEN = {"Input", "Representation", "ViewSize", "ViewPosition", "ViewTime", "LookupTable", "ScalarOpacityFunction"}
_SPECIAL_WIDGETS = {"representation_selector", "opacity_transfer_function_editor", "transfer_function_editor"}


class Describer:
    """Describes proxies, and remembers each property's first value as its default."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._defaults: dict[tuple[str, str], Any] = {}

    def describe(self, proxy: Proxy, kind: str, depth: int = 0) -> ProxyState:
        """The state of one proxy for the topic `proxy/<id>`."""
        ident = self._engine.remember(proxy)
        groups = _groups(proxy)
        found = []
        for name, prop in properties(proxy):
            if _wanted(name, prop, groups.get(name)):
                found.append(self._property(ident, name, prop, groups.get(name), depth))
        return ProxyState(
            id=ident,
            kind=kind,  # type: ignore[arg-type]
            name=str(proxy.GetXMLName()),
            label=str(proxy.GetXMLLabel()),
            help=documentation(proxy),
            properties=found,
        )

    def _property(self, ident: str, name: str, prop: Any, group: Optional[Any], depth: int) -> Property:
        widget = values.widget_of(prop)
        value = values.get(self._engine, prop)
        low, high = _limits(prop) if widget in ("slider", "values", "number") else (None, None)
        proxies, choices = self._proxies(prop, depth) if widget == "proxy" else ([], _choices(prop, widget))
        return Property(
            name=name,
            label=str(prop.GetXMLLabel() or name),
            widget=widget,  # type: ignore[arg-type]
            value=value,
            default=self._defaults.setdefault((ident, name), value),
            help=documentation(prop),
            group=str(group.GetXMLLabel()) if group is not None and group.GetXMLLabel() else None,
            advanced=prop.GetPanelVisibility() == "advanced"
            or (group is not None and group.GetPanelVisibility() == "advanced"),
            integer=values.is_integer(prop),
            low=low,
            high=high,
            choices=choices,
            proxies=proxies,
            decorations=_decorations(prop),
        )

    def _proxies(self, prop: Any, depth: int) -> tuple[list[ProxyState], list[Choice]]:
        domain = domain_of(prop, "vtkSMProxyListDomain")
        if domain is None or depth >= MAX_DEPTH:
            return [], []
        inner = [domain.GetProxy(index) for index in range(domain.GetNumberOfProxies())]
        states = [self.describe(proxy, "proxy", depth + 1) for proxy in inner]
        return states, [Choice(state.id, state.label) for state in states]

    def forget(self, alive: set[str]) -> None:
        """Drops the defaults of proxies that are gone."""
        self._defaults = {key: value for key, value in self._defaults.items() if key[0] in alive}


def _groups(proxy: Proxy) -> dict[str, Any]:
    found = {}
    for index in range(proxy.GetNumberOfPropertyGroups()):
        group = proxy.GetPropertyGroup(index)
        for inner in range(group.GetNumberOfProperties()):
            name = group.GetProperty(inner).GetXMLName()
            if name:
                found.setdefault(str(name), group)
    return found


def _wanted(name: str, prop: Any, group: Optional[Any]) -> bool:
    if name in _HIDDEN or prop.GetIsInternal() or prop.GetPanelVisibility() == "never" or prop.GetInformationOnly():
        return False
    if group is not None and group.GetPanelVisibility() == "never":
        return False
    if (prop.GetPanelWidget() or "") in _SPECIAL_WIDGETS:
        return False
    if prop.IsA("vtkSMInputProperty"):
        return True
    if not prop.IsA("vtkSMProxyProperty"):
        return bool(prop.IsA("vtkSMVectorProperty"))  # the rest are commands, such as Refresh
    return domain_of(prop, "vtkSMProxyListDomain") is not None


def _limits(prop: Any) -> tuple[Optional[float], Optional[float]]:
    domain = domain_of(prop, "vtkSMDoubleRangeDomain", "vtkSMIntRangeDomain")
    if domain is None:
        return None, None
    low = float(domain.GetMinimum(0)) if domain.GetMinimumExists(0) else None
    high = float(domain.GetMaximum(0)) if domain.GetMaximumExists(0) else None
    return low, high


def _choices(prop: Any, widget: str) -> list[Choice]:
    if widget == "choice":
        domain = domain_of(prop, "vtkSMEnumerationDomain")
        if domain is not None:
            entries = range(domain.GetNumberOfEntries())
            return [Choice(int(domain.GetEntryValue(index)), str(domain.GetEntryText(index))) for index in entries]
    if widget in ("choice", "array"):
        return _string_choices(prop, widget)
    return []


def _string_choices(prop: Any, widget: str) -> list[Choice]:
    found = []
    for domain in domains(prop):
        if not domain.IsA("vtkSMStringListDomain"):
            continue
        for index in range(domain.GetNumberOfStrings()):
            text = str(domain.GetString(index))
            if widget == "choice":
                found.append(Choice(text, text))
            else:
                associated = hasattr(domain, "GetFieldAssociation") and prop.GetNumberOfElements() == 5
                number = str(domain.GetFieldAssociation(index)) if associated else ""
                found.append(Choice([values.ASSOCIATION_NAMES.get(number, ""), text], text))
    return found


def _decorations(prop: Any) -> list[Decoration]:
    found = []
    for element in hint_elements(prop, "PropertyWidgetDecorator"):
        mode, target = element.GetAttribute("mode"), element.GetAttribute("property")
        if element.GetAttribute("type") != "GenericDecorator" or not target:
            continue
        if mode not in ("visibility", "enabled_state"):
            continue
        words = (element.GetAttribute("values") or element.GetAttribute("value") or "").split()
        found.append(
            Decoration(
                mode="visibility" if mode == "visibility" else "enabled",
                property=str(target),
                values=[_number(word) for word in words],
                inverse=element.GetAttribute("inverse") == "1",
            )
        )
    return found


def _number(word: str) -> Any:
    try:
        number = float(word)
    except ValueError:
        return None if word == "null" else word
    return int(number) if number == int(number) else number
