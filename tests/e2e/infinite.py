"""Run by pvpython: writes state files of a plane whose scalars are partly infinite or NaN, and of each the picture that
ParaView makes, into the folder given."""

# mypy: ignore-errors

import os
import sys

import numpy
from paraview.simple import *  # noqa: F403  a script for pvpython
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkFiltersSources import vtkPlaneSource
from vtkmodules.vtkIOXML import vtkXMLPolyDataWriter

FOLDER = sys.argv[1]
FILE = os.path.join(FOLDER, "infinite.vtp")
SIDE = 8
KINDS = {"float": (numpy.float32, 0.0), "double": (numpy.float64, 0.0), "narrow": (numpy.float64, 1e6)}


def write():
    """A plane with each kind of array, of points and of cells, and one of some zero and negative values."""
    source = vtkPlaneSource()
    source.SetResolution(SIDE, SIDE)
    source.Update()
    data = source.GetOutput()
    for attributes, count in ((data.GetPointData(), (SIDE + 1) ** 2), (data.GetCellData(), SIDE**2)):
        for name, (kind, base) in KINDS.items():
            values = numpy.linspace(1, 5, count) + base
            values[count // 4], values[count // 2], values[3 * count // 4] = numpy.inf, -numpy.inf, numpy.nan
            values[3], values[count - 3] = base - 2, base + 9  # past the range below, but not infinite
            attributes.AddArray(named(name, values.astype(kind)))
        values = numpy.geomspace(1, 1e4, count)
        values[count // 4], values[count // 2], values[3 * count // 4] = numpy.inf, 0, -5
        attributes.AddArray(named("powers", values))
    writer = vtkXMLPolyDataWriter()
    writer.SetFileName(FILE)
    writer.SetInputData(data)
    writer.SetDataModeToBinary()
    writer.Write()


def named(name, values):
    array = numpy_to_vtk(values, deep=1)
    array.SetName(name)
    return array


def look(ends):
    """A plane for each array, of points above and of cells below, seen from straight above."""
    view = CreateRenderView()  # noqa: F405
    for row, association in enumerate(("CELLS", "POINTS")):
        for column, name in enumerate((*KINDS, "powers")):
            display = Show(OpenDataFile(FILE), view)  # noqa: F405
            display.Position = [1.2 * column, 1.2 * row, 0]
            ColorBy(display, (association, name))  # noqa: F405
            display.SetScalarBarVisibility(view, False)
            color(GetColorTransferFunction(name), name, ends)  # noqa: F405
    ResetCamera(view)  # noqa: F405
    Render(view)  # noqa: F405
    name = os.path.join(FOLDER, "ends" if ends else "plain")
    SaveState(f"{name}.pvsm")  # noqa: F405
    SaveScreenshot(f"{name}.png", view)  # noqa: F405


def color(transfer, name, ends):
    base = 0.0 if name == "powers" else KINDS[name][1]
    transfer.RescaleTransferFunction(*((2.0, 5e3) if name == "powers" else (base + 1, base + 5)))
    transfer.NanColor = [1.0, 1.0, 0.0]
    if name == "powers" and not transfer.UseLogScale:
        transfer.MapControlPointsToLogSpace()
        transfer.UseLogScale = 1
    if ends:
        transfer.UseBelowRangeColor, transfer.BelowRangeColor = 1, [0.0, 0.6, 0.0]
        transfer.UseAboveRangeColor, transfer.AboveRangeColor = 1, [0.6, 0.0, 0.6]


write()
look(False)
ResetSession()  # noqa: F405
look(True)
