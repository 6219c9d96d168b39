"""Run by pvpython: writes a state file for each way that things can look, into the folder given."""

# mypy: ignore-errors

import os
import sys

from paraview.simple import *  # noqa: F403  a script for pvpython

FOLDER = sys.argv[1]


def wavelet(size=6):
    return Wavelet(WholeExtent=[-size, size] * 3)  # noqa: F405


def show(source, representation="Surface", array=None, association="POINTS"):
    view = GetActiveView()  # noqa: F405
    display = Show(source, view)  # noqa: F405
    display.SetRepresentationType(representation)
    if array is not None:
        ColorBy(display, (association, array))  # noqa: F405
        display.SetScalarBarVisibility(view, False)
    elif hasattr(display, "ColorArrayName"):
        display.ColorArrayName = ["POINTS", ""]
    return display


def solid():
    show(Sphere(ThetaResolution=24, PhiResolution=24)).DiffuseColor = [0.9, 0.5, 0.2]  # noqa: F405


def flat():
    show(Sphere(ThetaResolution=12, PhiResolution=12)).Interpolation = "Flat"  # noqa: F405


def shiny():
    display = show(Sphere(ThetaResolution=40, PhiResolution=40))  # noqa: F405
    display.Specular, display.SpecularPower, display.Ambient = 0.6, 20, 0.2


def point_scalars():
    surface = Contour(Input=wavelet(), ContourBy=["POINTS", "RTData"], Isosurfaces=[160.0])  # noqa: F405
    show(Elevation(Input=surface, LowPoint=[0, -6, 0], HighPoint=[0, 6, 0]), array="Elevation")  # noqa: F405


def magnitude():
    show(Gradient(Input=wavelet(), ScalarArray=["POINTS", "RTData"]), array="Gradient")  # noqa: F405


def cell_scalars():
    cells = PointDatatoCellData(Input=wavelet())  # noqa: F405
    show(cells, array="RTData", association="CELLS")


def log_scale():
    show(wavelet(), array="RTData")
    transfer = GetColorTransferFunction("RTData")  # noqa: F405
    transfer.RescaleTransferFunction(40.0, 200.0)
    transfer.MapControlPointsToLogSpace()
    transfer.UseLogScale = 1
    transfer.UseAboveRangeColor, transfer.AboveRangeColor = 1, [1.0, 1.0, 0.0]


def edges():
    show(Sphere(ThetaResolution=16, PhiResolution=16), "Surface With Edges")  # noqa: F405


def quad_edges():
    show(wavelet(4), "Surface With Edges", "RTData")


def wireframe():
    show(wavelet(4), "Wireframe", "RTData")


def points():
    show(Sphere(ThetaResolution=24, PhiResolution=24), "Points").PointSize = 5  # noqa: F405


def lines():
    display = show(Outline(Input=wavelet()))  # noqa: F405
    display.LineWidth = 3


def opacity():
    show(Sphere(ThetaResolution=24, PhiResolution=24)).Opacity = 0.5  # noqa: F405


def blocks():
    left, right = Sphere(Center=[-1, 0, 0]), Cone(Center=[1, 0, 0])  # noqa: F405
    show(GroupDatasets(Input=[left, right]), array="vtkBlockColors", association="FIELD")  # noqa: F405


def scalar_bar():
    display = show(wavelet(), array="RTData")
    display.SetScalarBarVisibility(GetActiveView(), True)  # noqa: F405
    show(Text(Text="Wavelet"))  # noqa: F405


def gradient():
    show(Cone())  # noqa: F405
    view = GetActiveView()  # noqa: F405
    if hasattr(view, "UseColorPaletteForBackground"):
        view.UseColorPaletteForBackground = 0
    if hasattr(view, "BackgroundColorMode"):
        view.BackgroundColorMode = "Gradient"
    view.Background, view.Background2 = [0.1, 0.1, 0.4], [0.8, 0.9, 1.0]


def moved():
    display = show(Cone())  # noqa: F405
    display.Position, display.Orientation, display.Scale = [0.5, 0.2, 0], [0, 0, 30], [1, 2, 1]


def volume():
    show(wavelet(10), "Volume", "RTData")


def axes_grid():
    show(wavelet(), array="RTData")
    GetActiveView().AxesGrid.Visibility = 1  # noqa: F405


LOOKS = [
    solid, flat, shiny, point_scalars, magnitude, cell_scalars, edges, quad_edges, wireframe, points, lines, opacity,
    blocks, scalar_bar, gradient, moved, volume, axes_grid, log_scale,
]  # fmt: skip

# The colour map of an array outlives what is coloured by it: whoever changes it comes last.
for look in LOOKS:
    for source in GetSources().values():  # noqa: F405
        Delete(source)  # noqa: F405
    Delete(GetActiveViewOrCreate("RenderView"))  # noqa: F405
    view = CreateRenderView()  # noqa: F405
    view.ViewSize = [160, 100]  # nobody looks at these, and a processor draws them
    SetActiveView(view)  # noqa: F405
    look()
    RenameSource(look.__name__, list(GetSources().values())[-1])  # noqa: F405
    ResetCamera(view)  # noqa: F405
    camera = view.GetActiveCamera()
    camera.Azimuth(25)
    camera.Elevation(20)
    Render(view)  # noqa: F405
    SaveState(os.path.join(FOLDER, f"{look.__name__}.pvsm"))  # noqa: F405
