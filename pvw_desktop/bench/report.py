"""The result as text for a person or as JSON for a program. Pure."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator

from .figures import Result, Turning

ROWS: tuple[tuple[str, Callable[[Turning], str]], ...] = (
    ("images a second", lambda turn: f"{turn.per_second:.1f}"),
    ("motion → image, half are quicker", lambda turn: f"{turn.motion_to_image:.0f} ms"),
    ("motion → image, 95 % are quicker", lambda turn: f"{turn.motion_to_image_p95:.0f} ms"),
    ("  waiting for the image before", lambda turn: f"{turn.wait:.1f} ms"),
    ("  render and read-back", lambda turn: f"{turn.render:.1f} ms"),
    ("  compressing", lambda turn: f"{turn.encode:.1f} ms"),
    ("  the rest", lambda turn: f"{turn.rest:.1f} ms"),
    ("size", lambda turn: f"{turn.width}×{turn.height}"),
    ("coarse geometry", lambda turn: f"{turn.lod:.0%} of the images" if turn.lod else "no"),
    ("bytes an image", lambda turn: f"{turn.kilobytes:.0f} kB"),
)


def as_json(result: Result) -> str:
    """The result as JSON; docs/command-line.md names its fields."""
    return json.dumps(dataclasses.asdict(result), indent=2, ensure_ascii=False)


def as_text(result: Result) -> Iterator[str]:
    """The result, line by line."""
    yield f"PVW Desktop {result.version}, ParaView {result.paraview}, {result.renderer}"
    yield f"{result.what}: {result.cells:,} cells, {result.width}×{result.height} pixels"
    yield ""
    still = result.still
    yield from _lines(
        ("start → first image", f"{result.start:.2f} s"),
        ("image at rest", f"{still.motion_to_image:.0f} ms (render {still.render:.0f} ms), {still.kilobytes:.0f} kB"),
        ("geometry for a page that draws itself", _geometry(result)),
    )
    yield ""
    yield f"{'while turning':38}{'full size':>18}{'adaptive':>22}"
    for name, text in ROWS:
        yield f"{name:38}{text(result.full_size):>18}{text(result.adaptive):>22}"


def _lines(*pairs: tuple[str, str]) -> Iterator[str]:
    return (f"{name:38}  {text}" for name, text in pairs)


def _geometry(result: Result) -> str:
    geometry = result.geometry
    if geometry is None:
        return result.no_geometry or "none"
    return f"{geometry.bytes / 1e6:.1f} MB ({geometry.unpacked / 1e6:.1f} MB unpacked) in {geometry.seconds:.2f} s"
