"""The name of a file."""

from __future__ import annotations

from typing import Any

from ..access import domain_of
from .kind import Kind, is_text


class File(Kind):
    name = "file"

    def fits(self, prop: Any) -> bool:
        return is_text(prop) and domain_of(prop, "vtkSMFileListDomain") is not None
