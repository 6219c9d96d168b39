"""Run by pvpython: writes what the bench opens into the folder named on the command line.

Binary and not appended data, which a bare ParaView 5.11 cannot read with a libexpat of today.
"""

import os
import sys

from paraview.simple import Calculator, Contour, SaveData, Sphere, Tetrahedralize, Wavelet

STEPS = 6


def main(folder: str) -> None:
    """A sphere of 79,200 triangles; five isosurfaces, 857,192 triangles; a sphere in six steps of time; a million
    tetrahedra."""
    sphere = Sphere(ThetaResolution=200, PhiResolution=200)
    SaveData(os.path.join(folder, "sphere79k.vtp"), proxy=sphere, DataMode="Binary")
    wavelet = Wavelet(WholeExtent=[-60, 60, -60, 60, -60, 60])
    contour = Contour(Input=wavelet, ContourBy=["POINTS", "RTData"], Isosurfaces=[100, 130, 157, 180, 220])
    SaveData(os.path.join(folder, "contour857k.vtp"), proxy=contour, DataMode="Binary")
    cube = Wavelet(WholeExtent=[0, 58, 0, 58, 0, 59])
    SaveData(os.path.join(folder, "million.vtu"), proxy=Tetrahedralize(Input=cube), DataMode="Binary")
    entries = []
    for step in range(STEPS):
        wave = Calculator(Input=sphere, ResultArrayName="wave", Function=f"sin(12*coordsX+{step})*coordsY")
        SaveData(os.path.join(folder, f"waves_{step}.vtp"), proxy=wave, DataMode="Binary")
        entries.append(f'<DataSet timestep="{step}" file="waves_{step}.vtp"/>')
    with open(os.path.join(folder, "waves.pvd"), "w", encoding="utf-8") as index:
        index.write(f'<VTKFile type="Collection" version="0.1"><Collection>{"".join(entries)}</Collection></VTKFile>\n')


main(sys.argv[1])
