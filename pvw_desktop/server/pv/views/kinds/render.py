"""The render view: its camera and what surrounds the data."""

from __future__ import annotations

import math
from typing import Any, Optional

from pvw_desktop.protocol.errors import BadRequest
from pvw_desktop.protocol.messages.view import Camera
from pvw_desktop.protocol.messages.view import View as RenderViewState

from ...properties.access import get_elements, set_elements
from .registry import view_kind
from .view import View

NEVER_LOD = 1e12
"""MB of geometry above which ParaView may make it coarse: nothing has so many."""
SOFTWARE_LOD = 0.2
"""LOD resolution with software OpenGL: about 80,000 triangles a surface, which it draws in time; the default of 0.5
makes four times as many."""
INTERACTION_3D, INTERACTION_2D = 0, 1
"""Values of the property InteractionMode."""
CAMERA_PROPERTIES = {
    "position": "CameraPosition",
    "focal_point": "CameraFocalPoint",
    "view_up": "CameraViewUp",
    "view_angle": "CameraViewAngle",
    "parallel_scale": "CameraParallelScale",
}
_OF_THE_CAMERA = (*CAMERA_PROPERTIES.values(), "CameraParallelProjection", "CenterOfRotation")
DIRECTIONS: dict[str, tuple[tuple[float, float, float], tuple[float, float, float]]] = {
    "+x": ((1, 0, 0), (0, 0, 1)),
    "-x": ((-1, 0, 0), (0, 0, 1)),
    "+y": ((0, 1, 0), (0, 0, 1)),
    "-y": ((0, -1, 0), (0, 0, 1)),
    "+z": ((0, 0, 1), (0, 1, 0)),
    "-z": ((0, 0, -1), (0, 1, 0)),
    "iso": ((-1, -1, -1), (0, 0, 1)),
}
"""The way the camera looks, and what is up."""


@view_kind
class RenderView(View):
    """One render view: `proxy` is its vtkSMRenderViewProxy."""

    KIND = "render"
    PROXY = "RenderView"
    LABEL = "render view"
    HAS_GEOMETRY = True

    def resize(self, width: int, height: int, ratio: float) -> bool:
        """As of any view; a camera that nobody placed is fitted to the new shape."""
        changed = super().resize(width, height, ratio)
        if changed and not self.moved:
            self.reset_camera(None, None)
        return changed

    # --- images

    def adopt(self, may_use_lod: bool, software: bool) -> None:
        """InteractiveRender is only called where coarse geometry is meant, so it always takes it. Set past the
        properties: the user's own settings stay as they are."""
        client = self.proxy.GetClientSideObject()
        client.SetLODRenderingThreshold(0.0 if may_use_lod else NEVER_LOD)
        if software:
            client.SetLODResolution(SOFTWARE_LOD)

    def draw(self, still: bool, lod: bool) -> None:
        """A still image is what ParaView's own client would show. An interactive one leaves antialiasing (FXAA) away,
        which with software OpenGL takes as long as all the rest, and may use ParaView's coarse geometry (LOD)."""
        view = self.proxy
        antialias = still and view.GetProperty("UseFXAA") is not None and bool(get_elements(view, "UseFXAA")[0])
        view.GetClientSideObject().SetUseFXAA(antialias)
        if lod:
            view.InteractiveRender()
        else:
            view.StillRender()

    # --- camera

    def camera(self) -> Camera:
        """The camera as the properties have it."""
        view = self.proxy
        return Camera(
            position=tuple(get_elements(view, "CameraPosition")),
            focal_point=tuple(get_elements(view, "CameraFocalPoint")),
            view_up=tuple(get_elements(view, "CameraViewUp")),
            view_angle=float(get_elements(view, "CameraViewAngle")[0]),
            parallel_scale=float(get_elements(view, "CameraParallelScale")[0]),
            parallel=self._flat or bool(get_elements(view, "CameraParallelProjection")[0]),
        )

    @property
    def _flat(self) -> bool:
        """Whether the view is in ParaView's 2D mode, which draws in parallel whatever the camera's property says."""
        mode = self.proxy.GetProperty("InteractionMode")
        return mode is not None and mode.GetElement(0) == INTERACTION_2D

    def _set_parallel(self, parallel: bool) -> None:
        if self._flat and parallel:
            return
        if self._flat:
            set_elements(self.proxy, "InteractionMode", [INTERACTION_3D])
        set_elements(self.proxy, "CameraParallelProjection", [int(parallel)])

    def set_camera(self, camera: Camera) -> None:
        """Moves the camera; BadRequest for one that cannot look anywhere."""
        looks = [focus - eye for focus, eye in zip(camera.focal_point, camera.position)]
        if math.hypot(*looks) == 0 or math.hypot(*camera.view_up) == 0:
            raise BadRequest("A camera needs a distance to its focal point and a direction that is up.")
        self.moved = True
        view = self.proxy
        for field, name in CAMERA_PROPERTIES.items():
            value = getattr(camera, field)
            set_elements(view, name, value if isinstance(value, tuple) else [value])
        self._set_parallel(camera.parallel)
        view.UpdateVTKObjects()

    def reset_camera(self, direction: Optional[str], bounds: Optional[list[float]]) -> None:
        """Fits everything visible, or `bounds`, into the image; with a direction, turns there first. Where nothing is
        visible there is nothing to fit, and the camera keeps its place."""
        view = self.proxy
        view.SynchronizeCameraProperties()
        if direction is not None:
            forward, up = DIRECTIONS[direction]
            camera = self.camera()
            distance = math.dist(camera.position, camera.focal_point)
            length = math.hypot(*forward)
            position = tuple(focus - way * distance / length for focus, way in zip(camera.focal_point, forward))
            set_elements(view, "CameraPosition", position)
            set_elements(view, "CameraViewUp", up)
            view.UpdateVTKObjects()
        if bounds is None and not self._anything_shown(self.proxy):
            self.place.camera_version += 1
            return
        self.moved = bounds is not None
        self.apply_size(1.0)  # what fits depends on the shape of the image
        if bounds is None:
            view.ResetCamera()
        else:
            view.ResetCamera(bounds)
        view.SynchronizeCameraProperties()
        if bounds is None:
            self.center_rotation()
        self.place.camera_version += 1

    def camera_memory(self) -> Any:
        """The camera, for `remember_camera`."""
        return self.moved, {name: get_elements(self.proxy, name) for name in _OF_THE_CAMERA}

    def remember_camera(self, memory: Any) -> None:
        """Puts the camera back where it was when `camera_memory` was taken."""
        if memory == self.camera_memory():
            return
        self.moved, elements = memory
        for name, values in elements.items():
            set_elements(self.proxy, name, values)
        self.proxy.UpdateVTKObjects()
        self.place.camera_version += 1

    def center_rotation(self) -> None:
        """Puts the centre of rotation into the middle of everything visible."""
        set_elements(self.proxy, "CenterOfRotation", get_elements(self.proxy, "CameraFocalPoint"))
        self.proxy.UpdateVTKObjects()

    # --- surroundings

    def set_surroundings(
        self,
        orientation_axes: Optional[bool],
        parallel: Optional[bool],
        background: Optional[tuple[float, float, float]],
    ) -> None:
        """Changes what is not None; all or, with BadRequest, none."""
        if background is not None and not all(0 <= part <= 1 for part in background):
            raise BadRequest("Red, green and blue of the background go from 0 to 1.")
        view = self.proxy
        if orientation_axes is not None:
            set_elements(view, "OrientationAxesVisibility", [int(orientation_axes)])
        if parallel is not None:
            self._set_parallel(parallel)
            self.place.camera_version += 1
        if background is not None:
            if view.GetProperty("UseColorPaletteForBackground") is not None:
                set_elements(view, "UseColorPaletteForBackground", [0])
            set_elements(view, "Background", background)
        view.UpdateVTKObjects()

    def state(self, bounds: Optional[list[float]]) -> RenderViewState:
        """The topic `view/<id>`."""
        view = self.proxy
        return RenderViewState(
            view=self.id,
            kind="render",
            width=self.size[0],
            height=self.size[1],
            ratio=self.place.ratio,
            camera=self.camera(),
            camera_version=self.place.camera_version,
            center_of_rotation=tuple(get_elements(view, "CenterOfRotation")),
            bounds=bounds,
            orientation_axes=bool(get_elements(view, "OrientationAxesVisibility")[0]),
            background=[float(part) for part in get_elements(view, "Background")],
            quality=self.quality,
        )
