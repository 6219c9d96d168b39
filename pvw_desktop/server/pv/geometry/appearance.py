"""How a prop looks: property, matrix, block attributes; and what surrounds the data: lights, background, axes grid."""

from __future__ import annotations

from typing import Any, Optional

from pvw_desktop.protocol.messages.scene import Appearance, AxesGrid, Light, Rgb

from ..core.texts import text_of

STYLES: Any = ("points", "wireframe", "surface")
FLAT, PHYSICAL = 0, 3
HEADLIGHT, CAMERA_LIGHT = 1, 2


def appearance_of(prop: Any, color: Optional[Rgb] = None, opacity: Optional[float] = None) -> Appearance:
    """A vtkProperty; `color` and `opacity` are those of a block in place of the property's own."""
    style = STYLES[prop.GetRepresentation()]
    diffuse = color or rgb(prop.GetDiffuseColor())
    return Appearance(
        style=style,
        color=diffuse,
        opacity=float(prop.GetOpacity() if opacity is None else opacity),
        edges=style == "surface" and bool(prop.GetEdgeVisibility()),
        edge_color=rgb(prop.GetEdgeColor()),
        line_width=float(prop.GetLineWidth()),
        point_size=float(prop.GetPointSize()),
        flat=prop.GetInterpolation() == FLAT,
        lighting=bool(prop.GetLighting()),
        ambient=float(prop.GetAmbient()),
        diffuse=float(prop.GetDiffuse()),
        specular=float(prop.GetSpecular()),
        specular_power=float(prop.GetSpecularPower()),
        specular_color=rgb(prop.GetSpecularColor()),
        ambient_color=color or rgb(prop.GetAmbientColor()),
        cull="back" if prop.GetBackfaceCulling() else "front" if prop.GetFrontfaceCulling() else "none",
    )


def unsupported_look(actor: Any) -> Optional[str]:
    """What of an actor's look only ParaView draws, in words that follow "drawn with"; None: nothing."""
    prop = actor.GetProperty()
    if prop.GetInterpolation() == PHYSICAL:
        return "physically based shading"
    if prop.GetRenderPointsAsSpheres():
        return "points as spheres"
    if prop.GetRenderLinesAsTubes():
        return "lines as tubes"
    if prop.GetVertexVisibility():
        return "all its vertices"
    shader = actor.GetShaderProperty()
    if shader.GetNumberOfShaderReplacements() or shader.HasFragmentShaderCode() or shader.HasVertexShaderCode():
        return "a shader of its own"
    return None


def matrix_of(actor: Any) -> Optional[list[float]]:
    """The matrix from the data's coordinates to the world's, row by row; None where they are the same."""
    matrix = actor.GetMatrix()
    values = [float(matrix.GetElement(row, column)) for row in range(4) for column in range(4)]
    return None if values == [float(index % 5 == 0) for index in range(16)] else values


def lights_of(renderer: Any) -> list[Light]:
    """The lights that are on."""
    found = []
    lights = renderer.GetLights()
    for index in range(lights.GetNumberOfItems()):
        light = lights.GetItemAsObject(index)
        if light.GetSwitch() and light.GetIntensity() > 0:
            kinds: Any = {HEADLIGHT: "headlight", CAMERA_LIGHT: "camera"}
            scene = light.GetLightType() not in kinds
            found.append(
                Light(
                    kind=kinds.get(light.GetLightType(), "scene"),
                    position=rgb(light.GetTransformedPosition() if scene else light.GetPosition()),
                    focal_point=rgb(light.GetTransformedFocalPoint() if scene else light.GetFocalPoint()),
                    color=rgb(light.GetDiffuseColor()),
                    intensity=float(light.GetIntensity()),
                )
            )
    return found


def background_of(renderer: Any) -> list[Rgb]:
    """One colour, or bottom and top."""
    bottom = rgb(renderer.GetBackground())
    return [bottom, rgb(renderer.GetBackground2())] if renderer.GetGradientBackground() else [bottom]


def unsupported_renderer(renderer: Any, view: Any) -> Optional[str]:
    """What of the whole picture only ParaView draws, as a sentence."""
    if renderer.GetTexturedBackground():
        return "The background image is drawn by ParaView alone."
    if any(_is(renderer, name) for name in ("GetUseShadows", "GetUseSSAO", "GetUseImageBasedLighting")):
        return "Shadows, ambient occlusion and environment lighting are drawn by ParaView alone."
    if _is(view, "GetEnableOSPRay"):
        return "Ray tracing is done by ParaView alone."
    lights = renderer.GetLights()
    for index in range(lights.GetNumberOfItems()):
        light = lights.GetItemAsObject(index)
        if light.GetSwitch() and light.GetPositional():
            return "Lights with a place are drawn by ParaView alone."
    return None


def _is(owner: Any, getter: str) -> bool:
    method = getattr(owner, getter, None)
    return method is not None and bool(method())


def axes_grid_of(grid: Any) -> AxesGrid:
    """A visible vtkPVGridAxes3DActor."""
    text = grid.GetTitleTextProperty(0)
    return AxesGrid(
        bounds=[float(end) for end in grid.GetBounds()],
        titles=(text_of(grid.GetTitle(0)), text_of(grid.GetTitle(1)), text_of(grid.GetTitle(2))),
        color=rgb(text.GetColor()),
        grid=bool(grid.GetGenerateGrid()),
        font_size=int(text.GetFontSize()),
    )


def rgb(values: Any) -> Rgb:
    """Three numbers of VTK as a tuple."""
    return (float(values[0]), float(values[1]), float(values[2]))
