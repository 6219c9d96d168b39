"""A file is the old one or the new one, never half of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pvw_desktop.launcher.system.files import write_atomically


def test_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a é"
    write_atomically(path, "one")
    write_atomically(path, "two é", mode=0o640)
    assert path.read_text("utf-8") == "two é" and path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    write_atomically(path, "one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, "two")
    assert path.read_text() == "one" and list(tmp_path.iterdir()) == [path]
