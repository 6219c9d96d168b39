"""The render view: its window, size, camera and what surrounds the data."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, Optional

from pvw_desktop.protocol.channel import MAX_HEIGHT, MAX_WIDTH
from pvw_desktop.protocol.errors import BadRequest
from pvw_desktop.protocol.messages.view import Camera, ImageOptions, View

from ..core.engine import Engine, Proxy
from ..core.owned import new_proxy

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


def set_elements(proxy: Proxy, name: str, elements: Iterable[Any]) -> None:
    """Sets a vector property without pushing it."""
    prop = proxy.GetProperty(name)
    for index, element in enumerate(elements):
        prop.SetElement(index, element)


def get_elements(proxy: Proxy, name: str) -> list[Any]:
    """The elements of a vector property."""
    prop = proxy.GetProperty(name)
    return [prop.GetElement(index) for index in range(prop.GetNumberOfElements())]


class Views:
    """Looks after the one render view of the session."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self.camera_version = 0
        self.size = DEFAULT_SIZE
        self.moved = False
        """Whether somebody placed the camera; one that nobody did is fitted again when the view's shape changes."""
        self.ratio = 1.0
        self.options = ImageOptions()
        self._replaced: set[str] = set()
        """Ids of the views that others took the place of."""
        self.anything_shown: Callable[[], bool] = lambda: True
        self.on_adopt: Callable[[], None] = lambda: None
        """Called when another view became the session's own."""

    def create(self) -> None:
        """Makes the view and its window, which is never shown."""
        proxy = new_proxy(self._engine.pxm, "views", "RenderView")
        self._engine.controller.PreInitializeProxy(proxy)
        set_elements(proxy, "ViewSize", self.size)
        proxy.UpdateVTKObjects()
        self._engine.controller.PostInitializeProxy(proxy)
        self._engine.controller.RegisterViewProxy(proxy)
        self.adopt(proxy)

    def adopt(self, proxy: Proxy) -> None:
        """Takes a view, new or from a state file, as the session's own. Size and image options stay: they belong to
        the place on the pages that it takes, and not to the view."""
        self._engine.view = proxy
        self._replaced.discard(self._engine.remember(proxy))
        window = proxy.GetRenderWindow()
        window.SetShowWindow(False)
        window.SetUseOffScreenBuffers(True)
        # Nobody looks at this window: a swap would only wait for the X server.
        window.SetSwapBuffers(0)
        self.camera_version += 1
        self.apply_size(1.0)
        self.on_adopt()

    def adopt_from_state(self) -> None:
        """After a state file was loaded: its first render view becomes the session's, or a new one is made."""
        pxm = self._engine.pxm
        for index in range(pxm.GetNumberOfProxies("views")):
            proxy = pxm.GetProxy("views", pxm.GetProxyName("views", index))
            if proxy.IsA("vtkSMRenderViewProxy"):
                self.adopt(proxy)
                return
        self.create()

    def release(self) -> None:
        """Gives the session's view up for one that takes its place."""
        self._replaced.add(self._engine.remember(self._engine.view))
        self._engine.controller.UnRegisterProxy(self._engine.view)
        self._engine.view = None

    def means_place(self, ident: str) -> bool:
        """Whether what is said of this view's place on the pages is meant for the session's view: it, or one before."""
        return ident == self._engine.remember(self._engine.view) or ident in self._replaced

    def others(self) -> list[str]:
        """Names of the views that a state brought along and that nobody sees here."""
        pxm = self._engine.pxm
        names = [pxm.GetProxyName("views", index) for index in range(pxm.GetNumberOfProxies("views"))]
        own = pxm.GetProxyName("views", self._engine.view)
        return [f"{name} ({pxm.GetProxy('views', name).GetXMLLabel()})" for name in names if name != own]

    def forget(self, give_back: Callable[[Proxy], None]) -> None:
        """Everything around the data, and the camera, as they were in the beginning."""
        give_back(self._engine.view)
        self.on_adopt()
        self.reset_camera(None, None)

    def resize(self, width: int, height: int, ratio: float) -> bool:
        """Sets the size of full images in pixels, scaled down to the largest that is possible; False if unchanged."""
        shrink = min(1.0, MAX_WIDTH / width, MAX_HEIGHT / height)
        size = max(1, int(width * shrink)), max(1, int(height * shrink))
        if size == self.size and ratio == self.ratio:
            return False
        self.size, self.ratio = size, ratio
        if not self.moved:
            self.reset_camera(None, None)
        return True

    def apply_size(self, scale: float) -> tuple[int, int]:
        """Gives the window `scale` times the full size, and text and lines the scale to match; the size it has now."""
        size = max(1, round(self.size[0] * scale)), max(1, round(self.size[1] * scale))
        view = self._engine.view
        if tuple(get_elements(view, "ViewSize")) != size:
            set_elements(view, "ViewSize", size)
            view.UpdateProperty("ViewSize")
        dots = max(1, round(DEFAULT_DPI * self.ratio * scale))
        if view.GetRenderWindow().GetDPI() != dots:
            view.GetRenderWindow().SetDPI(dots)
        return size

    # --- camera

    def camera(self) -> Camera:
        """The camera as the properties have it."""
        view = self._engine.view
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
        mode = self._engine.view.GetProperty("InteractionMode")
        return mode is not None and mode.GetElement(0) == INTERACTION_2D

    def _set_parallel(self, parallel: bool) -> None:
        if self._flat and parallel:
            return
        if self._flat:
            set_elements(self._engine.view, "InteractionMode", [INTERACTION_3D])
        set_elements(self._engine.view, "CameraParallelProjection", [int(parallel)])

    def set_camera(self, camera: Camera) -> None:
        """Moves the camera; BadRequest for one that cannot look anywhere."""
        looks = [focus - eye for focus, eye in zip(camera.focal_point, camera.position)]
        if math.hypot(*looks) == 0 or math.hypot(*camera.view_up) == 0:
            raise BadRequest("A camera needs a distance to its focal point and a direction that is up.")
        self.moved = True
        view = self._engine.view
        for field, name in CAMERA_PROPERTIES.items():
            value = getattr(camera, field)
            set_elements(view, name, value if isinstance(value, tuple) else [value])
        self._set_parallel(camera.parallel)
        view.UpdateVTKObjects()

    def reset_camera(self, direction: Optional[str], bounds: Optional[list[float]]) -> None:
        """Fits everything visible, or `bounds`, into the image; with a direction, turns there first. Where nothing is
        visible there is nothing to fit, and the camera keeps its place."""
        view = self._engine.view
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
        if bounds is None and not self.anything_shown():
            self.camera_version += 1
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
        self.camera_version += 1

    def center_rotation(self) -> None:
        """Puts the centre of rotation into the middle of everything visible."""
        set_elements(self._engine.view, "CenterOfRotation", get_elements(self._engine.view, "CameraFocalPoint"))
        self._engine.view.UpdateVTKObjects()

    # --- surroundings

    def set_surroundings(
        self,
        orientation_axes: Optional[bool],
        parallel: Optional[bool],
        background: Optional[tuple[float, float, float]],
    ) -> None:
        """Changes what is not None."""
        view = self._engine.view
        if orientation_axes is not None:
            set_elements(view, "OrientationAxesVisibility", [int(orientation_axes)])
        if parallel is not None:
            self._set_parallel(parallel)
            self.camera_version += 1
        if background is not None:
            if not all(0 <= part <= 1 for part in background):
                raise BadRequest("Red, green and blue of the background go from 0 to 1.")
            if view.GetProperty("UseColorPaletteForBackground") is not None:
                set_elements(view, "UseColorPaletteForBackground", [0])
            set_elements(view, "Background", background)
        view.UpdateVTKObjects()

    def state(self, bounds: Optional[list[float]]) -> View:
        """The topic `view/<id>`."""
        view = self._engine.view
        return View(
            view=self._engine.remember(view),
            width=self.size[0],
            height=self.size[1],
            camera=self.camera(),
            camera_version=self.camera_version,
            center_of_rotation=tuple(get_elements(view, "CenterOfRotation")),
            bounds=bounds,
            orientation_axes=bool(get_elements(view, "OrientationAxesVisibility")[0]),
            background=[float(part) for part in get_elements(view, "Background")],
            images=self.options,
        )
