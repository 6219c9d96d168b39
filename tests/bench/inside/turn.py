"""Run by a bare pvpython: opens a file and turns it; writes the raw RGB rows of each moving image, bottom row first."""

import sys

from paraview.simple import ColorBy, GetActiveViewOrCreate, OpenDataFile, Render, ResetCamera, Show
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray

file, out, width, height, count = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
view = GetActiveViewOrCreate("RenderView")
view.ViewSize = [width, height]
window = view.SMProxy.GetRenderWindow()
window.SetShowWindow(False)
window.SetUseOffScreenBuffers(True)
source = OpenDataFile(file)
display = Show(source, view)
if source.PointData.GetNumberOfArrays():
    ColorBy(display, ("POINTS", source.PointData.GetArray(0).GetName()))
ResetCamera(view)
Render(view)
view.SMProxy.GetClientSideObject().SetUseFXAA(False)  # as moving images are
pixels = vtkUnsignedCharArray()
with open(out, "wb") as target:
    for _ in range(count):
        view.GetActiveCamera().Azimuth(2)
        view.SMProxy.StillRender()
        window.GetPixelData(0, 0, width - 1, height - 1, 0, pixels, 0)
        target.write(memoryview(pixels).cast("B"))
