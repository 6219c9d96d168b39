"""One file a domain: (context, typed parameters) -> result. They know no sockets."""


def load() -> None:
    """Imports every domain, which fills registry.HANDLERS; raises where a method of the server has no handler."""
    from . import catalog, color, display, files, pipeline, proxy, time, view
    from .registry import HANDLERS

    del catalog, color, display, files, pipeline, proxy, time, view
    if HANDLERS.missing():
        raise RuntimeError(f"no handler for {', '.join(sorted(HANDLERS.missing()))}")
