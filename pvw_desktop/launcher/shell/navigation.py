"""Which addresses the window may show. Pure; knows no toolkit."""

from __future__ import annotations

from urllib.parse import urlsplit


def belongs(url: str, origin: str) -> bool:
    """Whether an address is the application's page, something it made itself, or nothing at all."""
    if url in ("", "about:blank", "about:srcdoc"):
        return True
    try:
        parts = urlsplit(url.removeprefix("blob:"))
    except ValueError:
        return False
    return bool(origin) and f"{parts.scheme}://{parts.netloc}" == origin
