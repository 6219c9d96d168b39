"""Versions in texts and paths, and their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from pvw_desktop.launcher.discovery.candidate import Version


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("5.11.0", Version(5, 11, 0)),
        ("paraview-5.11", Version(5, 11)),
        ("6.0.1-RC1", Version(6, 0, 1)),
        ("none", None),
        ("", None),
    ],
)
def test_parse(text: str, version: Version | None) -> None:
    assert Version.parse(text) == version


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("/opt/ParaView-5.13.1-MPI-Linux-Python3.10-x86_64/bin/pvpython", Version(5, 13, 1)),
        ("/Applications/ParaView-6.0.0.app/Contents/bin/pvpython", Version(6, 0, 0)),
        ("C:/Program Files/ParaView 5.13.1/bin/pvpython.exe", Version(5, 13, 1)),
        ("/opt/paraview_5.12/bin/pvpython", Version(5, 12)),
        ("/opt/ParaView-5.10.0/old/ParaView-5.11.2/bin/pvpython", Version(5, 11, 2)),
        ("/usr/bin/pvpython", None),
        ("/opt/python3.10/bin/pvpython", None),
    ],
)
def test_in_path(path: str, version: Version | None) -> None:
    assert Version.in_path(Path(path)) == version


def test_order() -> None:
    versions = [Version(5, 9, 1), Version(5, 10), Version(5, 10, 1), Version(5, 11), Version(6, 0, 0)]
    assert sorted(reversed(versions)) == versions


def test_words() -> None:
    assert (str(Version(5, 11)), str(Version(5, 11, 0))) == ("5.11", "5.11.0")
