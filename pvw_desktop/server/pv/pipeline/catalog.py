"""The sources and filters ParaView offers, and whether one accepts a given input."""

from __future__ import annotations

from typing import Any, Optional

from pvw_desktop.protocol.messages.catalog import CatalogItem

from ..core.engine import Engine
from ..core.owned import definitions, domains
from ..properties.access import Proxy, documentation, hint_elements, input_property, label_of, type_names

_RUNS_CODE = frozenset(("SelectionQuerySource", "AnnotateAttributeData", "ProgrammableAnnotation", "PythonCalculator"))
"""Proxies that evaluate Python text and whose VTK class does not say so."""


def runs_code(proxy: Proxy) -> bool:
    """Whether a proxy executes Python text it is given: for the host alone."""
    vtk_class = str(proxy.GetVTKClassName() or "")
    name = str(proxy.GetXMLName())
    return name in _RUNS_CODE or any(word in part for part in (vtk_class, name) for word in ("Python", "Programmable"))


_CRASHES = {
    "ContingencyStatistics": "while fewer than two Variables of Interest are chosen",
    "QuadratureSchemeDictionaryGenerator": (
        "when it is shown on a mesh with hexahedra, voxels, wedges or pyramids, for which it has no rule"
    ),
}
"""Filters that end ParaView's process when they are applied as they begin, with when: seen with ParaView 5.11.
Contingency Statistics makes a pair of its only column and one without a name, and reads past it; a clip of an image
made that a crash. The dictionary stops at a cell without a rule, and whoever draws it takes the rule for granted; it
has rules for triangles, quadrilaterals and tetrahedra."""


class Catalog:
    """Everything that can be created, described once."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._prototypes: list[tuple[str, str, Proxy]] = []

    def items(self, node: Optional[Proxy], port: int) -> list[CatalogItem]:
        """All sources and filters by label; with a node, filters say why they do not take its output."""
        found = [self._item(*kind, node, port) for kind in self._all()]
        return sorted(found, key=lambda item: (item.label.lower(), item.group))

    def item(self, group: str, name: str, node: Optional[Proxy], port: int) -> Optional[CatalogItem]:
        """One of the items; None where it is not among them."""
        kind = next((kind for kind in self._all() if kind[:2] == (group, name)), None)
        return self._item(*kind, node, port) if kind is not None else None

    def _item(self, group: str, name: str, prototype: Proxy, node: Optional[Proxy], port: int) -> CatalogItem:
        return CatalogItem(
            group=group,
            name=name,
            label=label_of(prototype),
            help=documentation(prototype),
            reason=self._reason(group, prototype, node, port),
            warning=self.warning(prototype),
        )

    @staticmethod
    def warning(proxy: Proxy) -> Optional[str]:
        """A sentence to be read before Apply, where it is known to take ParaView down."""
        words = _CRASHES.get(str(proxy.GetXMLName())) if proxy.GetXMLGroup() == "filters" else None
        return f"{label_of(proxy)} is known to crash ParaView {words}. Your work is saved before." if words else None

    def is_harmless(self, group: str, name: str) -> bool:
        """Whether anybody with control may create it: it is offered in the menus and runs no code."""
        return any((group, name) == (where, known) and not runs_code(proxy) for where, known, proxy in self._all())

    def _all(self) -> list[tuple[str, str, Proxy]]:
        if not self._prototypes:
            for group in ("sources", "filters"):
                for name in definitions(self._engine.pxm, group):
                    prototype = self._engine.pxm.GetPrototypeProxy(group, name)
                    if prototype is not None and _offered(group, prototype):
                        self._prototypes.append((group, name, prototype))
        return self._prototypes

    def _reason(self, group: str, prototype: Proxy, node: Optional[Proxy], port: int) -> Optional[str]:
        if group == "sources":
            return None
        if node is None:
            return "needs an input: select an item of the pipeline first"
        prop = input_property(prototype)
        if prop is None:
            return "takes no input"
        prop.RemoveAllUncheckedProxies()
        prop.AddUncheckedProxy(node)
        if hasattr(prop, "SetUncheckedInputConnection"):
            prop.SetUncheckedInputConnection(0, node, port)
        fits = prop.IsInDomains()
        reason = None if fits else _unmet(prop)
        prop.RemoveAllUncheckedProxies()
        return reason


def _offered(group: str, prototype: Proxy) -> bool:
    """As in ParaView's menus: no readers, nothing that its XML marks as not for a menu or deprecated."""
    if any(True for _ in hint_elements(prototype, "ReaderFactory")):
        return False
    if not prototype.IsA("vtkSMSourceProxy"):
        return False
    shown = [element for element in hint_elements(prototype, "ShowInMenu")]
    if group == "sources":
        return bool(shown) or prototype.GetXMLName() in _SOURCES
    return input_property(prototype) is not None


_SOURCES = frozenset(
    "RTAnalyticSource SphereSource ConeSource CubeSource CylinderSource DiskSource ArrowSource PlaneSource LineSource "
    "PointSource SuperquadricSource TextSource OutlineSource AxesSource BoxSource Mandelbrot TimeSource "
    "FastUniformGrid UnstructuredCellTypes SplineSource EllipseSource HyperTreeGridSource RulerSource "
    "ProgrammableSource".split()
)


def _unmet(prop: Any) -> str:
    needs = []
    for domain in domains(prop):
        if domain.IsInDomain(prop):
            continue
        if domain.IsA("vtkSMDataTypeDomain"):
            needs.append(_type_words(domain))
        elif domain.IsA("vtkSMInputArrayDomain"):
            needs.append(_array_words(domain))
    words = list(dict.fromkeys(word for word in needs if word))
    return "needs " + " and ".join(words) if words else "does not take this kind of data"


_TYPES = {
    "vtkPolyData": "a polygonal mesh", "vtkImageData": "an image", "vtkUnstructuredGrid": "an unstructured grid",
    "vtkStructuredGrid": "a structured grid", "vtkRectilinearGrid": "a rectilinear grid", "vtkTable": "a table",
    "vtkDataSet": "a mesh or image", "vtkPointSet": "a mesh with explicit points", "vtkMolecule": "a molecule",
    "vtkHyperTreeGrid": "a hyper tree grid", "vtkGraph": "a graph", "vtkDirectedGraph": "a directed graph",
    "vtkMultiBlockDataSet": "a multi-block dataset", "vtkCompositeDataSet": "a composite dataset",
    "vtkUniformGridAMR": "an AMR dataset", "vtkHierarchicalBoxDataSet": "an AMR dataset",
    "vtkNonOverlappingAMR": "an AMR dataset", "vtkOverlappingAMR": "an AMR dataset",
    "vtkDataObjectTree": "a composite dataset", "vtkUnstructuredGridBase": "an unstructured grid",
}  # fmt: skip


def _type_words(domain: Any) -> str:
    words = dict.fromkeys(_TYPES.get(name, name[3:]) for name in type_names(domain))
    return " or ".join(words) or "another type of dataset"


def _array_words(domain: Any) -> str:
    sizes = list(domain.GetAcceptableNumbersOfComponents())
    kind = "vector" if 3 in sizes and 1 not in sizes else "scalar" if sizes == [1] else ""
    where = str(domain.GetAttributeTypeAsString() or "")
    where = where if where in ("point", "cell", "row", "field") else ""
    words = " ".join(word for word in (where, kind, "array") if word)
    return f"{'an' if words == 'array' else 'a'} {words}"
