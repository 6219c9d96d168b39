"""Encoders register with a format of the wire, and the best that works here is taken."""

from __future__ import annotations

from typing import Any

import pytest

from pvw_desktop.gateway.frames.encoders.registry import Encoders


def encoder(works: bool) -> Any:
    class Found:
        @staticmethod
        def available() -> bool:
            return works

    return Found


def test_the_lowest_rank_that_works_is_taken_whoever_registered_first() -> None:
    table, broken, quick, slow = Encoders(), encoder(False), encoder(True), encoder(True)
    for rank, item in ((2, slow), (0, broken), (1, quick)):
        assert table.encodes("jpeg", rank)(item) is item
    assert table.best("jpeg") is quick
    assert table.best("h264") is None


def test_what_cannot_be_registered() -> None:
    table = Encoders()
    unknown: Any = "gif"
    with pytest.raises(ValueError, match="gif is no format of frames: jpeg, h264 are"):
        table.encodes(unknown)
    table.encodes("h264")(encoder(True))
    with pytest.raises(ValueError, match="two encoders of rank 0"):
        table.encodes("h264")
