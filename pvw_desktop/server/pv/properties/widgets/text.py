"""A line of text."""

from __future__ import annotations

from typing import Any

from .kind import Kind, is_text


class Text(Kind):
    name = "text"

    def fits(self, prop: Any) -> bool:
        return is_text(prop)
