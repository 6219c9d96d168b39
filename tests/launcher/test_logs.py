"""The application's own log holds no secret."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from pvw_desktop.launcher.logs import Limit, set_up_logging


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, as it was before."""
    logger = logging.getLogger()
    before, level = list(logger.handlers), logger.level
    yield logger
    for handler in set(logger.handlers) - set(before):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)


@pytest.mark.parametrize(
    "text",
    [
        "http://127.0.0.1:1/#k=SECRET",
        "GET /?token=SECRET&x=1",
        "Authorization: Bearer SECRET",
        '{"port": 1, "token": "SECRET"}',
        "code=1 &code=SECRET'",
    ],
)
def test_secrets_are_taken_out(root: logging.Logger, tmp_path: Path, text: str) -> None:
    set_up_logging("error", tmp_path, "one")
    logging.getLogger("pvw_desktop.test").warning("said: %s", text)
    written = (tmp_path / "launcher-one.log").read_text()
    assert "said: " in written and "SECRET" not in written


def test_stderr_has_what_was_asked_for(
    root: logging.Logger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging("warning", tmp_path, "one")
    logging.getLogger("x").info("for the file")
    logging.getLogger("x").warning("for the person")
    assert capsys.readouterr().err == "pvw-desktop: for the person\n"
    assert "for the file" in (tmp_path / "launcher-one.log").read_text()


def test_a_folder_that_cannot_be_written(
    root: logging.Logger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging("warning", tmp_path / "missing", "one")
    assert "the log cannot be written" in capsys.readouterr().err


def test_what_is_said_again_and_again_is_counted_and_not_written(root: logging.Logger, tmp_path: Path) -> None:
    set_up_logging("error", tmp_path, "one")
    for number in range(5000):
        logging.getLogger("x").warning("refused %d", number)
    logging.getLogger("x").warning("something else")
    written = (tmp_path / "launcher-one.log").read_text()
    assert written.count("refused") == 20
    assert "something else" in written


def test_how_often_it_was_said_is_told_once_there_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    limit = Limit(lambda: now[0])
    said = [record() for _ in range(50)]
    assert sum(limit.filter(item) for item in said) == 20
    now[0] = 11.0
    last = record()
    assert limit.filter(last)
    assert last.getMessage() == "again 1 (and 30 more like it)"
    assert limit.filter(record())


def record() -> logging.LogRecord:
    return logging.LogRecord("x", logging.WARNING, "a.py", 3, "again %d", (1,), None)
