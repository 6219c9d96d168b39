"""Which characters ParaView's own fonts can draw, and fonts of the system that can draw the others.

ParaView brings its fonts along, with western letters only: a Greek or Japanese name is drawn as nothing at all.
"""

from __future__ import annotations

import subprocess
from typing import Optional

from vtkmodules.vtkCommonDataModel import vtkImageData
from vtkmodules.vtkRenderingCore import vtkTextProperty, vtkTextRenderer

_PATIENCE_S = 5.0
_DRAWABLE = (".ttf", ".ttc", ".otf")
_DPI = 72


class Fonts:
    """Remembers what was found, for as long as the server lives."""

    def __init__(self) -> None:
        self._inked: dict[str, bool] = {}
        self._files: dict[str, Optional[str]] = {}

    def missing(self, text: str) -> str:
        """The characters of a text that ParaView's own font leaves blank, each once."""
        return "".join(sorted({mark for mark in text if not self._drawn(mark)}))

    def file_for(self, text: str) -> Optional[str]:
        """A font file of the system that has every character of a text; None where there is none."""
        marks = "".join(sorted({mark for mark in text if not mark.isspace()}))
        if marks not in self._files:
            self._files[marks] = _search(marks)
        return self._files[marks]

    def _drawn(self, mark: str) -> bool:
        if mark.isspace():
            return True
        if mark not in self._inked:
            self._inked[mark] = _has_ink(mark)
        return self._inked[mark]


def _has_ink(mark: str) -> bool:
    renderer, look, image, size = vtkTextRenderer.GetInstance(), vtkTextProperty(), vtkImageData(), [0, 0]
    if renderer is None:
        return True
    look.SetFontSize(24)
    if not renderer.RenderString(look, mark, image, size, _DPI, vtkTextRenderer.FreeType):
        return False
    pixels = image.GetPointData().GetScalars()
    return pixels is not None and pixels.GetRange(pixels.GetNumberOfComponents() - 1)[1] > 0


def _search(marks: str) -> Optional[str]:
    """By fontconfig, which every Linux desktop has."""
    pattern = ":charset=" + " ".join(f"{ord(mark):x}" for mark in marks)
    try:
        command = ["fc-list", pattern, "--format", "%{file}\\n"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S, check=True)
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None
    files = [file for file in done.stdout.splitlines() if file.lower().endswith(_DRAWABLE)]
    return min(files, key=_plainness, default=None)


def _plainness(file: str) -> tuple[bool, int, str]:
    """Sans before serif, upright and regular before the rest: those have the shorter names."""
    name = file.rsplit("/", 1)[-1].lower()
    return any(word in name for word in ("serif", "mono", "bold", "italic", "oblique", "black")), len(name), file
