"""Every method, notification and topic, one file a domain. Importing this package fills the registry's tables."""

from . import catalog, color, common, display, files, pipeline, proxy, scene, session, time, view

__all__ = ["catalog", "color", "common", "display", "files", "pipeline", "proxy", "scene", "session", "time", "view"]
