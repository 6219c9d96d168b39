"""A number."""

from __future__ import annotations

from typing import Any

from .kind import Kind


class Number(Kind):
    name = "number"

    def fits(self, prop: Any) -> bool:
        return True
