"""What the process prints: whole lines, no escapes, a bounded file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvw_desktop.launcher.paraview import server_log
from pvw_desktop.launcher.paraview.server_log import LINE_BYTES, TAIL_LINES, ServerLog, drop_old_logs


def test_lines_in_pieces() -> None:
    log = ServerLog(None)
    for piece in (b"one\ntw", b"o\n", b"thr", "é".encode()[:1]):
        log.feed(piece)
    log.feed("é".encode()[1:])
    assert log.tail() == ["one", "two"]
    log.flush()
    assert log.tail() == ["one", "two", "thré"]


@given(st.lists(st.binary(max_size=50)))
def test_pieces_do_not_matter(pieces: list[bytes]) -> None:
    whole, split = ServerLog(None), ServerLog(None)
    whole.feed(b"".join(pieces))
    for piece in pieces:
        split.feed(piece)
    whole.flush()
    split.flush()
    assert whole.tail() == split.tail()


def test_escapes_and_controls_are_taken_out() -> None:
    log = ServerLog(None)
    log.feed(b"\x1b[0m\x1b[31mERR|\x1b[0m bad\x07\x00 thing\r\n\x1b]0;title\x07shown\n\n   \n")
    assert log.tail() == ["ERR| bad thing", "shown"]


def test_a_line_without_an_end_does_not_fill_the_memory() -> None:
    log = ServerLog(None)
    for _ in range(100):
        log.feed(b"x" * 10_000)
    assert len(log.tail()) <= TAIL_LINES
    assert max(map(len, log.tail())) <= LINE_BYTES


def test_what_is_printed_without_end_is_left_out_and_told(tmp_path: Path) -> None:
    now = [0.0]
    log = ServerLog(tmp_path / "x.log", lambda: now[0])
    for _ in range(1000):
        log.feed(b"the same again and again\n" * 2000)
    now[0] = 10.0
    log.feed(b"the last words\n")
    log.flush()
    said = log.tail()
    assert said[-1] == "the last words"
    assert "bytes were left out here" in said[-2]
    written = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert written < 4 * server_log.BURST_BYTES
    log.close()


def test_the_tail_starts_with_the_process() -> None:
    log = ServerLog(None)
    log.feed(b"of the old one\n")
    log.mark("--- pvpython")
    log.feed(b"of the new one\n")
    assert log.tail() == ["of the new one"]


def test_the_file_has_everything_and_rotates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_log, "FILE_BYTES", 2000)
    log = ServerLog(tmp_path / "paraview-a.log")
    log.mark("--- pvpython")
    log.feed(b"".join(b"line %d\n" % number for number in range(1000)))
    log.close()
    files = sorted(tmp_path.iterdir())
    assert len(files) == server_log.FILES
    assert all(path.stat().st_size <= 2000 for path in files)
    assert "line 999" in (tmp_path / "paraview-a.log").read_text()


def test_a_file_that_cannot_be_made_costs_the_file_only(tmp_path: Path) -> None:
    log = ServerLog(tmp_path / "missing" / "x.log")
    log.feed(b"still here\n")
    assert log.tail() == ["still here"]


def test_old_sessions_logs_go(tmp_path: Path) -> None:
    for age, session in enumerate(("new", "middle", "old")):
        for name in (f"paraview-{session}.log", f"paraview-{session}.log.1", f"launcher-{session}.log"):
            (tmp_path / name).touch()
            os.utime(tmp_path / name, (1000 - age, 1000 - age))
    drop_old_logs(tmp_path, keep=2)
    assert {path.name.split(".")[0].split("-")[1] for path in tmp_path.iterdir()} == {"new", "middle"}
    assert len(list(tmp_path.iterdir())) == 6
