"""proxy.*: properties, and the description a panel is made from."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, Literal, Optional

from ..registry import Nothing, method, topic
from ..schema import Length
from ..widgets import WIDGETS, Widget
from .common import DataArray, Id, OfView, PortNumber


@dataclasses.dataclass(frozen=True)
class Choice:
    """One value of an enumeration or list."""

    value: Any
    label: str


@dataclasses.dataclass(frozen=True)
class Decoration:
    """Shows or enables a property by the value of another of the same proxy, or of one of several."""

    mode: Literal["visibility", "enabled"]
    property: str
    values: Annotated[list[Any], "one of which is met; for a proxy, ids of `proxies`"]
    inverse: bool = False
    compare: Annotated[
        Literal["equals", "greater", "less", "contains"], "how the property's value has to stand to one of `values`"
    ] = "equals"
    alternatives: Annotated[list[Decoration], "one that holds is as good as this one"] = dataclasses.field(
        default_factory=list
    )


@dataclasses.dataclass(frozen=True)
class Property:
    """One property: its value now and how to edit it."""

    name: str
    label: str
    widget: Annotated[Widget, "; ".join(f"{kind.name}: {kind.value}" for kind in WIDGETS.values())]
    value: Any
    default: Annotated[Any, "null where ParaView has none"] = None
    help: str = ""
    group: Annotated[Optional[str], "label of the property group"] = None
    advanced: bool = False
    integer: bool = False
    low: Annotated[Optional[float], "smallest value; of `slider` and `values`, the low end of the useful range"] = None
    high: Annotated[Optional[float], "largest value; of `slider` and `values`, the high end of the useful range"] = None
    choices: list[Choice] = dataclasses.field(default_factory=list)
    proxies: Annotated[list[ProxyState], "of widget proxy: what can be chosen, each with its own properties"] = (
        dataclasses.field(default_factory=list)
    )
    decorations: list[Decoration] = dataclasses.field(default_factory=list)


@topic("proxy/*")
@dataclasses.dataclass(frozen=True)
class ProxyState:
    """A proxy and its properties: `proxy/<id>` is a pipeline node, a representation or a view."""

    id: Id
    kind: Literal["source", "representation", "view", "proxy"]
    name: Annotated[str, "ParaView's proxy name"]
    label: str
    help: str
    properties: list[Property]


@dataclasses.dataclass(frozen=True)
class Change:
    """New values for some properties of one proxy."""

    id: Id
    values: dict[str, Any]


@method("proxy.apply", role="control", result=Nothing, effect="data", job="Applying")
@dataclasses.dataclass(frozen=True)
class ProxyApply:
    """Sets properties of pipeline nodes and of the proxies inside them, runs what depends on them, and shows nodes
    that were never applied. Where it fails or is cancelled, the values are as before."""

    changes: Annotated[list[Change], Length(256)]
    node: Annotated[Optional[Id], "the node to run, where it differs from the first change"] = None
    view: OfView = None


@method("proxy.set", role="control", result=Nothing, effect="display", latest_wins="id")
@dataclasses.dataclass(frozen=True)
class ProxySet:
    """Sets properties of a representation or view at once; a slider may send many, the last one counts."""

    id: Id
    values: dict[str, Any]


@topic("info/*")
@dataclasses.dataclass(frozen=True)
class Information:
    """What is known of an output port's data: `info/<node>/<port>`."""

    node: Id
    port: PortNumber
    type: Annotated[str, "such as Polygonal Mesh"]
    points: int
    cells: int
    memory: Annotated[int, "bytes"]
    bounds: Annotated[Optional[list[float]], "xmin, xmax, ymin, ymax, zmin, zmax; null where there are no points"]
    arrays: list[DataArray]
    times: Annotated[list[float], "time steps, where the data has any"]
    leaves: Annotated[int, "number of datasets inside a composite one; 1 for a plain dataset"] = 1
