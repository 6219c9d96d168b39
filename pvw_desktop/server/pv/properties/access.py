"""How the properties of proxies are read and written, and what their XML says about them. Knows no kinds of proxy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Optional

from ..core.owned import domains, properties
from ..core.texts import words_of

Proxy = Any
"""A vtkSMProxy. ParaView's modules carry no types."""


def input_property(proxy: Proxy) -> Any:
    """The property that takes the main input: `Input`, or the first input property there is."""
    named = proxy.GetProperty("Input")
    if named is not None:
        return named
    return next((prop for _, prop in properties(proxy) if prop.IsA("vtkSMInputProperty")), None)


def domain_of(prop: Any, *classes: str) -> Any:
    """The first domain of one of these VTK classes (or derived from it), in the order of the classes; or None."""
    found = list(domains(prop))
    for name in classes:
        for domain in found:
            if domain.IsA(name):
                return domain
    return None


def type_names(domain: Any) -> list[str]:
    """The classes of a vtkSMDataTypeDomain, by its own text: `Input must be vtkPointSet, vtkImageData, or vtkTable`."""
    return re.findall(r"vtk\w+", str(domain.GetDomainDescription() or ""))


def hint_elements(owner: Any, name: str) -> Iterator[Any]:
    """The XML elements called `name` directly inside the hints of a proxy or property."""
    hints = owner.GetHints()
    if hints is not None:
        for index in range(hints.GetNumberOfNestedElements()):
            element = hints.GetNestedElement(index)
            if element.GetName() == name:
                yield element


def label_of(proxy: Proxy) -> str:
    """What a person calls this kind of proxy: ParaView's label, put into words where it is only a name."""
    label = str(proxy.GetXMLLabel())
    return words_of(label) if label == proxy.GetXMLName() else label


def sentence(text: Optional[str]) -> str:
    """Documentation text with its XML indentation taken out."""
    return " ".join((text or "").split())


def documentation(owner: Any) -> str:
    """The help text of a proxy or property."""
    found = owner.GetDocumentation()
    return sentence(found.GetDescription()) if found is not None else ""


def set_elements(proxy: Proxy, name: str, elements: Iterable[Any]) -> None:
    """Sets a vector property without pushing it."""
    prop = proxy.GetProperty(name)
    for index, element in enumerate(elements):
        prop.SetElement(index, element)


def get_elements(proxy: Proxy, name: str) -> list[Any]:
    """The elements of a vector property."""
    prop = proxy.GetProperty(name)
    return [prop.GetElement(index) for index in range(prop.GetNumberOfElements())]
