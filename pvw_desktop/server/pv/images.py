"""One render, one image: the pixels of the render that just happened, straight into the mapped file."""

from __future__ import annotations

import mmap
import os

from vtkmodules.vtkCommonCore import vtkUnsignedCharArray

from pvw_desktop.protocol.channel import SLOT_BYTES, SLOTS

from .engine import Engine

BACK_BUFFER = 0


class Images:
    """Renders the view and copies its pixels into a slot."""

    def __init__(self, engine: Engine, path: str):
        self._engine = engine
        self._pixels = vtkUnsignedCharArray()
        handle = os.open(path, os.O_RDWR)
        try:
            self._memory = mmap.mmap(handle, SLOTS * SLOT_BYTES)
        finally:
            os.close(handle)

    def render(self, slot: int, still: bool) -> tuple[int, int]:
        """Renders at the window's present size and fills the slot with RGB rows, bottom row first; width and height."""
        view = self._engine.view
        if still:
            view.StillRender()
        else:
            view.InteractiveRender()
        window = view.GetRenderWindow()
        width, height = window.GetSize()
        window.GetPixelData(0, 0, width - 1, height - 1, BACK_BUFFER, self._pixels, 0)
        size = width * height * 3
        begin = slot * SLOT_BYTES
        self._memory[begin : begin + size] = memoryview(self._pixels).cast("B")[:size]
        return int(width), int(height)

    def renderer(self) -> str:
        """The name OpenGL gives the renderer; makes the context, so it costs what a first image costs."""
        self._engine.view.StillRender()
        for line in str(self._engine.view.GetRenderWindow().ReportCapabilities()).splitlines():
            if line.lower().startswith("opengl renderer string"):
                return line.split(":", 1)[1].strip()
        return "unknown"
