"""What is written twice says the same twice: generated files, versions, locks, icons."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pvw_desktop import __version__
from pvw_desktop.protocol.__main__ import generated_files
from tests.sources import ROOT


@pytest.mark.parametrize("path", generated_files(), ids=lambda path: path.name)
def test_generated_file_is_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == generated_files()[path], "run `make generate`"


def test_changelog_starts_with_this_version() -> None:
    heads = re.findall(r"^## \[?([^\]\s]+)\]?", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert [head for head in heads if head != "Unreleased"][0] == __version__


def test_metainfo_and_page_have_this_version() -> None:
    metainfo = ElementTree.parse(ROOT / "packaging/linux/org.pvw.Desktop.metainfo.xml")
    release = metainfo.find("releases/release")
    assert release is not None and release.get("version") == __version__
    for name in ("package.json", "package-lock.json"):
        assert json.loads((ROOT / "www" / name).read_text("utf-8"))["version"] == __version__, name


def test_locks_fit_what_they_lock() -> None:
    check = subprocess.run([sys.executable, ROOT / "packaging/check_locks.py"], capture_output=True, text=True)
    assert check.returncode == 0, check.stderr


def test_icons_are_of_their_size() -> None:
    from PIL import Image

    for path in sorted((ROOT / "icons" / "png").glob("*.png")):
        with Image.open(path) as image:
            assert image.size == (int(path.stem), int(path.stem)), path.name
    with Image.open(ROOT / "icons" / "app.ico") as image:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= image.info["sizes"]
