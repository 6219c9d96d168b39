"""What registers is found in its folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pvw_desktop.protocol.registry import load_folder


def test_every_file_of_a_folder_is_loaded_and_named_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "pvw_loaded"
    folder.mkdir()
    (folder / "__init__.py").write_text("found = []\n")
    for name in ("b", "a"):
        (folder / f"{name}.py").write_text(f"from . import found\nfound.append({name!r})\n")
    (folder / "c.txt").write_text("no Python")
    monkeypatch.syspath_prepend(str(tmp_path))
    import pvw_loaded  # type: ignore[import-not-found]  # written above

    load_folder("pvw_loaded")
    assert pvw_loaded.found == ["a", "b"]
    for name in ("pvw_loaded", "pvw_loaded.a", "pvw_loaded.b"):
        monkeypatch.delitem(sys.modules, name)
