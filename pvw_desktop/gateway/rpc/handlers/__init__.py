"""The methods that the gateway answers itself, one file a domain: (client, parameters) -> result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...session.clients import Client
from ...session.session import Session
from . import files, session, view

Answer = Callable[[Client, Any], Any]
"""Gives a result dataclass or None, or an awaitable of one. What returns at once is answered in order."""


def answers_of(link: Session, app_version: str) -> dict[str, Answer]:
    """Every method that is declared with answered_by="gateway", and how it is answered."""
    return {
        **session.answers(link, app_version),
        **files.answers(link),
        **view.answers(link),
    }
