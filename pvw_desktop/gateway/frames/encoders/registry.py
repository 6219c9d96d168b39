"""The table of encoders: each registers with the format that it makes, and says whether it works on this computer.

JPEG is what every client can show. A format that not every client can is used for those that say so in session.hello.
"""

from __future__ import annotations

import typing
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from ....protocol.errors import Unavailable
from ....protocol.messages.view import FrameFormat
from ..encoder import Encoder, Video

FORMATS: tuple[str, ...] = typing.get_args(FrameFormat)


class Declared(Protocol):
    """What registers: a class."""

    @staticmethod
    def available() -> bool:
        """Whether this Python can encode so."""
        ...


T = TypeVar("T", bound=type[Declared])


class Encoders:
    """The encoders of each format, the best one first."""

    def __init__(self) -> None:
        self._declared: dict[str, list[tuple[int, Any]]] = {}

    def encodes(self, format: FrameFormat, rank: int = 0) -> Callable[[T], T]:
        """Registers the decorated class as an encoder of a declared format; of several that work on this computer the
        one with the lowest rank is taken. Raises for an unknown format or a second one of the same rank."""
        if format not in FORMATS:
            raise ValueError(f"{format} is no format of frames: {', '.join(FORMATS)} are")
        known = self._declared.setdefault(format, [])
        if any(rank == other for other, _ in known):
            raise ValueError(f"{format} has two encoders of rank {rank}")

        def register(encoder: T) -> T:
            known.append((rank, encoder))
            known.sort(key=lambda item: item[0])
            return encoder

        return register

    def best(self, format: FrameFormat) -> Any:
        """The class that encodes a format here; None where none can."""
        return next((encoder for _, encoder in self._declared.get(format, []) if encoder.available()), None)


ENCODERS = Encoders()
encodes = ENCODERS.encodes


def find_encoder() -> Encoder:
    """The best encoder of single images that is installed; raises Unavailable with the command that installs one."""
    found = ENCODERS.best("jpeg")
    if found is None:
        raise Unavailable(
            "Images cannot be shown: this Python has neither simplejpeg nor Pillow.",
            "Install Pillow: `apt install python3-pil` on Debian and Ubuntu, `pip install pillow` elsewhere.",
        )
    encoder: Encoder = found()
    return encoder


def find_video() -> type[Video] | None:
    """The encoder of video; None where none is installed: every client gets JPEG then."""
    found: type[Video] | None = ENCODERS.best("h264")
    return found
