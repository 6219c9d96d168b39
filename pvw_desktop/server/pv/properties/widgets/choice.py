"""One of several values that have names."""

from __future__ import annotations

from typing import Any, Optional

from pvw_desktop.protocol.messages.proxy import Choice

from ...core.owned import domains
from ...core.texts import text_of
from ..access import domain_of
from .kind import Kind, is_single, is_text, strings


class OneOf(Kind):
    name = "choice"

    def fits(self, prop: Any) -> bool:
        named = "vtkSMStringListDomain" if is_text(prop) else "vtkSMEnumerationDomain"
        return domain_of(prop, named) is not None and is_single(prop)

    def fixed_choices(self, prop: Any) -> Optional[list[Choice]]:
        domain = domain_of(prop, "vtkSMEnumerationDomain")
        if domain is None:
            return None
        entries = range(domain.GetNumberOfEntries())
        return [Choice(int(domain.GetEntryValue(index)), text_of(domain.GetEntryText(index))) for index in entries]

    def choices(self, prop: Any) -> list[Choice]:
        listed = [domain for domain in domains(prop) if domain.IsA("vtkSMStringListDomain")]
        texts = [text_of(name) for domain in listed for name in strings(domain)]
        return [Choice(text, text) for text in texts]
