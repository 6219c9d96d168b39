"""Run by pvpython: shows things that no client can ask for yet and writes what a scene makes of each, as JSON, to the
file given. test_scene_looks.py says what must come out."""

# mypy: ignore-errors

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from vtkmodules.vtkCommonCore import vtkDoubleArray, vtkIdTypeArray, vtkPoints, vtkStringArray
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkImageData, vtkPolyData
from vtkmodules.vtkIOImage import vtkPNGWriter

from pvw_desktop.protocol.schema import to_json
from pvw_desktop.server.pv.color.color_by import Colors
from pvw_desktop.server.pv.color.scalar_coloring import call, used_by
from pvw_desktop.server.pv.core.engine import Engine
from pvw_desktop.server.pv.geometry.scene import SceneReader
from pvw_desktop.server.pv.views.registry import Views
from pvw_desktop.server.pv.views.representations import Displays

LIMIT = 1 << 28
FOLDER = Path(sys.argv[1])

engine = Engine()
view = Views(engine, lambda _: True).create().proxy
colors = Colors(engine)
displays = Displays(engine, colors)
reader = SceneReader(engine, view)
found = {}


def put(proxy, **values):
    for name, value in values.items():
        prop = proxy.GetProperty(name)
        items = value if isinstance(value, (list, tuple)) else [value]
        if hasattr(prop, "SetNumberOfElements"):
            prop.SetNumberOfElements(len(items))
        for index, item in enumerate(items):
            prop.SetElement(index, item)
    proxy.UpdateVTKObjects()


def source(name, inputs=(), group="sources", **values):
    node = engine.create(group, name, [(item, 0) for item in inputs], engine.free_name(name))
    put(node, **values)
    node.UpdatePipeline()
    return node


def take(name, payload=()):
    scene = reader.read(LIMIT, False)[""]
    found[name] = to_json(scene)
    for part in scene.parts:
        for field in payload:
            blob = getattr(part.mesh, field) if part.mesh is not None else None
            if blob is not None:
                kind = {"uint32": "I", "float32": "f", "float64": "d", "uint8": "B"}[blob.type]
                values = memoryview(bytes(reader.payload(blob.hash))).cast(kind).tolist()
                found.setdefault(f"{name} {field}", {})[part.id] = [
                    value if value == value else None for value in values
                ]


def shown(node, name=None):
    representation = displays.show(view, node, 0)
    if name is not None:
        displays.set_type(representation, name)
    return representation


# --- blocks

sphere, cone = source("SphereSource"), source("ConeSource")
group = source("GroupDataSets", (sphere, cone), "filters")
blocks = shown(group)
take("blocks")
put(blocks, BlockColors=["/Root/SphereSource1", "1", "0", "0"], BlockOpacities=["/Root/ConeSource1", "0.25"])
take("block colour and opacity")
put(blocks, BlockSelectors=["/Root/ConeSource1"])
take("one block")
displays.hide(view, group, 0)

# --- scalars and their table

wavelet = source("RTAnalyticSource")
surface = shown(wavelet, "Surface")
colors.color_by(surface, wavelet.GetDataInformation(0), "RTData", "POINTS", -1)
colors.bars.show(surface, False)
table = used_by(surface)[2]
take("points")
colors.maps.set_log("RTData", True)
take("log")
colors.maps.set_log("RTData", False)
put(table, UseBelowRangeColor=1, BelowRangeColor=[1, 0, 0], NumberOfTableValues=7, NanColor=[0, 0, 1])
take("seven values")
put(table, EnableOpacityMapping=1)
take("opacity mapping")
put(table, EnableOpacityMapping=0)
put(surface, InterpolateScalarsBeforeMapping=0)
take("mapped before interpolation")
put(surface, InterpolateScalarsBeforeMapping=1, MapScalars=0)
take("not mapped")
put(surface, MapScalars=1)
put(table, IndexedLookup=1)
take("categories")
put(table, IndexedLookup=0)
for name in ("Wireframe", "Surface With Edges", "Feature Edges", "Point Gaussian", "Surface LIC", "Volume"):
    if name in displays._types(surface):
        displays.set_type(surface, name)
        take(name)
displays.hide(view, wavelet, 0)

# --- cells of all kinds, values that are no numbers, many digits

points = vtkPoints()
points.SetDataTypeToDouble()
for index in range(8):
    points.InsertNextPoint(1e7 + index * 0.001, index % 2, 0)
mixed = vtkPolyData()
mixed.SetPoints(points)
for setter, cells in (
    (mixed.SetVerts, [[6]]),
    (mixed.SetLines, [[0, 1, 2, 3], [4, 5]]),
    (mixed.SetPolys, [[0, 2, 3, 1], [2, 4, 5, 3], [4, 6, 7]]),
):
    array = vtkCellArray()
    for cell in cells:
        array.InsertNextCell(len(cell), cell)
    setter(array)
for values, kind, name, owner in (
    ([1, 2, 3, float("nan"), 5, 6], vtkDoubleArray, "cell", mixed.GetCellData()),
    ([index * 10**10 for index in range(8)], vtkIdTypeArray, "id", mixed.GetPointData()),
    (list("abcdefgh"), vtkStringArray, "word", mixed.GetPointData()),
    ([3.5], vtkDoubleArray, "field", mixed.GetFieldData()),
):
    array = kind()
    array.SetName(name)
    for value in values:
        array.InsertNextValue(value)
    owner.AddArray(array)
given = engine.create("sources", "PVTrivialProducer", [], "Given1")
given.GetClientSideObject().SetOutput(mixed)
given.UpdatePipeline()
mesh = shown(given)
for name, association in (("cell", "CELLS"), ("id", "POINTS"), ("word", "POINTS"), ("field", "FIELD")):
    if name == "word":  # nobody may choose it; a state file may bring it
        call("SetScalarColoring", mesh, name, 0)
    else:
        colors.color_by(mesh, given.GetDataInformation(0), name, association, -1)
    colors.bars.show(mesh, False)
    take(f"mixed by {name}", ("triangles", "lines", "vertices", "scalars"))
    displays.set_type(mesh, "Wireframe")
    take(f"mixed wireframe by {name}", ("lines", "scalars"))
    displays.set_type(mesh, "Surface")
displays.hide(view, given, 0)

bad = vtkPolyData()
points = vtkPoints()
for index in range(3):
    points.InsertNextPoint(float("nan"), index, float("inf"))
bad.SetPoints(points)
array = vtkCellArray()
array.InsertNextCell(3, [0, 1, 2])
bad.SetPolys(array)
for name, polydata in (("points that are no numbers", bad), ("nothing", vtkPolyData())):
    empty = engine.create("sources", "PVTrivialProducer", [], engine.free_name("Given"))
    empty.GetClientSideObject().SetOutput(polydata)
    empty.UpdatePipeline()
    shown(empty)
    take(name)
    displays.hide(view, empty, 0)

# --- texture, matrix, back faces

texels = vtkImageData()
texels.SetDimensions(4, 2, 1)
texels.AllocateScalars(3, 1)  # unsigned char, grey
texels.GetPointData().GetScalars().Fill(128)
writer = vtkPNGWriter()
writer.SetFileName(str(FOLDER / "texture.png"))
writer.SetInputData(texels)
writer.Write()
picture = engine.pxm.NewProxy("textures", "ImageTexture")
put(picture, FileName=str(FOLDER / "texture.png"))
plane = source("PlaneSource")
textured = shown(plane)
textured.GetProperty("Texture").AddProxy(picture)
textured.UpdateVTKObjects()
take("texture", ("texture",))
displays.hide(view, plane, 0)

look = shown(sphere)
colors.color_by(look, sphere.GetDataInformation(0), None, "POINTS", -1)
place = "Position" if look.GetProperty("Position") is not None else "Translation"  # the latter from ParaView 6 on
put(look, Interpolation=0, Specular=0.5, LineWidth=3, **{place: [1, 2, 3]})
take("moved and flat")
put(look, Interpolation=1, **{place: [0, 0, 0]})
put(look, BackfaceRepresentation=1)
take("back faces")
put(look, BackfaceRepresentation=400)

# --- what surrounds, and what only ParaView draws

axes = view.GetProperty("AxesGrid").GetProxy(0)
put(axes, Visibility=1, XTitle="depth")
take("axes grid")
put(axes, Visibility=0)
put(view, CenterAxesVisibility=1)
take("centre of rotation")
put(view, CenterAxesVisibility=0)
for entry, name, value in (("DataAxesGrid", "GridAxesVisibility", 1), ("PolarAxes", "Visibility", 1)):
    proxy = look.GetProperty(entry).GetProxy(0)
    put(proxy, **{name: value})
    take(entry)
    put(proxy, **{name: 0})
put(look, RenderPointsAsSpheres=1)
take("points as spheres")
put(look, RenderPointsAsSpheres=0)
ruler = source("Ruler")
shown(ruler)
take("ruler")
displays.hide(view, ruler, 0)
take("all of it known again")

# --- much of it: the bounds are lowered, so that little is much

import pvw_desktop.server.pv.geometry.lod as coarse  # noqa: E402
import pvw_desktop.server.pv.geometry.scene as scene_module  # noqa: E402


def take_lod(name):
    found[name] = to_json(reader.read(LIMIT, True)["/lod"])


displays.hide(view, sphere, 0)
cloud = vtkPolyData()
points, array = vtkPoints(), vtkCellArray()
for index in range(1000):
    points.InsertNextPoint(index, 0, 0)
    array.InsertNextCell(1, [index])
cloud.SetPoints(points)
cloud.SetVerts(array)
coarse.THIN = 100
given = engine.create("sources", "PVTrivialProducer", [], "Cloud1")
given.GetClientSideObject().SetOutput(cloud)
given.UpdatePipeline()
shown(given)
take_lod("a coarse cloud")
displays.hide(view, given, 0)
coarse.SAMPLES = 1000
shown(wavelet, "Volume")
take_lod("a coarse volume")
scene_module.MOST_BYTES = 100
take_lod("a coarse copy that is too large")
displays.hide(view, wavelet, 0)
shown(sphere)

many = [source("SphereSource", Center=[index, 0, 0]) for index in range(3)]
import pvw_desktop.server.pv.geometry.blocks as scene_blocks  # noqa: E402

scene_blocks.MANY = 2
displays.hide(view, sphere, 0)
shown(source("GroupDataSets", many, "filters"))
take("many blocks")

(FOLDER / "found.json").write_text(json.dumps(found))
