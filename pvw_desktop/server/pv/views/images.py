"""One render, one image: the pixels of the render that just happened, straight into the mapped file. How a view is
drawn is its kind's."""

from __future__ import annotations

import importlib.util
import mmap
import os

from vtkmodules.vtkCommonCore import vtkUnsignedCharArray

from pvw_desktop.protocol.channel import SLOT_BYTES, SLOTS

from ..core.engine import Engine
from .kinds.view import View

BACK_BUFFER = 0
SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swr", "mesa offscreen")


class Images:
    """Renders a view and copies its pixels into a slot."""

    def __init__(self, engine: Engine, path: str):
        self._pixels = vtkUnsignedCharArray()
        self.may_use_lod = not _clusters_by_viskores(engine)
        """Whether coarse geometry may be asked for."""
        handle = os.open(path, os.O_RDWR)
        try:
            self._memory = mmap.mmap(handle, SLOTS * SLOT_BYTES)
        finally:
            os.close(handle)

    def adopt(self, view: View, software: bool) -> None:
        """Prepares a view that is new here."""
        view.adopt(self.may_use_lod, software)

    def render(self, view: View, slot: int, still: bool, lod: bool) -> tuple[int, int]:
        """Renders at the window's present size and fills the slot with RGB rows, bottom row first; width and height."""
        view.draw(still, lod)
        window = view.proxy.GetRenderWindow()
        width, height = window.GetSize()
        window.GetPixelData(0, 0, width - 1, height - 1, BACK_BUFFER, self._pixels, 0)
        size = width * height * 3
        begin = slot * SLOT_BYTES
        self._memory[begin : begin + size] = memoryview(self._pixels).cast("B")[:size]
        return int(width), int(height)

    def prepare(self, view: View) -> None:
        """Makes the coarse geometry and what the graphics card needs of it: the first movement need not wait for it."""
        view.draw(still=False, lod=True)

    @staticmethod
    def renderer(view: View) -> str:
        """The name OpenGL gives the renderer; makes the context, so it costs what a first image costs."""
        view.proxy.StillRender()
        for line in str(view.proxy.GetRenderWindow().ReportCapabilities()).splitlines():
            if line.lower().startswith("opengl renderer string"):
                return line.split(":", 1)[1].strip()
        return "unknown"


def _clusters_by_viskores(engine: Engine) -> bool:
    """From 6 on ParaView may make its coarse geometry by Viskores. As Debian builds it, with its checks, that ended the
    process for a slice."""
    found = importlib.util.find_spec("vtkmodules.vtkAcceleratorsVTKmFilters")
    return int(engine.version().split(".")[0]) >= 6 and found is not None


def is_software(renderer: str) -> bool:
    """Whether OpenGL's renderer of this name computes on the processor."""
    return any(name in renderer.lower() for name in SOFTWARE)
