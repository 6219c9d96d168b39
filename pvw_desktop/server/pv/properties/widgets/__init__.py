"""The kinds of widget, one file each, and which of them edits a property: the first that fits, in this order."""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol.widgets import WIDGETS

from .array import Array
from .arrays import Arrays
from .bool import Bool
from .choice import OneOf
from .color import Color
from .file import File
from .input import Input
from .kind import Kind
from .label import Label
from .multiline import Multiline
from .number import Number
from .proxy import ProxyChoice
from .slider import Slider
from .text import Text
from .values import Values
from .vector import Vector

KINDS: tuple[Kind, ...] = (
    Label(), Input(), ProxyChoice(), Arrays(), Array(), File(), Bool(), OneOf(), Multiline(), Text(), Values(),
    Color(), Vector(), Slider(), Number(),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}
FOLLOWS_DATA = ("slider", "number")
"""Kinds between which a property changes with its data: whether a useful range is known. In the order of KINDS."""

if set(BY_NAME) != set(WIDGETS):
    raise RuntimeError(f"kinds of widget without a declaration, or the other way round: {set(BY_NAME) ^ set(WIDGETS)}")


def kind_of(prop: Any) -> Kind:
    """The kind of widget that edits this property."""
    return next(kind for kind in KINDS if kind.fits(prop))


def kind_now(prop: Any, was: str) -> Kind:
    """The kind of a property that had this one before: as kind_of, and asked of ParaView only where it can change."""
    if was not in FOLLOWS_DATA:
        return BY_NAME[was]
    return next(BY_NAME[name] for name in FOLLOWS_DATA if BY_NAME[name].fits(prop))
