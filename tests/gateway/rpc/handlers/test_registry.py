"""Handlers register once, and only for what is declared as the gateway's."""

from __future__ import annotations

import pytest

from pvw_desktop.gateway.rpc.handlers import HANDLERS
from pvw_desktop.gateway.rpc.handlers.registry import handles


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("session.ping", "has two handlers"),
        ("files.open", "is no method of the gateway"),
        ("no.such", "is no method of the gateway"),
    ],
)
def test_no_second_and_no_foreign_one(name: str, words: str) -> None:
    before = dict(HANDLERS)
    with pytest.raises(ValueError, match=words):
        handles(name)
    assert before == HANDLERS
