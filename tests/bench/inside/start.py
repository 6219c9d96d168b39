"""Run by a bare pvpython: opens a file, renders it once, saves the image. What a start is measured against."""

import sys

from paraview.simple import GetActiveViewOrCreate, OpenDataFile, Render, ResetCamera, SaveScreenshot, Show

view = GetActiveViewOrCreate("RenderView")
view.ViewSize = [1280, 800]
Show(OpenDataFile(sys.argv[1]), view)
ResetCamera(view)
Render(view)
SaveScreenshot(sys.argv[2], view)
