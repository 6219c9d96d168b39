"""What the render view shows, as geometry: walks its props and makes the topic `scene/<view>` of them.

Whatever is visible and not known here makes `unsupported_reason`, so that a page never shows less than ParaView does
without knowing it. Knows no clients and no channel; rendering/geometry.py decides when a scene is read and sent.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import Any, Optional

from pvw_desktop.protocol.messages.scene import AxesGrid, Scene, ScenePart

from ..core.engine import Engine
from ..properties.access import Proxy, get_elements
from .annotations import AnnotationReader
from .appearance import axes_grid_of, background_of, lights_of, unsupported_look, unsupported_renderer
from .arrays import Arrays, Bytes
from .estimate import estimate
from .images import SLICE_MAPPER, slice_parts, unsupported_volume, volume_part
from .lod import MOST_BYTES, Coarse
from .owners import Owners
from .parts import MESH_MAPPERS, Owner, mesh_parts

MOST_REASONS = 3
ACTORS = ("vtkPVLODActor", "vtkOpenGLActor", "vtkPVCenterAxesActor")
"""Actors that draw what their mapper has and nothing else, by exact name."""


@dataclasses.dataclass
class _Found:
    """What a walk over the props came to."""

    props: list[tuple[Any, Owner]] = dataclasses.field(default_factory=list)
    axes_grid: Optional[AxesGrid] = None
    reasons: list[str] = dataclasses.field(default_factory=list)


NAMES = {
    "vtkPVGridAxes3DActor": "The axes grid of an item is",
    "vtkPolarAxesActor": "The polar axes are",
    "vtkOpenGLSkybox": "The environment is",
}
"""What a person calls props that belong to no node."""


class SceneReader:
    """Reads the scenes of one view. Between two readings it keeps what is unchanged."""

    def __init__(self, engine: Engine, view: Proxy):
        self._engine = engine
        self._view = view
        self._arrays = Arrays()
        self._annotations = AnnotationReader()

    def read(self, limit: int, lod: bool) -> dict[str, Scene]:
        """The scenes by what follows `scene/<view>`: "", and "/lod" where that is wanted. The window has the size
        of full images. Past `limit` bytes nothing is extracted; a limit of 0 only forgets what was kept of the last."""
        self._arrays.begin()
        try:
            if not limit:
                return {}
            self._give_mappers_their_input()
            found = self._walk()
            scenes = {"": self._scene(found, limit, lod)}
            if lod:
                scenes["/lod"] = self._lod(found, scenes[""])
            return scenes
        finally:
            self._arrays.end()

    @property
    def kept(self) -> int:
        """How many things made of ParaView's data are remembered."""
        return len(self._arrays)

    def payload(self, name: str) -> Bytes:
        """The bytes of a blob of the scenes read last; KeyError for any other."""
        return self._arrays.payload(name)

    def _give_mappers_their_input(self) -> None:
        """A render without drawing: ParaView hands data to the mappers when it renders, and a page that draws by
        itself gets no images."""
        view = self._view
        client = view.GetClientSideObject()
        before = client.GetSuppressRendering()
        client.SetSuppressRendering(True)
        try:
            view.StillRender()
        finally:
            client.SetSuppressRendering(before)

    # --- the walk

    def _walk(self) -> _Found:
        found = _Found()
        view = self._view.GetClientSideObject()
        reason = unsupported_renderer(view.GetRenderer(), view)
        if reason is not None:
            found.reasons.append(reason)
        owners = Owners(self._engine, self._view)
        keys: dict[str, int] = {}
        for index, prop in enumerate(props_of(view.GetRenderer())):
            if prop.GetVisibility():
                owner = owners.of(prop) or Owner(f"p{index}")
                turn = keys[owner.key] = keys.get(owner.key, -1) + 1
                key = f"{owner.key}.{turn}" if turn else owner.key  # a back face beside the front, for one
                self._take(found, prop, dataclasses.replace(owner, key=key))
        for prop in props_of(view.GetNonCompositedRenderer()):
            if prop.GetVisibility():
                self._take_annotation(found, prop)
        return found

    def _take(self, found: _Found, prop: Any, owner: Owner) -> None:
        if prop is self._axes_grid():
            found.axes_grid = axes_grid_of(prop)
            return
        if prop.IsA("vtkVolume"):
            self._take_volume(found, prop, owner)
            return
        if prop.GetClassName() in ACTORS:
            mapper = prop.GetMapper()
            if mapper is not None and mapper.GetClassName() == "vtkOpenGLPolyDataMapper":
                mapper.Update()  # its input is no representation's, so nothing has brought it up to date
            if mapper is None or is_empty(mapper.GetInputDataObject(0, 0)):
                return
            if mapper.GetClassName() in (*MESH_MAPPERS, SLICE_MAPPER):
                reason = unsupported_look(prop)
                if reason is not None:
                    found.reasons.append(_sentence(owner, f"drawn with {reason} by ParaView alone", prop))
                found.props.append((prop, owner))
                return
        found.reasons.append(_sentence(owner, "drawn by ParaView alone", prop))

    def _axes_grid(self) -> Any:
        """The view's own axes grid; a representation may have one besides."""
        entry = self._view.GetProperty("AxesGrid")
        proxy = entry.GetProxy(0) if entry is not None and entry.GetNumberOfProxies() else None
        return proxy.GetClientSideObject() if proxy is not None else None

    def _take_volume(self, found: _Found, volume: Any, owner: Owner) -> None:
        mapper = volume.GetMapper()
        if mapper is None or is_empty(mapper.GetInputDataObject(0, 0)):
            return
        reason = unsupported_volume(volume)
        if reason is not None:
            found.reasons.append(_sentence(owner, f"drawn as {reason} by ParaView alone", volume))
        found.props.append((volume, owner))

    def _parts(self, prop: Any, owner: Owner, simplify: Callable[[Any], Any] = lambda data: data) -> list[ScenePart]:
        if prop.IsA("vtkVolume"):
            return [volume_part(self._arrays, prop, owner, simplify)]
        if prop.GetMapper().IsA(SLICE_MAPPER):
            return slice_parts(self._arrays, prop, owner)
        return mesh_parts(self._arrays, prop, owner, simplify)

    def _take_annotation(self, found: _Found, prop: Any) -> None:
        """The annotations are what stays where it is in the view; what follows the camera only ParaView draws."""
        if prop.IsA("vtkBorderRepresentation"):
            return
        mapper = prop.GetMapper() if prop.IsA("vtkActor2D") else None
        labels = mapper is not None and mapper.IsA("vtkLabeledDataMapper")
        what = "Labels are" if labels else f"Something in front of the picture ({prop.GetClassName()}) is"
        found.reasons.append(f"{what} drawn by ParaView alone.")

    # --- the scene

    def _scene(self, found: _Found, limit: int, lod: bool) -> Scene:
        reasons = found.reasons[:MOST_REASONS]
        expected = estimate([prop for prop, _ in found.props])
        parts: list[ScenePart] = []
        if expected > limit:
            reasons = [f"The geometry is {_megabytes(expected)}; this page draws up to {_megabytes(limit)} itself."]
        elif not reasons:
            for prop, owner in found.props:
                parts += self._parts(prop, owner)
        annotated = bool(parts) or not reasons or (lod and not found.reasons)
        return self._around(found, parts, expected, reasons, annotated)

    def _lod(self, found: _Found, whole: Scene) -> Scene:
        """The coarse copy, whatever the whole comes to."""
        view = self._view.GetClientSideObject()
        bounds = view.GetRenderer().ComputeVisiblePropBounds()
        coarse = Coarse(self._arrays, math.dist(bounds[0::2], bounds[1::2]))
        reasons = found.reasons[:MOST_REASONS]
        expected = 0 if reasons else estimate([prop for prop, _ in found.props], coarse.of)
        if expected > MOST_BYTES:
            reasons = [f"Even a coarse copy of the geometry is {_megabytes(expected)}."]
        parts: list[ScenePart] = []
        for prop, owner in [] if reasons else found.props:
            parts += self._parts(prop, owner, coarse.of)
        return dataclasses.replace(
            whole, lod=True, parts=parts, bytes=expected, unsupported_reason=" ".join(reasons) or None
        )

    def _around(
        self, found: _Found, parts: list[ScenePart], expected: int, reasons: list[str], annotated: bool
    ) -> Scene:
        view = self._view
        renderer = view.GetClientSideObject().GetRenderer()
        client = view.GetClientSideObject()
        annotations, size = self._annotations.take(client, self._arrays) if annotated else (None, None)
        return Scene(
            view=str(view.GetGlobalIDAsString()),
            version=0,
            lod=False,
            bytes=expected,
            unsupported_reason=" ".join(reasons) or None,
            parts=parts,
            lights=lights_of(renderer),
            background=background_of(renderer),
            annotations=annotations,
            annotations_size=size,
            orientation_axes=bool(get_elements(view, "OrientationAxesVisibility")[0]),
            axes_grid=found.axes_grid,
        )


def props_of(renderer: Any) -> list[Any]:
    """The props of a vtkRenderer."""
    props = renderer.GetViewProps()
    return [props.GetItemAsObject(index) for index in range(props.GetNumberOfItems())]


def is_empty(data: Any) -> bool:
    """Whether a mapper's input has nothing to draw."""
    return data is None or data.GetNumberOfElements(0) == 0


def _sentence(owner: Owner, what: str, prop: Any) -> str:
    if owner.name:
        return f"{owner.name} is {what}: {owner.kind}."
    return f"{NAMES.get(prop.GetClassName()) or f'Something in the picture ({prop.GetClassName()}) is'} {what}."


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
