"""Run by pvpython: opens, filters, colours and deletes through the real handlers, and writes as JSON, to the folder
given, what is still there of each cycle. test_memory.py says what must be gone."""

# mypy: ignore-errors

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from inside import Inside
from vtkmodules.vtkCommonCore import vtkWeakReference
from vtkmodules.vtkImagingCore import vtkRTAnalyticSource
from vtkmodules.vtkIOXML import vtkXMLImageDataWriter

from pvw_desktop.protocol import channel as wire

EDGE = 60
FOLDER = Path(sys.argv[1])
inside = Inside(FOLDER)
app, call = inside.app, inside.call

source = vtkRTAnalyticSource()
source.SetWholeExtent(0, EDGE, 0, EDGE, 0, EDGE)
writer = vtkXMLImageDataWriter()
writer.SetFileName(str(FOLDER / "image.vti"))
writer.SetInputConnection(source.GetOutputPort())
writer.Write()
del source, writer

watched = []


def watch(what, thing):
    reference = vtkWeakReference()
    reference.Set(thing)
    watched.append((what, reference))


def watch_node(what, ident):
    engine = app.paraview.engine
    node = engine.node(ident)
    watch(f"proxy of {what}", node)
    watch(f"algorithm of {what}", node.GetClientSideObject())
    output = node.GetClientSideObject().GetOutputDataObject(0)
    watch(f"output of {what}", output)
    watch(f"values of {what}", output.GetPointData().GetArray("RTData"))
    for index in range(node.GetNumberOfOutputPorts()):
        display = app.paraview.views.first.proxy.FindRepresentation(node, index)
        if display is not None:
            watch(f"display of {what}", display)
            watch(f"representation of {what}", display.GetClientSideObject())


def draw(wanted):
    """Somebody draws the geometry, or the last who did is gone."""
    seen = wire.ViewDemand(True, 1 << 30, lod=True)
    app.scenes.demand(wire.Demand(True, {app.paraview.views.first.id: seen} if wanted else {}))
    app.drawing.publish_scenes()


def cycle(how, drawn_to_the_end):
    opened = call("files.open", [str(FOLDER / "image.vti")], root="r", path="image.vti", series=False)["node"]
    below = call("pipeline.create", group="filters", name=how, inputs=[{"node": opened, "port": 0}])["node"]
    call("proxy.apply", changes=[{"id": below, "values": {}}])
    call("display.color_by", node=below, port=0, array="RTData", association="POINTS", component=-1)
    call("display.representation", node=opened, port=0, representation="Surface")
    draw(True)
    app.save()
    watch_node("the reader", opened)
    watch_node(how, below)
    draw(drawn_to_the_end)
    call("pipeline.delete", node=below)
    call("pipeline.delete", node=opened)
    app.drawing.publish_scenes()


for name in ("Contour", "Clip", "Threshold", "Cut", "Gradient"):
    cycle(name, name != "Gradient")

left = sorted({what for what, reference in watched if reference.Get() is not None})
(FOLDER / "found.json").write_text(
    json.dumps({"watched": len(watched), "left": left, "arrays": app.paraview.kept_of_data})
)
