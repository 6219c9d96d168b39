"""Run by a bare pvpython: what opening a mesh, and a filter on it, cost without us. `million.py FILE WIDTH HEIGHT`.

Prints seconds as JSON: reading, showing and rendering the file; applying the filter and rendering its result.
"""

import json
import sys
import time

from paraview.simple import GetActiveViewOrCreate, Gradient, Hide, OpenDataFile, Render, ResetCamera, Show

view = GetActiveViewOrCreate("RenderView")
view.ViewSize = [int(sys.argv[2]), int(sys.argv[3])]
Render(view)  # the window is there before the clock starts, as in a server that waits

begin = time.perf_counter()
source = OpenDataFile(sys.argv[1])
Show(source, view)
ResetCamera(view)
Render(view)
opened = time.perf_counter() - begin

result = Gradient(Input=source)
begin = time.perf_counter()
Show(result, view)
Hide(source, view)
Render(view)
print(json.dumps({"open": opened, "apply": time.perf_counter() - begin}))  # noqa: T201
