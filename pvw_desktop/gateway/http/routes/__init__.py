"""The routes of the application, one file a domain. Importing this fills the table of routes."""

from ....protocol.registry import load_folder
from .registry import ROUTES, Routes, Site

__all__ = ["ROUTES", "Routes", "Site"]

load_folder(__name__)
