"""Scalar bars and text as ParaView itself draws them: transparent but for them.

Only the annotation layer is drawn, into the view's own window; the next image renders everything anew, so nothing that
was changed for it may stay changed.
"""

from __future__ import annotations

from typing import Any, Optional

from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkRenderingOpenGL2 import vtkClearRGBPass

from pvw_desktop.protocol.messages.scene import Blob

from .arrays import Arrays, Numbers

BACK_BUFFER = 0


class AnnotationReader:
    """Takes the annotations of a view."""

    def __init__(self) -> None:
        self._nothing = vtkClearRGBPass()
        self._nothing.SetBackground(0, 0, 0)
        self._pixels = vtkUnsignedCharArray()

    def take(self, view: Any, arrays: Arrays) -> tuple[Optional[Blob], Optional[tuple[int, int]]]:
        """Pixels and size of what is in front of the data of a vtkPVRenderView; None where there is nothing."""
        props = view.GetNonCompositedRenderer().GetViewProps()
        if not any(props.GetItemAsObject(index).GetVisibility() for index in range(props.GetNumberOfItems())):
            return None, None
        window = view.GetRenderWindow()
        width, height = window.GetSize()
        pixels = self._render(view, window, width, height)
        self._pixels.Modified()
        blob = arrays.blob("annotations", [self._pixels], lambda: Numbers("uint8", 4, pixels))
        return blob, (int(width), int(height))

    def _render(self, view: Any, window: Any, width: int, height: int) -> bytes:
        renderers = window.GetRenderers()
        others = [renderers.GetItemAsObject(index) for index in range(renderers.GetNumberOfItems())]
        others = [item for item in others if item is not view.GetNonCompositedRenderer()]
        before = [(item, item.GetPass()) for item in others]
        try:
            for item in others:
                item.SetPass(self._nothing)
            window.Render()
            window.GetRGBACharPixelData(0, 0, width - 1, height - 1, BACK_BUFFER, self._pixels, 0)
        finally:
            for item, usual in before:
                item.SetPass(usual)
        return straight(bytearray(memoryview(self._pixels).cast("B")))


_PARTIAL = bytes(0 if alpha in (0, 255) else 1 for alpha in range(256))


def straight(pixels: bytearray) -> bytes:
    """RGBA with colours that were multiplied by alpha, as blending over nothing leaves them, divided by it again."""
    partial = bytes(pixels[3::4]).translate(_PARTIAL)
    place = partial.find(1)
    while place >= 0:
        base = place * 4
        alpha = pixels[base + 3]
        for channel in range(base, base + 3):
            pixels[channel] = min(255, (pixels[channel] * 255 + alpha // 2) // alpha)
        place = partial.find(1, place + 1)
    return bytes(pixels)
