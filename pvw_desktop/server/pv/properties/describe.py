"""A proxy's properties as the panels need them: labels, groups, widgets, limits, choices, decorations."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, Optional

from pvw_desktop.protocol.messages.proxy import Choice, Decoration, Property, ProxyState

from ..core.engine import Engine
from ..core.owned import properties
from . import decorators
from .access import Proxy, documentation, domain_of, hint_elements, label_of, type_names
from .widgets import kind_now, kind_of
from .widgets.kind import is_integer

MAX_DEPTH = 2
"""Proxies inside proxies are described this deep: a slice has a plane, nothing in use goes deeper."""

_HIDDEN = {"Input", "Representation", "ViewSize", "ViewPosition", "ViewTime", "LookupTable", "ScalarOpacityFunction"}
_SPECIAL_WIDGETS = {"representation_selector", "opacity_transfer_function_editor", "transfer_function_editor"}

_OF_THE_FILE = {"file", "arrays"}
_OF_ANY_READER = {"TimeArray"}
"""Settings that many readers share and that no file needs in order to be read."""


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
    choices: Optional[list[Choice]]
    """None where the choices follow the data."""
    clauses: dict[str, decorators.Clauses]
    """When it is seen and when it can be changed."""


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
            label=label_of(proxy),
            help=documentation(proxy),
            properties=[
                self._property(ident, fixed, decorations, depth)
                for fixed, decorations in _seen(proxy, self._fixed[ident])
            ],
        )

    def _property(self, ident: str, fixed: _Fixed, decorations: list[Decoration], depth: int) -> Property:
        kind = kind_now(fixed.prop, fixed.widget)
        widget, value = kind.name, kind.get(self._engine, fixed.prop)
        low, high = _limits(fixed.prop) if widget in ("slider", "values", "number") else (None, None)
        proxies, choices = self._proxies(fixed.prop, depth) if widget == "proxy" else ([], fixed.choices)
        return Property(
            name=fixed.name,
            label=fixed.label,
            widget=widget,
            value=value,
            default=self._defaults.setdefault((ident, fixed.name), value),
            help=fixed.help,
            group=fixed.group,
            advanced=fixed.advanced,
            integer=fixed.integer,
            low=low,
            high=high,
            choices=choices if choices is not None else kind.choices(fixed.prop),
            proxies=proxies,
            decorations=decorations,
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

    def has_settings(self, reader: Proxy) -> bool:
        """Whether a reader has more to set than its files and what is taken from them: what fails may be set right."""
        return any(
            fixed.widget not in _OF_THE_FILE and fixed.name not in _OF_ANY_READER for fixed in _fixed_parts(reader)
        )

    def forget(self, alive: set[str]) -> None:
        """Drops what is known of proxies that are gone."""
        self._defaults = {key: value for key, value in self._defaults.items() if key[0] in alive}
        self._fixed = {ident: fixed for ident, fixed in self._fixed.items() if ident in alive}


def _seen(proxy: Proxy, parts: list[_Fixed]) -> Iterator[tuple[_Fixed, list[Decoration]]]:
    """What can be seen at all as things are now, with what the page has to decide."""
    widgets = {part.name: part.widget for part in parts}
    seen = {part.name: decorators.decide(proxy, part.clauses["visibility"], widgets) for part in parts}
    widgets = {name: widget for name, widget in widgets.items() if seen[name] is not None}
    for part in parts:
        found = seen[part.name]
        if any(one.property not in widgets for test in found or () for one in (test, *test.alternatives)):
            found = decorators.decide(proxy, part.clauses["visibility"], widgets)  # the page has no such value
        if found is not None:
            can_change = decorators.decide(proxy, part.clauses["enabled"], widgets)
            yield part, found + ([Decoration("enabled", part.name, [])] if can_change is None else can_change)


def _fixed_parts(proxy: Proxy) -> list[_Fixed]:
    groups = _groups(proxy)
    return [
        _fix(proxy, name, prop, groups.get(name))
        for name, prop in properties(proxy)
        if _wanted(name, prop, groups.get(name))
    ]


def _fix(proxy: Proxy, name: str, prop: Any, group: Optional[Any]) -> _Fixed:
    kind = kind_of(prop)
    return _Fixed(
        name=name,
        prop=prop,
        label=str(prop.GetXMLLabel() or name),
        help=documentation(prop),
        group=str(group.GetXMLLabel()) if group is not None and group.GetXMLLabel() else None,
        advanced="advanced" in (prop.GetPanelVisibility(), group.GetPanelVisibility() if group is not None else None),
        integer=is_integer(prop),
        widget=kind.name,
        choices=kind.fixed_choices(prop),
        clauses=decorators.clauses_of(proxy, prop, group),
    )


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
        return not _takes_selection(prop)
    if not prop.IsA("vtkSMProxyProperty"):
        return bool(prop.IsA("vtkSMVectorProperty"))  # the rest are commands, such as Refresh
    return domain_of(prop, "vtkSMProxyListDomain") is not None


def _takes_selection(prop: Any) -> bool:
    """Made by selecting in the view: no item of the pipeline is one."""
    domain = domain_of(prop, "vtkSMDataTypeDomain")
    return (domain is not None and type_names(domain) == ["vtkSelection"]) or any(
        True for _ in hint_elements(prop, "SelectionInput")
    )


def _limits(prop: Any) -> tuple[Optional[float], Optional[float]]:
    domain = domain_of(prop, "vtkSMDoubleRangeDomain", "vtkSMIntRangeDomain")
    if domain is None:
        return None, None
    low = float(domain.GetMinimum(0)) if domain.GetMinimumExists(0) else None
    high = float(domain.GetMaximum(0)) if domain.GetMaximumExists(0) else None
    return low, high
