"""catalog.*"""

from __future__ import annotations

from pvw_desktop.protocol.messages.catalog import Catalog, CatalogList

from ..application import Application
from .registry import handles


@handles("catalog.list")
def list_items(app: Application, params: CatalogList) -> Catalog:
    node = app.bench.engine.node(params.node) if params.node is not None else None
    return Catalog(app.bench.catalog.items(node, params.port))
