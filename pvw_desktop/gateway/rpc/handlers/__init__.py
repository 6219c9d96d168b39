"""The methods that the gateway answers itself, one file a domain. Importing this fills the table of handlers."""

from . import files, session, view
from .registry import HANDLERS, Handler

__all__ = ["HANDLERS", "Handler", "files", "session", "view"]
