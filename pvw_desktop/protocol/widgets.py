"""The kinds of widget that edit a property, each declared once: its name, its value on the wire, and who may set it.

The server implements each in `server/pv/properties/widgets/<name>.py`, the page in `www/src/widgets/<Name>Widget.vue`.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal


@dataclasses.dataclass(frozen=True)
class WidgetKind:
    """One kind."""

    name: str
    value: str
    """What the value is, for docs/protocol.md."""
    role: str = "control"
    """The lowest role that may set such a property."""


WIDGETS: dict[str, WidgetKind] = {
    kind.name: kind
    for kind in (
        WidgetKind("bool", "true or false"),
        WidgetKind("number", "a number"),
        WidgetKind("slider", "a number; `low` and `high` are the ends of the useful range"),
        WidgetKind("vector", "a list of numbers, always as many"),
        WidgetKind("values", "a list of numbers of any length"),
        WidgetKind("color", "red, green, blue, each 0 to 1"),
        WidgetKind("choice", "the `value` of one of `choices`"),
        WidgetKind("text", "text", role="host"),
        WidgetKind("multiline", "text of several lines", role="host"),
        WidgetKind("arrays", "a list of [name, on] pairs"),
        WidgetKind("array", "[association, name]"),
        WidgetKind("input", "{node, port}"),
        WidgetKind("proxy", "the id of one of `proxies`"),
        WidgetKind("file", "the path of a file", role="host"),
        WidgetKind("label", "read-only", role="host"),
    )
}

if TYPE_CHECKING:
    Widget = str
else:
    Widget = Literal[tuple(WIDGETS)]
