"""One file a domain: (context, typed parameters) -> result. They know no sockets."""

from pvw_desktop.protocol.registry import load_folder


def load() -> None:
    """Imports every domain, which fills registry.HANDLERS; raises where a method of the server has no handler."""
    load_folder(__name__)
    from .registry import HANDLERS

    if HANDLERS.missing():
        raise RuntimeError(f"no handler for {', '.join(sorted(HANDLERS.missing()))}")
