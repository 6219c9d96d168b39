"""What every kind of view has: its proxy, its size, its image. Knows neither the kinds nor any other view.

What a camera does, geometry for pages that draw by themselves, and whatever else a kind has, is in the file of the
kind; what the registry and a restore ask of every view (whether somebody placed its camera) is here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, ClassVar, Optional

from pvw_desktop.protocol.channel import MAX_HEIGHT, MAX_WIDTH
from pvw_desktop.protocol.messages.view import Camera, InteractiveQuality

from ...properties.access import Proxy, get_elements, set_elements

DEFAULT_SIZE = (1280, 800)
DEFAULT_DPI = 72


@dataclasses.dataclass
class Place:
    """What belongs to a view's place on the pages, and not to the view: another may take the place, as one that comes
    with a state file does."""

    size: tuple[int, int] = DEFAULT_SIZE
    ratio: float = 1.0
    quality: InteractiveQuality = InteractiveQuality()
    camera_version: int = 0
    """Grows when a camera was changed by something else than a hand, or another view took the place."""


class View:
    """One view: `proxy` is its vtkSMViewProxy. Made by the registry, which knows all of them."""

    KIND: ClassVar[str]
    """Its name on the wire."""
    PROXY: ClassVar[str]
    """ParaView's name of its proxy, in the group views."""
    LABEL: ClassVar[str]
    """What a person calls it."""
    HAS_GEOMETRY: ClassVar[bool] = False
    """Whether a page could draw it by itself (topic `scene/<view>`)."""

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

    def state(self, bounds: Optional[list[float]]) -> Any:
        """The topic `view/<id>`; `bounds` are those of everything visible."""
        raise NotImplementedError

    # --- size

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

    # --- images

    def adopt(self, may_use_lod: bool, software: bool) -> None:
        """It is new here, or was given back what it was born with. `may_use_lod`: coarse geometry may be asked for;
        `software`: OpenGL draws on the processor."""

    def draw(self, still: bool, lod: bool) -> None:
        """Renders into the view's window, at its present size."""
        self.proxy.StillRender()

    # --- camera; a kind without one has nothing to do

    def camera(self) -> Optional[Camera]:
        """The camera that images of it show; None where it has none."""
        return None

    def reset_camera(self, direction: Optional[str], bounds: Optional[list[float]]) -> None:
        """Fits everything visible, or `bounds`, into the image; with a direction, turns there first."""

    def camera_memory(self) -> Any:
        """The camera, for `remember_camera`."""

    def remember_camera(self, memory: Any) -> None:
        """Puts the camera back where it was when `camera_memory` was taken."""
