"""Sentences for a person."""

from __future__ import annotations

import pytest

from pvw_desktop.errors import reason_of, say, sentences


@pytest.mark.parametrize(
    ("message", "hint", "text"),
    [
        ("it broke", None, "it broke."),
        ("it broke.", "fix it", "it broke. fix it."),
        ("did it break?", "", "did it break?"),
        (" a ", " b! ", "a. b!"),
    ],
)
def test_sentences(message: str, hint: str | None, text: str) -> None:
    assert sentences(message, hint) == text


def test_say(capsys: pytest.CaptureFixture[str]) -> None:
    say("it broke", "fix it")
    assert capsys.readouterr().err == "pvw-desktop: it broke. fix it.\n"


def test_nobody_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    say("nothing happens")


def test_reason() -> None:
    assert reason_of(OSError(28, "No space left on device", "/x")) == "no space left on device"
    assert reason_of(OSError()) == "OSError"
