"""One render, one image: the pixels of the render that just happened, straight into the mapped file.

A still image is what ParaView's own client would show. An interactive one leaves antialiasing (FXAA) away, which with
software OpenGL takes as long as all the rest, and may use ParaView's coarse geometry (LOD).
"""

from __future__ import annotations

import importlib.util
import mmap
import os

from vtkmodules.vtkCommonCore import vtkUnsignedCharArray

from pvw_desktop.protocol.channel import SLOT_BYTES, SLOTS

from ..core.engine import Engine
from ..properties.access import get_elements
from .render_view import RenderView

BACK_BUFFER = 0
NEVER_LOD = 1e12
"""MB of geometry above which ParaView may make it coarse: nothing has so many."""
SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swr", "mesa offscreen")
SOFTWARE_LOD = 0.2
"""LOD resolution with software OpenGL: about 80,000 triangles a surface, which it draws in time; the default of 0.5
makes four times as many."""


class Images:
    """Renders the view and copies its pixels into a slot."""

    def __init__(self, engine: Engine, path: str):
        self._pixels = vtkUnsignedCharArray()
        self.may_use_lod = not _clusters_by_viskores(engine)
        """Whether coarse geometry may be asked for."""
        handle = os.open(path, os.O_RDWR)
        try:
            self._memory = mmap.mmap(handle, SLOTS * SLOT_BYTES)
        finally:
            os.close(handle)

    def adopt(self, view: RenderView, software: bool) -> None:
        """Prepares a view that is new here: InteractiveRender is only called where coarse geometry is meant, so it
        always takes it. Set past the properties: the user's own settings stay as they are."""
        client = view.proxy.GetClientSideObject()
        client.SetLODRenderingThreshold(0.0 if self.may_use_lod else NEVER_LOD)
        if software:
            client.SetLODResolution(SOFTWARE_LOD)

    def render(self, view: RenderView, slot: int, still: bool, lod: bool) -> tuple[int, int]:
        """Renders at the window's present size and fills the slot with RGB rows, bottom row first; width and height."""
        self._draw(view, still, lod)
        window = view.proxy.GetRenderWindow()
        width, height = window.GetSize()
        window.GetPixelData(0, 0, width - 1, height - 1, BACK_BUFFER, self._pixels, 0)
        size = width * height * 3
        begin = slot * SLOT_BYTES
        self._memory[begin : begin + size] = memoryview(self._pixels).cast("B")[:size]
        return int(width), int(height)

    def prepare(self, view: RenderView) -> None:
        """Makes the coarse geometry and what the graphics card needs of it: the first movement need not wait for it."""
        self._draw(view, still=False, lod=True)

    @staticmethod
    def _draw(view: RenderView, still: bool, lod: bool) -> None:
        proxy = view.proxy
        antialias = still and proxy.GetProperty("UseFXAA") is not None and bool(get_elements(proxy, "UseFXAA")[0])
        proxy.GetClientSideObject().SetUseFXAA(antialias)
        if lod:
            proxy.InteractiveRender()
        else:
            proxy.StillRender()

    @staticmethod
    def renderer(view: RenderView) -> str:
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
