"""Run by a bare pvpython: what one image costs without any server. `loop.py FILE WIDTH HEIGHT SECONDS plain|tuned`.

Turns the camera, renders and reads the pixels, over and over; prints milliseconds of each as JSON. `plain` is the
window that paraview.simple gives; `tuned` draws into off-screen buffers, never swaps, and leaves antialiasing away.
"""

import json
import sys
import time

from paraview.simple import GetActiveViewOrCreate, OpenDataFile, Render, ResetCamera, Show
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray

FIRST = 5
"""Images before these are left out: they also upload the data."""


def main(file: str, width: int, height: int, seconds: float, tuned: bool) -> None:
    """The loop."""
    view = GetActiveViewOrCreate("RenderView")
    view.ViewSize = [width, height]
    window = view.SMProxy.GetRenderWindow()
    if tuned:
        window.SetShowWindow(False)
        window.SetUseOffScreenBuffers(True)
        window.SetSwapBuffers(0)
    Show(OpenDataFile(file), view)
    ResetCamera(view)
    Render(view)
    if tuned:
        view.SMProxy.GetClientSideObject().SetUseFXAA(False)
    camera, pixels = view.GetActiveCamera(), vtkUnsignedCharArray()
    times: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) <= FIRST:
        camera.Azimuth(2)
        begin = time.perf_counter()
        view.SMProxy.StillRender()
        window.GetPixelData(0, 0, width - 1, height - 1, 0, pixels, 0)
        times.append(1e3 * (time.perf_counter() - begin))
    if list(window.GetSize()) != [width, height]:
        raise SystemExit(f"the window is {window.GetSize()}")
    print(json.dumps(times[FIRST:]))  # noqa: T201


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), sys.argv[5] == "tuned")
