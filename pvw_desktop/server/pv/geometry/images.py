"""Images as parts of a scene: a slice as a coloured mesh, a whole one as a volume. Knows no proxies."""

from __future__ import annotations

import dataclasses
from typing import Any, Callable, Optional

import vtkmodules.vtkRenderingVolumeOpenGL2  # noqa: F401  else volume mappers have only their base class's methods
from vtkmodules.vtkCommonCore import reference
from vtkmodules.vtkCommonDataModel import vtkImageData, vtkPolyData
from vtkmodules.vtkFiltersGeometry import vtkImageDataGeometryFilter
from vtkmodules.vtkRenderingCore import vtkAbstractMapper
from vtkmodules.vtkRenderingVolumeOpenGL2 import vtkMultiBlockVolumeMapper  # noqa: F401  its methods, for Python

from pvw_desktop.protocol.messages.scene import Appearance, ScenePart, Volume

from ..core.texts import text_of
from .appearance import appearance_of, matrix_of, rgb
from .arrays import Arrays, numbers_of
from .meshes import Wanted, meshes_of
from .parts import Owner
from .scalars import USUAL_SAMPLES, coloring_of, table_of

SLICE_MAPPER = "vtkPVImageSliceMapper"
VOLUME_MAPPERS = ("vtkMultiBlockVolumeMapper", "vtkSmartVolumeMapper", "vtkGPUVolumeRayCastMapper")
_AXIS_OF_MODE = {5: 2, 6: 0, 7: 1}
"""VTK_XY_PLANE, VTK_YZ_PLANE and VTK_XZ_PLANE: the axis across."""
_BLENDS: Any = ("composite", "maximum", "minimum", "average", "additive")
_LINEAR = 1


def slice_parts(arrays: Arrays, actor: Any, owner: Owner) -> list[ScenePart]:
    """The parts of an actor that shows one slice of a vtkImageData."""
    mapper = actor.GetMapper()
    image = mapper.GetInputDataObject(0, 0)
    axis = _AXIS_OF_MODE.get(int(mapper.GetSliceMode()), 2)
    extent = list(image.GetExtent())
    at = min(max(extent[2 * axis] + int(mapper.GetSlice()), extent[2 * axis]), extent[2 * axis + 1])
    extent[2 * axis : 2 * axis + 2] = [at, at]
    data = arrays.remember(("slice", *extent), [image], lambda: _slice(image, extent))
    coloring = coloring_of(arrays, mapper, data)
    look = appearance_of(actor.GetProperty(), coloring.solid)
    look = dataclasses.replace(look, style="surface", lighting=False, flat=True, edges=False)
    meshes = meshes_of(arrays, data, Wanted(scalars=coloring.scalars, normals=False))
    name = coloring.scalars.name if coloring.scalars is not None else None
    return [
        ScenePart(owner.key, owner.node, owner.port, None, look, matrix_of(actor), coloring.table, mesh, array=name)
        for mesh in meshes
    ]


def _slice(image: Any, extent: list[int]) -> Any:
    whole = image.GetExtent()
    shifted = vtkImageData()  # the filter takes no negative indices
    shifted.ShallowCopy(image)
    shifted.SetOrigin(image.GetPoint(0))
    shifted.SetExtent(*(end - whole[index // 2 * 2] for index, end in enumerate(whole)))
    cut = vtkImageDataGeometryFilter()
    cut.SetInputData(shifted)
    cut.SetExtent(*(end - whole[index // 2 * 2] for index, end in enumerate(extent)))
    cut.Update()
    result = vtkPolyData()
    result.ShallowCopy(cut.GetOutput())
    return result


def unsupported_volume(volume: Any) -> Optional[str]:
    """What of a vtkVolume only ParaView draws, in words that follow "drawn as"; None: nothing."""
    mapper = volume.GetMapper()
    if not any(mapper.IsA(name) for name in VOLUME_MAPPERS):
        return "a volume of cells"
    image = mapper.GetInputDataObject(0, 0)
    scalars, where = _scalars_of(mapper, image) if image.IsA("vtkImageData") else (None, 0)
    if scalars is None:
        return "a volume of several blocks"
    if scalars.GetNumberOfComponents() != 1:
        return "a volume of vectors"
    if where != 0:
        return "a volume of cell data"
    prop = volume.GetProperty()
    if not prop.GetDisableGradientOpacity() and prop.HasGradientOpacity():
        return "a volume with opacity by gradient"
    if mapper.GetBlendMode() >= len(_BLENDS):
        return "isosurfaces of a volume"
    return None


def _scalars_of(mapper: Any, image: Any) -> tuple[Any, int]:
    """The scalars that a volume mapper takes, and where they are: 0 points, 1 cells."""
    flag = reference(0)
    array = vtkAbstractMapper.GetAbstractScalars(
        image, mapper.GetScalarMode(), mapper.GetArrayAccessMode(), mapper.GetArrayId(), mapper.GetArrayName(), flag
    )
    return array, int(flag)


def volume_part(arrays: Arrays, volume: Any, owner: Owner, simplify: Callable[[Any], Any]) -> ScenePart:
    """A vtkVolume that `unsupported_volume` has nothing against, of what `simplify` makes of its image."""
    mapper, prop = volume.GetMapper(), volume.GetProperty()
    image = simplify(mapper.GetInputDataObject(0, 0))
    scalars, _ = _scalars_of(mapper, image)
    matrix = image.GetDirectionMatrix()
    return ScenePart(
        id=owner.key,
        node=owner.node,
        port=owner.port,
        block=None,
        appearance=_look(prop),
        matrix=matrix_of(volume),
        colors=table_of(arrays, prop.GetRGBTransferFunction(0), 0),
        volume=Volume(
            scalars=arrays.blob("volume", [scalars], lambda: numbers_of(scalars)),
            dimensions=tuple(image.GetDimensions()),
            origin=_first_point(image),
            spacing=rgb(image.GetSpacing()),
            direction=[float(matrix.GetElement(row, column)) for row in range(3) for column in range(3)],
            opacity=_opacity(prop.GetScalarOpacity(0)),
            unit_distance=float(prop.GetScalarOpacityUnitDistance(0)),
            shade=bool(prop.GetShade(0)),
            blend=_BLENDS[mapper.GetBlendMode()],
            linear=prop.GetInterpolationType() == _LINEAR,
        ),
        array=text_of(scalars.GetName()),
    )


def _first_point(image: Any) -> tuple[float, float, float]:
    """Where the first sample is: an extent need not begin at 0, and the wire's volumes do."""
    return rgb(image.GetPoint(0))


def _opacity(function: Any) -> list[float]:
    """Scalar, opacity, scalar, opacity … of a vtkPiecewiseFunction; curves between its nodes as short lines."""
    nodes = [[0.0] * 4 for _ in range(function.GetSize())]
    for index, node in enumerate(nodes):
        function.GetNodeValue(index, node)
    places = [node[0] for node in nodes]
    if len(nodes) > 1 and any(node[2:] != [0.5, 0.0] for node in nodes):
        low, high = places[0], places[-1]
        places = sorted({*places, *(low + (high - low) * step / USUAL_SAMPLES for step in range(USUAL_SAMPLES + 1))})
    return [float(number) for place in places for number in (place, function.GetValue(place))]


def _look(prop: Any) -> Appearance:
    """What of a vtkVolumeProperty shading goes by."""
    white = (1.0, 1.0, 1.0)
    return Appearance(
        style="surface", color=white, opacity=1.0, edges=False, edge_color=white, line_width=1.0, point_size=1.0,
        flat=False, lighting=bool(prop.GetShade(0)), ambient=float(prop.GetAmbient(0)),
        diffuse=float(prop.GetDiffuse(0)), specular=float(prop.GetSpecular(0)),
        specular_power=float(prop.GetSpecularPower(0)), specular_color=white, ambient_color=white, cull="none",
    )  # fmt: skip
