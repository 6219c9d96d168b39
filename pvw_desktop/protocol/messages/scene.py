"""view.*: what a view shows as geometry, for pages that draw it themselves.

The topic `scene/<view>` lists what is visible; large arrays are blobs, named by the hash of their content and fetched
by HTTP (`GET /s/<id>/blob/<hash>`), so that only what changed travels and a slow fetch never delays an image.
"""

from __future__ import annotations

import dataclasses
from typing import Annotated, Literal, Optional

from ..registry import event, notification, topic
from ..schema import Length, Range
from .common import Id, Vector3
from .view import Camera

RenderMode = Literal["remote", "local", "hybrid"]
BlobType = Literal["float32", "float64", "int8", "uint8", "int16", "uint16", "int32", "uint32"]
Rgb = tuple[float, float, float]

MAX_LOCAL_BYTES = 1 << 30


@notification("view.mode", role="watch", answered_by="gateway")
@dataclasses.dataclass(frozen=True)
class ViewMode:
    """Who draws the view for this client. `remote`: the server, as images. `local`: the client, from geometry alone;
    no images are sent. `hybrid`: the client while the camera moves, from coarse geometry, and the server at rest. The
    topic `scene/<view>` is kept while a client has a `limit`, and `scene/<view>/lod` while one is in `hybrid`. As long
    as a client says nothing about a view, that is `remote` for it."""

    view: Id
    mode: RenderMode
    limit: Annotated[
        int,
        "most bytes of geometry this client would draw, whatever the mode is now; 0: none",
        Range(0, MAX_LOCAL_BYTES),
    ] = 0


@event("view.camera.moved")
@dataclasses.dataclass(frozen=True)
class ViewCameraMoved:
    """Another client moved the camera. Goes to clients that draw locally; the others see it in the images."""

    view: Id
    camera: Camera
    client: Annotated[str, "the client that moved it"]


@dataclasses.dataclass(frozen=True)
class Blob:
    """An array that a scene needs. Its bytes are `GET /s/<id>/blob/<hash>`, little-endian, encoded as the answer's
    header `PVW-Codec` says (docs/protocol.md, Geometry)."""

    hash: Annotated[str, "32 hexadecimal digits over type, components and content", Length(32)]
    type: BlobType
    components: Annotated[int, "numbers per item"]
    items: int
    use: Literal["points", "normals", "indices", "scalars", "texcoords", "texture", "annotations", "volume"]


@dataclasses.dataclass(frozen=True)
class ColorTable:
    """How scalars become colours: `colors` are RGB samples, one for each equal part of `range`, in log10 of it where
    `log`."""

    colors: Annotated[list[int], "red, green, blue, each 0 to 255; a sample for each of so many equal parts"]
    range: tuple[float, float]
    log: bool
    nan_color: Rgb
    below: Optional[Rgb] = None
    above: Optional[Rgb] = None
    component: Annotated[int, "-1: the magnitude"] = 0
    opacity: Annotated[Optional[list[float]], "0 to 1, one for each sample; null: opaque"] = None


@dataclasses.dataclass(frozen=True)
class Mesh:
    """Points and what joins them. Index blobs have uint32 items: 3 numbers a triangle, 2 a line, 1 a vertex."""

    points: Blob
    normals: Optional[Blob] = None
    triangles: Optional[Blob] = None
    lines: Optional[Blob] = None
    vertices: Optional[Blob] = None
    edges: Annotated[Optional[Blob], "lines between point ids: outlines of the cells, where not all are triangles"] = (
        None
    )
    scalars: Annotated[Optional[Blob], "one item for each point or cell"] = None
    association: Annotated[
        Optional[Literal["POINTS", "CELLS"]], "cells: one item for each of the mesh's, all of one kind"
    ] = None
    direct_colors: Annotated[bool, "scalars are colours, 0 to 255, and need no table"] = False
    texcoords: Optional[Blob] = None
    texture: Optional[Blob] = None
    texture_size: Optional[tuple[int, int]] = None


@dataclasses.dataclass(frozen=True)
class Volume:
    """A regular grid of scalars, drawn as a volume; x runs fastest."""

    scalars: Blob
    dimensions: tuple[int, int, int]
    origin: Vector3
    spacing: Vector3
    direction: Annotated[list[float], "3 × 3, row by row"]
    opacity: Annotated[list[float], "scalar, opacity, scalar, opacity …"]
    unit_distance: float
    shade: bool
    blend: Annotated[Literal["composite", "maximum", "minimum", "average", "additive"], "as VTK's blend mode"]
    linear: bool


@dataclasses.dataclass(frozen=True)
class Appearance:
    """VTK's property of an actor."""

    style: Literal["surface", "wireframe", "points"]
    color: Rgb
    opacity: float
    edges: bool
    edge_color: Rgb
    line_width: Annotated[float, "pixels"]
    point_size: Annotated[float, "pixels"]
    flat: Annotated[bool, "flat instead of Gouraud shading"]
    lighting: bool
    ambient: float
    diffuse: float
    specular: float
    specular_power: float
    specular_color: Rgb
    ambient_color: Rgb
    cull: Literal["none", "back", "front"]


@dataclasses.dataclass(frozen=True)
class ScenePart:
    """One thing to draw: a mesh or a volume."""

    id: Annotated[str, "stays the same while the thing does", Length(64)]
    node: Annotated[Optional[Id], "the pipeline node it belongs to"]
    port: int
    block: Annotated[Optional[str], "name or number of the block of a composite dataset"]
    appearance: Appearance
    matrix: Annotated[Optional[list[float]], "4 × 4, row by row; null: none"]
    colors: Optional[ColorTable]
    mesh: Optional[Mesh] = None
    volume: Optional[Volume] = None
    array: Annotated[Optional[str], "name of the scalars"] = None


@dataclasses.dataclass(frozen=True)
class Light:
    """A directional light."""

    kind: Annotated[Literal["camera", "scene", "headlight"], "camera: fixed to the camera, in its own axes"]
    position: Vector3
    focal_point: Vector3
    color: Rgb
    intensity: float


@dataclasses.dataclass(frozen=True)
class AxesGrid:
    """ParaView's axes grid."""

    bounds: list[float]
    titles: tuple[str, str, str]
    color: Rgb
    grid: bool
    font_size: int


@topic("scene/*")
@dataclasses.dataclass(frozen=True)
class Scene:
    """What a view shows, as geometry: `scene/<view>`, and `scene/<view>/lod` for a coarse copy."""

    view: Id
    version: Annotated[int, "grows with each change of anything in it"]
    lod: Annotated[bool, "a coarse copy, for drawing while the camera moves"]
    bytes: Annotated[int, "of all arrays but the annotations, before compression; an estimate where parts is empty"]
    unsupported_reason: Annotated[Optional[str], "why the page cannot draw all of it: a sentence; null where it can"]
    parts: list[ScenePart]
    lights: list[Light]
    background: Annotated[list[Rgb], "one colour, or bottom and top of a gradient"]
    annotations: Annotated[Optional[Blob], "RGBA rows, bottom first: scalar bars and text, drawn above everything"]
    annotations_size: Optional[tuple[int, int]]
    orientation_axes: bool
    axes_grid: Optional[AxesGrid]
