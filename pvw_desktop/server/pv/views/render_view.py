"""One render view: its window, size, camera and what surrounds the data. Knows no other view."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import Any, Optional

from pvw_desktop.protocol.channel import MAX_HEIGHT, MAX_WIDTH
from pvw_desktop.protocol.errors import BadRequest
from pvw_desktop.protocol.messages.view import Camera, InteractiveQuality, View

from ..properties.access import Proxy, get_elements, set_elements

DEFAULT_SIZE = (1280, 800)
DEFAULT_DPI = 72
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


@dataclasses.dataclass
class Place:
    """What belongs to a view's place on the pages, and not to the view: another may take the place, as one that comes
    with a state file does."""

    size: tuple[int, int] = DEFAULT_SIZE
    ratio: float = 1.0
    quality: InteractiveQuality = InteractiveQuality()
    camera_version: int = 0
    """Grows when a camera was changed by something else than a hand, or another view took the place."""


class RenderView:
    """One render view: `proxy` is its vtkSMRenderViewProxy. Made by the registry, which knows all of them."""

    def __init__(self, proxy: Proxy, place: Place, anything_shown: Callable[[Proxy], bool]):
        self.proxy = proxy
        self.id = str(proxy.GetGlobalIDAsString())
        self.place = place
        place.camera_version += 1
        self.moved = False
        """Whether somebody placed the camera; one that nobody did is fitted again when the view's shape changes."""
        self._anything_shown = anything_shown
        window = proxy.GetRenderWindow()
        window.SetShowWindow(False)
        window.SetUseOffScreenBuffers(True)
        # Nobody looks at this window: a swap would only wait for the X server.
        window.SetSwapBuffers(0)
        self.apply_size(1.0)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of full images, pixels."""
        return self.place.size

    @property
    def quality(self) -> InteractiveQuality:
        """How images are made while the camera moves."""
        return self.place.quality

    def resize(self, width: int, height: int, ratio: float) -> bool:
        """Sets the size of full images in pixels, scaled down to the largest that is possible; False if unchanged."""
        shrink = min(1.0, MAX_WIDTH / width, MAX_HEIGHT / height)
        size = max(1, int(width * shrink)), max(1, int(height * shrink))
        if size == self.place.size and ratio == self.place.ratio:
            return False
        self.place.size, self.place.ratio = size, ratio
        if not self.moved:
            self.reset_camera(None, None)
        return True

    def apply_size(self, scale: float) -> tuple[int, int]:
        """Gives the window `scale` times the full size, and text and lines the scale to match; the size it has now."""
        size = max(1, round(self.size[0] * scale)), max(1, round(self.size[1] * scale))
        view = self.proxy
        if tuple(get_elements(view, "ViewSize")) != size:
            set_elements(view, "ViewSize", size)
            view.UpdateProperty("ViewSize")
        dots = max(1, round(DEFAULT_DPI * self.place.ratio * scale))
        if view.GetRenderWindow().GetDPI() != dots:
            view.GetRenderWindow().SetDPI(dots)
        return size

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
        """Changes what is not None."""
        view = self.proxy
        if orientation_axes is not None:
            set_elements(view, "OrientationAxesVisibility", [int(orientation_axes)])
        if parallel is not None:
            self._set_parallel(parallel)
            self.place.camera_version += 1
        if background is not None:
            if not all(0 <= part <= 1 for part in background):
                raise BadRequest("Red, green and blue of the background go from 0 to 1.")
            if view.GetProperty("UseColorPaletteForBackground") is not None:
                set_elements(view, "UseColorPaletteForBackground", [0])
            set_elements(view, "Background", background)
        view.UpdateVTKObjects()

    def state(self, bounds: Optional[list[float]]) -> View:
        """The topic `view/<id>`."""
        view = self.proxy
        return View(
            view=self.id,
            kind="render",
            width=self.size[0],
            height=self.size[1],
            camera=self.camera(),
            camera_version=self.place.camera_version,
            center_of_rotation=tuple(get_elements(view, "CenterOfRotation")),
            bounds=bounds,
            orientation_axes=bool(get_elements(view, "OrientationAxesVisibility")[0]),
            background=[float(part) for part in get_elements(view, "Background")],
            quality=self.quality,
        )
