"""The methods that the gateway answers itself, one file a domain. Importing this fills the table of handlers."""

from ....protocol.registry import load_folder
from .registry import HANDLERS, Handler

__all__ = ["HANDLERS", "Handler"]

load_folder(__name__)
