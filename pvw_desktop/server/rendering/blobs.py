"""Sizes of a scene's arrays, and which a scene names. Knows no ParaView and no channel."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, Optional

from pvw_desktop.protocol.messages.scene import Blob, Scene, ScenePart

ITEM_BYTES = {
    "float32": 4, "float64": 8, "int8": 1, "uint8": 1, "int16": 2, "uint16": 2, "int32": 4, "uint32": 4,
}  # fmt: skip


def size_of(blob: Blob) -> int:
    """Bytes of a blob."""
    return ITEM_BYTES[blob.type] * blob.components * blob.items


def blobs_of_part(part: ScenePart) -> Iterator[Blob]:
    """The blobs that a part names."""
    for owner in (part.mesh, part.volume):
        if owner is not None:
            for field in dataclasses.fields(owner):
                value: Optional[Any] = getattr(owner, field.name)
                if isinstance(value, Blob):
                    yield value


def blobs_of(scene: Scene) -> Iterator[Blob]:
    """All blobs that a scene names; one may come more than once."""
    if scene.annotations is not None:
        yield scene.annotations
    for part in scene.parts:
        yield from blobs_of_part(part)
