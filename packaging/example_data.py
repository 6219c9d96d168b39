"""Writes the example files that `make run` opens: `pvpython packaging/example_data.py FOLDER`.

Runs inside ParaView's Python and knows nothing of the application. No rendering, so it needs no display.
"""

from __future__ import annotations

import math
import os
import sys
from typing import Any

from vtkmodules.vtkCommonCore import vtkDoubleArray, vtkFloatArray, vtkPoints
from vtkmodules.vtkCommonDataModel import VTK_HEXAHEDRON, vtkImageData, vtkUnstructuredGrid
from vtkmodules.vtkFiltersSources import vtkDiskSource
from vtkmodules.vtkIOXML import vtkXMLImageDataWriter, vtkXMLPolyDataWriter, vtkXMLUnstructuredGridWriter

DRUM_STEPS = 24


def write(writer: Any, data: Any, path: str) -> None:
    """Compressed binary XML; raises where nothing could be written.

    Base64 and not raw bytes: ParaView 5.11 with the libexpat that Debian 12 updates to cannot read raw appended data.
    """
    writer.SetFileName(path)
    writer.SetInputData(data)
    writer.SetDataModeToAppended()
    if not writer.Write():
        raise SystemExit(f"{path} could not be written.")


def array(name: str, components: int = 1, kind: Any = vtkFloatArray) -> Any:
    """An empty array of tuples of `components` numbers."""
    values = kind()
    values.SetName(name)
    values.SetNumberOfComponents(components)
    return values


def drum(folder: str) -> None:
    """A drum skin that swings in three of its modes: a surface that changes with time."""
    disk = vtkDiskSource()
    disk.SetInnerRadius(0.0)
    disk.SetOuterRadius(1.0)
    disk.SetRadialResolution(48)
    disk.SetCircumferentialResolution(120)
    disk.Update()
    flat = disk.GetOutput()
    entries = []
    os.makedirs(os.path.join(folder, "drum"))
    for step in range(DRUM_STEPS):
        time = step / DRUM_STEPS
        name = f"drum/drum_{step:02d}.vtp"
        write(vtkXMLPolyDataWriter(), drum_at(flat, time), os.path.join(folder, name))
        entries.append(f'    <DataSet timestep="{time:.4f}" file="{name}"/>\n')
    with open(os.path.join(folder, "drum.pvd"), "w", encoding="utf-8") as index:
        index.write('<VTKFile type="Collection" version="0.1">\n  <Collection>\n')
        index.writelines(entries)
        index.write("  </Collection>\n</VTKFile>\n")


def drum_at(flat: Any, time: float) -> Any:
    """The skin at `time`, which runs from 0 to 1 over one period of the slowest mode."""
    skin = flat.NewInstance()
    skin.DeepCopy(flat)
    points = skin.GetPoints()
    height = array("height")
    phase = 2 * math.pi * time
    for index in range(points.GetNumberOfPoints()):
        x, y, _ = points.GetPoint(index)
        radius, angle = math.hypot(x, y), math.atan2(y, x)
        rim = max(0.0, 1 - radius * radius)
        z = 0.30 * rim * math.cos(phase)
        z += 0.45 * rim * radius * math.cos(angle) * math.sin(2 * phase)
        z += 0.55 * rim * radius * radius * math.cos(3 * angle) * math.cos(3 * phase)
        points.SetPoint(index, x, y, z)
        height.InsertNextTuple1(z)
    skin.GetPointData().SetScalars(height)
    return skin


def cantilever(folder: str) -> None:
    """A loaded beam of hexahedra with displacement and stress: what a structural solver writes."""
    size = (60, 10, 10)
    length, side = 6.0, 1.0
    points = vtkPoints()
    moved, stress = array("displacement", 3), array("bending stress")
    for k in range(size[2] + 1):
        for j in range(size[1] + 1):
            for i in range(size[0] + 1):
                x, y, z = length * i / size[0], side * (j / size[1] - 0.5), side * (k / size[2] - 0.5)
                points.InsertNextPoint(x, y, z)
                slope = 0.02 * (2 * length * x - x * x) / 2
                moved.InsertNextTuple3(-slope * z, 0.0, -0.02 * (3 * length * x * x - x**3) / 6)
                stress.InsertNextTuple1((length - x) * z)
    grid = vtkUnstructuredGrid()
    grid.SetPoints(points)
    row, layer = size[0] + 1, (size[0] + 1) * (size[1] + 1)
    for k in range(size[2]):
        for j in range(size[1]):
            for i in range(size[0]):
                low = i + j * row + k * layer
                base = [low, low + 1, low + row + 1, low + row]
                grid.InsertNextCell(VTK_HEXAHEDRON, 8, base + [corner + layer for corner in base])
    grid.GetPointData().SetVectors(moved)
    grid.GetPointData().SetScalars(stress)
    write(vtkXMLUnstructuredGridWriter(), grid, os.path.join(folder, "cantilever.vtu"))


def vortices(folder: str) -> None:
    """A box of Taylor-Green vortices: an image with a vector and a scalar, for slices, contours and glyphs."""
    count = 48
    box = vtkImageData()
    box.SetDimensions(count, count, count)
    box.SetSpacing(*(3 * [2 * math.pi / (count - 1)]))
    velocity, pressure = array("velocity", 3), array("pressure", kind=vtkDoubleArray)
    for index in range(count**3):
        x, y, z = box.GetPoint(index)
        velocity.InsertNextTuple3(
            math.sin(x) * math.cos(y) * math.cos(z), -math.cos(x) * math.sin(y) * math.cos(z), 0.3 * math.sin(z)
        )
        pressure.InsertNextTuple1((math.cos(2 * x) + math.cos(2 * y)) * (math.cos(2 * z) + 2) / 16)
    box.GetPointData().SetVectors(velocity)
    box.GetPointData().SetScalars(pressure)
    write(vtkXMLImageDataWriter(), box, os.path.join(folder, "vortices.vti"))


def main() -> None:
    """Writes all of them into the folder named on the command line."""
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    drum(folder)
    cantilever(folder)
    vortices(folder)


main()
