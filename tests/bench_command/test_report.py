"""The result in words and as JSON."""

from __future__ import annotations

import dataclasses
import json

from pvw_desktop.bench.figures import Geometry, Result, Still, Turning
from pvw_desktop.bench.report import as_json, as_text

TURN = Turning(200, 41.26, 640, 400, 0.75, 34.4, 51.0, 1.0, 22.0, 1.4, 9.0, 23.0)
RESULT = Result(
    version="1.0",
    paraview="5.11.0",
    renderer="llvmpipe",
    what="wing.vtu",
    cells=1234567,
    width=1280,
    height=800,
    start=1.234,
    still=Still(1280, 800, 81.0, 70.0, 4.0, 43.0),
    full_size=dataclasses.replace(TURN, per_second=18.0, width=1280, height=800, lod=0.0),
    adaptive=TURN,
    geometry=Geometry(5_100_000, 22_000_000, 1.2, 4),
    no_geometry=None,
)


def line(text: str, begin: str) -> str:
    return next(one for one in text.splitlines() if one.startswith(begin))


def test_text() -> None:
    text = "\n".join(as_text(RESULT))
    assert text.startswith("PVW Desktop 1.0, ParaView 5.11.0, llvmpipe\nwing.vtu: 1,234,567 cells, 1280×800 pixels\n")
    assert line(text, "start").endswith("1.23 s")
    assert line(text, "images a second").split()[-2:] == ["18.0", "41.3"]
    assert line(text, "size").split()[-2:] == ["1280×800", "640×400"]
    assert "75% of the images" in line(text, "coarse") and " no " in line(text, "coarse")
    assert line(text, "geometry").endswith("5.1 MB (22.0 MB unpacked) in 1.20 s")


def test_geometry_that_there_is_none_of() -> None:
    none = dataclasses.replace(RESULT, geometry=None, no_geometry="Volumes of this kind are ParaView's alone.")
    assert line("\n".join(as_text(none)), "geometry").endswith("Volumes of this kind are ParaView's alone.")


def test_lines_fit_a_terminal() -> None:
    assert max(map(len, as_text(RESULT))) <= 80


def test_json_has_everything() -> None:
    told = json.loads(as_json(RESULT))
    assert told == dataclasses.asdict(RESULT)
    assert told["adaptive"]["per_second"] == 41.26
