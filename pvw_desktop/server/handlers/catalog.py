"""catalog.*"""

from __future__ import annotations

from pvw_desktop.protocol.messages.catalog import Catalog, CatalogList

from ..context import Context
from .registry import handles


@handles("catalog.list")
def list_items(context: Context, params: CatalogList) -> Catalog:
    node = context.paraview.engine.node(params.node) if params.node is not None else None
    return Catalog(context.paraview.catalog.items(node, params.port))
