"""The table of handlers: (context, typed parameters) -> a result dataclass, or None for an empty result."""

from pvw_desktop.protocol.registry import Handlers

HANDLERS = Handlers("server")
handles = HANDLERS.handles
