"""A proxy's properties as the panels need them: labels, groups, widgets, limits, choices, decorations."""

from __future__ import annotations

import dataclasses
from typing import Any, Optional

from pvw_desktop.protocol.messages.proxy import Choice, Decoration, Property, ProxyState

from . import values
from .engine import Engine, Proxy, documentation, domain_of, hint_elements
from .owned import domains, properties

MAX_DEPTH = 2
"""Proxies inside proxies are described this deep: a slice has a plane, nothing in use goes deeper."""

_HIDDEN = {"Input", "Representation", "ViewSize", "ViewPosition", "ViewTime", "LookupTable", "ScalarOpacityFunction"}
_SPECIAL_WIDGETS = {"representation_selector", "opacity_transfer_function_editor", "transfer_function_editor"}


@dataclasses.dataclass(frozen=True)
class _Fixed:
    """What never changes about a property. Asking ParaView for it costs more than all its values together."""

    name: str
    prop: Any
    label: str
    help: str
    group: Optional[str]
    advanced: bool
    integer: bool
    widget: str
    decorations: list[Decoration]
    choices: Optional[list[Choice]]
    """None where the choices follow the data."""
    input_types: list[tuple[list[str], bool]]
    """Classes of input data it is for, each list with whether it means all others instead."""


class Describer:
    """Describes proxies, and remembers each property's first value as its default."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._defaults: dict[tuple[str, str], Any] = {}
        self._fixed: dict[str, list[_Fixed]] = {}

    def describe(self, proxy: Proxy, kind: str, depth: int = 0) -> ProxyState:
        """The state of one proxy for the topic `proxy/<id>`."""
        ident = self._engine.remember(proxy)
        if ident not in self._fixed:
            self._fixed[ident] = _fixed_parts(proxy)
        return ProxyState(
            id=ident,
            kind=kind,  # type: ignore[arg-type]
            name=str(proxy.GetXMLName()),
            label=str(proxy.GetXMLLabel()),
            help=documentation(proxy),
            properties=[
                self._property(ident, fixed, depth)
                for fixed in self._fixed[ident]
                if not fixed.input_types or self._fits_input(proxy, fixed)
            ],
        )

    def _fits_input(self, proxy: Proxy, fixed: _Fixed) -> bool:
        """By ParaView's InputDataTypeDecorator: a slice has a second plane that is for hyper tree grids alone."""
        source = next(iter(self._engine.inputs(proxy)), None)
        if source is None:
            return True
        info = source[0].GetDataInformation(source[1])
        return all(
            any(info.DataSetTypeIsA(name) for name in names) is not exclude for names, exclude in fixed.input_types
        )

    def _property(self, ident: str, fixed: _Fixed, depth: int) -> Property:
        widget = values.with_limits(fixed.prop) if fixed.widget in ("number", "slider") else fixed.widget
        value = values.get(self._engine, fixed.prop, widget)
        low, high = _limits(fixed.prop) if widget in ("slider", "values", "number") else (None, None)
        proxies, choices = self._proxies(fixed.prop, depth) if widget == "proxy" else ([], fixed.choices)
        return Property(
            name=fixed.name,
            label=fixed.label,
            widget=widget,  # type: ignore[arg-type]
            value=value,
            default=self._defaults.setdefault((ident, fixed.name), value),
            help=fixed.help,
            group=fixed.group,
            advanced=fixed.advanced,
            integer=fixed.integer,
            low=low,
            high=high,
            choices=choices if choices is not None else _string_choices(fixed.prop, widget),
            proxies=proxies,
            decorations=fixed.decorations,
        )

    def _proxies(self, prop: Any, depth: int) -> tuple[list[ProxyState], list[Choice]]:
        domain = domain_of(prop, "vtkSMProxyListDomain")
        if domain is None or depth >= MAX_DEPTH:
            return [], []
        inner = [domain.GetProxy(index) for index in range(domain.GetNumberOfProxies())]
        states = [self.describe(proxy, "proxy", depth + 1) for proxy in inner]
        return states, [Choice(state.id, state.label) for state in states]

    def shows(self, ident: str, name: str) -> bool:
        """Whether a property belongs to what the panels show of a proxy."""
        return any(fixed.name == name for fixed in self._fixed.get(ident, []))

    def forget(self, alive: set[str]) -> None:
        """Drops what is known of proxies that are gone."""
        self._defaults = {key: value for key, value in self._defaults.items() if key[0] in alive}
        self._fixed = {ident: fixed for ident, fixed in self._fixed.items() if ident in alive}


def _fixed_parts(proxy: Proxy) -> list[_Fixed]:
    groups = _groups(proxy)
    return [
        _fix(name, prop, groups.get(name)) for name, prop in properties(proxy) if _wanted(name, prop, groups.get(name))
    ]


def _fix(name: str, prop: Any, group: Optional[Any]) -> _Fixed:
    widget = values.widget_of(prop)
    return _Fixed(
        name=name,
        prop=prop,
        label=str(prop.GetXMLLabel() or name),
        help=documentation(prop),
        group=str(group.GetXMLLabel()) if group is not None and group.GetXMLLabel() else None,
        advanced="advanced" in (prop.GetPanelVisibility(), group.GetPanelVisibility() if group is not None else None),
        integer=values.is_integer(prop),
        widget=widget,
        decorations=_decorations(prop),
        choices=_fixed_choices(prop, widget),
        input_types=_input_types(prop),
    )


def _input_types(prop: Any) -> list[tuple[list[str], bool]]:
    found = []
    for element in hint_elements(prop, "PropertyWidgetDecorator"):
        if element.GetAttribute("type") == "InputDataTypeDecorator" and element.GetAttribute("mode") == "visibility":
            found.append(((element.GetAttribute("name") or "").split(), element.GetAttribute("exclude") == "1"))
    return found


def _groups(proxy: Proxy) -> dict[str, Any]:
    found: dict[str, Any] = {}
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


def _fixed_choices(prop: Any, widget: str) -> Optional[list[Choice]]:
    if widget not in ("choice", "array"):
        return []
    domain = domain_of(prop, "vtkSMEnumerationDomain") if widget == "choice" else None
    if domain is None:
        return None
    entries = range(domain.GetNumberOfEntries())
    return [Choice(int(domain.GetEntryValue(index)), str(domain.GetEntryText(index))) for index in entries]


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
