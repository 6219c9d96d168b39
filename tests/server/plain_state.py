"""Runs in plain pvpython: writes a state with several views, the first in 2D mode, that view's picture, and a state
with a chart alone.

pvpython plain_state.py FOLDER
"""

import sys

from paraview.simple import (
    CreateView,
    Delete,
    GetActiveViewOrCreate,
    PlotOverLine,
    Render,
    ResetCamera,
    SaveScreenshot,
    SaveState,
    Show,
    Sphere,
    Wavelet,
)

folder = sys.argv[1]
flat = GetActiveViewOrCreate("RenderView")
flat.ViewSize = [640, 400]
flat.InteractionMode = "2D"
flat.Background = [0.0, 0.0, 0.0]
if hasattr(flat, "UseColorPaletteForBackground"):
    flat.UseColorPaletteForBackground = 0
flat.OrientationAxesVisibility = 0
wavelet = Wavelet()
Show(wavelet, flat).SetRepresentationType("Surface")
ResetCamera(flat)
chart = CreateView("XYChartView")
Show(PlotOverLine(Input=wavelet), chart)
second = CreateView("RenderView")
Show(Sphere(), second)
Render(flat)
SaveScreenshot(f"{folder}/flat.png", flat, ImageResolution=[640, 400])
SaveState(f"{folder}/several.pvsm")
Delete(flat)
Delete(second)
SaveState(f"{folder}/chart.pvsm")
