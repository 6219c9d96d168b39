"""Run by pvpython: writes small real files of many formats into the folder given, ParaView's writers first."""

# mypy: ignore-errors

import os
import struct
import sys

from paraview.simple import *  # noqa: F403  a script for pvpython

FOLDER = sys.argv[1]


def at(name: str) -> str:
    path = os.path.join(FOLDER, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return path


def text(name: str, content: str) -> None:
    with open(at(name), "w") as file:
        file.write(content)


def write_with_paraview() -> None:
    image = Wavelet(WholeExtent=[-8, 8, -8, 8, -8, 8])  # noqa: F405
    mesh = Tetrahedralize(Input=image)  # noqa: F405
    surface = Sphere(ThetaResolution=16, PhiResolution=16)  # noqa: F405
    blocks = GroupDatasets(Input=[surface, Cone()])  # noqa: F405
    for name, source in {
        "image.vti": image, "image.vtk": image, "mesh.vtu": mesh, "mesh.e": mesh, "mesh.cgns": mesh,
        "surface.vtp": surface, "surface.stl": surface, "surface.ply": surface,
        "blocks.vtm": blocks, "table.csv": surface, "leer zeichen é 日本.vtp": surface,
    }.items():  # fmt: skip
        SaveData(at(name), proxy=source)  # noqa: F405
    for step in range(4):
        surface.Radius = 0.5 + 0.1 * step
        SaveData(at(f"series/ball_{step:02d}.vtp"), proxy=surface)  # noqa: F405
    datasets = "".join(
        f'<DataSet timestep="{step * 0.5}" group="" part="0" file="series/ball_{step:02d}.vtp"/>' for step in range(4)
    )
    text("ball.pvd", f'<?xml version="1.0"?><VTKFile type="Collection" version="0.1"><Collection>{datasets}'
                     "</Collection></VTKFile>")  # fmt: skip


def write_wavefront() -> None:
    text("cube.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nv 0 0 1\nf 1 2 3 4\nf 1 2 5\nf 2 3 5\nf 3 4 5\nf 4 1 5\n")


def write_ensight() -> None:
    text("bar.case", "FORMAT\ntype: ensight gold\nGEOMETRY\nmodel: bar.geo\nVARIABLE\nscalar per node: heat bar.heat\n")
    corners = "0 1 1 0 0 1 1 0 0 0 1 1 0 0 1 1 0 0 0 0 1 1 1 1".split()
    text("bar.geo", "one hexahedron\n\nnode id off\nelement id off\npart\n         1\nbar\ncoordinates\n         8\n"
         + "".join(f"{float(value):12.5e}\n" for value in corners)
         + "hexa8\n         1\n" + "".join(f"{index:10d}" for index in range(1, 9)) + "\n")  # fmt: skip
    values = "".join(f"{float(value):12.5e}\n" for value in range(8))
    text("bar.heat", f"heat\npart\n         1\ncoordinates\n{values}")


def write_xdmf() -> None:
    text(
        "grid.xdmf",
        """<?xml version="1.0"?><Xdmf Version="2.0"><Domain><Grid Name="grid" GridType="Uniform">
<Topology TopologyType="3DCORECTMesh" Dimensions="2 2 3"/><Geometry GeometryType="ORIGIN_DXDYDZ">
<DataItem Format="XML" Dimensions="3">0 0 0</DataItem><DataItem Format="XML" Dimensions="3">1 1 1</DataItem></Geometry>
<Attribute Name="level" AttributeType="Scalar" Center="Node">
<DataItem Format="XML" Dimensions="2 2 3">0 1 2 3 4 5 6 7 8 9 10 11</DataItem></Attribute></Grid></Domain></Xdmf>""",
    )


def write_netcdf() -> None:
    """A classic NetCDF file with one variable on a 4x3 grid of longitudes and latitudes."""

    def name(word: str) -> bytes:
        data = word.encode()
        return struct.pack(">i", len(data)) + data + b"\0" * (-len(data) % 4)

    dimensions = [("lat", 3), ("lon", 4)]
    units = {"lat": "degrees_north", "lon": "degrees_east", "temperature": "K"}
    variables = [("lat", [0], [10.0, 20.0, 30.0]), ("lon", [1], [0.0, 10.0, 20.0, 30.0]),
                 ("temperature", [0, 1], [float(280 + index) for index in range(12)])]  # fmt: skip
    head = b"CDF\x01" + struct.pack(">i", 0) + struct.pack(">ii", 10, len(dimensions))
    head += b"".join(name(word) + struct.pack(">i", size) for word, size in dimensions) + struct.pack(">ii", 0, 0)
    head += struct.pack(">ii", 11, len(variables))

    def entry(word: str, dims: list[int], values: list[float], begin: int) -> bytes:
        unit = units[word].encode()
        padded = unit + b"\0" * (-len(unit) % 4)
        attribute = struct.pack(">ii", 12, 1) + name("units") + struct.pack(">ii", 2, len(unit)) + padded
        shape = struct.pack(">i", len(dims)) + b"".join(struct.pack(">i", dim) for dim in dims)
        return name(word) + shape + attribute + struct.pack(">iii", 5, 4 * len(values), begin)

    begin = len(head) + sum(len(entry(*variable, 0)) for variable in variables)
    body = b""
    for word, dims, values in variables:
        head += entry(word, dims, values, begin + len(body))
        body += struct.pack(f">{len(values)}f", *values)
    with open(at("weather.nc"), "wb") as file:
        file.write(head + body)


def write_openfoam() -> None:
    """A case of one hexahedron with a pressure."""

    def foam(kind: str, place: str, entry: str, body: str) -> None:
        head = f'FoamFile {{ version 2.0; format ascii; class {kind}; location "{place}"; object {entry}; }}\n'
        text(f"cavity/{place}/{entry}", head + body)

    mesh = "constant/polyMesh"
    foam("vectorField", mesh, "points",
         "8\n(\n(0 0 0)\n(1 0 0)\n(1 1 0)\n(0 1 0)\n(0 0 1)\n(1 0 1)\n(1 1 1)\n(0 1 1)\n)\n")  # fmt: skip
    foam("faceList", mesh, "faces",
         "6\n(\n4(0 3 2 1)\n4(4 5 6 7)\n4(0 1 5 4)\n4(2 3 7 6)\n4(1 2 6 5)\n4(0 4 7 3)\n)\n")  # fmt: skip
    foam("labelList", mesh, "owner", "6\n(\n0\n0\n0\n0\n0\n0\n)\n")
    foam("labelList", mesh, "neighbour", "0\n(\n)\n")
    foam("polyBoundaryMesh", mesh, "boundary", "1\n(\nwalls { type wall; nFaces 6; startFace 0; }\n)\n")
    foam("volScalarField", "1", "p",
         "dimensions [0 2 -2 0 0 0 0];\ninternalField uniform 7;\n"
         "boundaryField { walls { type zeroGradient; } }\n")  # fmt: skip
    text("cavity/system/controlDict",
         "FoamFile { version 2.0; format ascii; class dictionary; object controlDict; }\napplication icoFoam;\n"
         "startFrom startTime;\nstartTime 0;\nstopAt endTime;\nendTime 1;\ndeltaT 1;\nwriteControl timeStep;\n"
         "writeInterval 1;\n")  # fmt: skip
    text("cavity/cavity.foam", "")


def write_broken() -> None:
    """Files that must not open."""
    with open(at("mesh.vtu"), "rb") as file:
        whole = file.read()
    with open(at("broken/cut.vtu"), "wb") as file:
        file.write(whole[: len(whole) // 2])
    with open(at("broken/binary.vtk"), "wb") as file:
        file.write(os.urandom(4096))
    with open(at("broken/notes.txt2"), "w") as file:
        file.write("shopping list\n")


write_with_paraview()
write_wavefront()
write_ensight()
write_xdmf()
write_netcdf()
write_openfoam()
write_broken()
