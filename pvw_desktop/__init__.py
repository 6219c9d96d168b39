"""PVW Desktop: ParaView behind a page, as a desktop application."""

__version__ = "0.1.0"
