"""catalog.*: what can be created."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Optional

from ..registry import method
from .common import Id, PortNumber


@dataclasses.dataclass(frozen=True)
class CatalogItem:
    """A source or filter that ParaView offers."""

    group: Annotated[str, "sources or filters"]
    name: Annotated[str, "ParaView's proxy name"]
    label: str
    help: str
    reason: Annotated[Optional[str], "why it cannot be created with this input; null where it can"] = None
    warning: Annotated[Optional[str], "what to know before it is applied: it may crash ParaView"] = None


@dataclasses.dataclass(frozen=True)
class Catalog:
    """Sources and filters, by label."""

    items: list[CatalogItem]


@method("catalog.list", role="control", result=Catalog)
@dataclasses.dataclass(frozen=True)
class CatalogList:
    """All sources and filters. With `node`, each filter says whether it accepts that node's output."""

    node: Optional[Id] = None
    port: PortNumber = 0
