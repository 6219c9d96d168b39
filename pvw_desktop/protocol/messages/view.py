"""view.*: cameras, sizes, images."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Literal, Optional

from ..registry import Nothing, event, method, notification, topic
from ..schema import Range
from .common import Id, Vector3

ViewKind = Literal["render"]
"""The kinds of view. Each has its value of the topic `view/*`, told from the others by `kind`."""
FrameFormat = Literal["jpeg", "h264"]
Direction = Literal["+x", "-x", "+y", "-y", "+z", "-z", "iso"]


@dataclasses.dataclass(frozen=True)
class Camera:
    """VTK's camera, in world coordinates."""

    position: Vector3
    focal_point: Vector3
    view_up: Vector3
    view_angle: Annotated[float, "degrees", Range(0.001, 179)] = 30.0
    parallel_scale: Annotated[float, "half the height of the image in world units", Range(0)] = 1.0
    parallel: Annotated[bool, "parallel instead of perspective projection"] = False


@dataclasses.dataclass(frozen=True)
class InteractiveQuality:
    """How images are made while the camera moves."""

    rate: Annotated[float, "images a second to hold", Range(1, 60)] = 30.0
    full_size: Annotated[bool, "never smaller images, whatever the rate"] = False
    lod: Annotated[bool, "allow coarse geometry (ParaView's LOD) where the rate asks for it"] = True


@topic("view/*")
@dataclasses.dataclass(frozen=True)
class View:
    """A render view: `view/<id>`."""

    view: Id
    kind: Literal["render"]
    width: Annotated[int, "pixels of a full image"]
    height: Annotated[int, "pixels of a full image"]
    ratio: Annotated[float, "device pixels per CSS pixel: text and lines grow with it"]
    camera: Annotated[Camera, "as of the last change of a topic; see camera_version"]
    camera_version: Annotated[int, "grows when the camera was changed by something else than view.camera.set"]
    center_of_rotation: Vector3
    bounds: Annotated[Optional[list[float]], "of everything visible; null where nothing is"]
    orientation_axes: bool
    background: Annotated[list[float], "red, green, blue, each 0 to 1"]
    quality: InteractiveQuality


@dataclasses.dataclass(frozen=True)
class ViewRef:
    """The view that came out of a request."""

    view: Id


@method("view.create", role="control", result=ViewRef, effect="layout")
@dataclasses.dataclass(frozen=True)
class ViewCreate:
    """Makes a new view, in which nothing is shown yet."""

    kind: ViewKind = "render"


@method("view.delete", role="control", result=Nothing, effect="layout")
@dataclasses.dataclass(frozen=True)
class ViewDelete:
    """Takes a view away, with all that is shown in it. The last one stays."""

    view: Id


@notification("view.camera.set", role="control", latest_wins="view", effect="camera")
@dataclasses.dataclass(frozen=True)
class ViewCameraSet:
    """Moves the camera. Sent while the hand moves, at any rate: a newer one replaces one that waits."""

    view: Id
    camera: Camera
    motion: Annotated[int, "grows by one with each call; images say the newest motion they show", Range(0, 2**53)] = 0
    interactive: Annotated[bool, "more will follow: a quick image will do. false asks for a full one"] = True


@method("view.camera.reset", role="control", result=Nothing, effect="view")
@dataclasses.dataclass(frozen=True)
class ViewCameraReset:
    """Shows everything, or one node (`node`), from where the camera is or along an axis."""

    view: Id
    direction: Annotated[Optional[Direction], "the way the camera looks; iso: from the (1,1,1) corner"] = None
    node: Optional[Id] = None


@method("view.size", role="control", result=Nothing, latest_wins="view", effect="size")
@dataclasses.dataclass(frozen=True)
class ViewSize:
    """Sets the size of full images, in device pixels. 7680 x 4320 is the most; more is scaled down to it."""

    view: Id
    width: Annotated[int, Range(1, 16384)]
    height: Annotated[int, Range(1, 16384)]
    ratio: Annotated[float, "device pixels per CSS pixel: text and lines grow with it", Range(0.5, 4)] = 1.0


@method("view.set", role="control", result=Nothing, effect="view")
@dataclasses.dataclass(frozen=True)
class ViewSet:
    """Changes what a view shows around the data; what is null stays."""

    view: Id
    orientation_axes: Optional[bool] = None
    parallel: Optional[bool] = None
    background: Annotated[Optional[tuple[float, float, float]], "red, green, blue, each 0 to 1"] = None


@method("view.quality", role="control", result=Nothing, latest_wins="view", effect="session")
@dataclasses.dataclass(frozen=True)
class ViewQuality:
    """Changes how images are made while the camera moves."""

    view: Id
    quality: InteractiveQuality


@notification("view.ack", role="watch", answered_by="gateway")
@dataclasses.dataclass(frozen=True)
class ViewAck:
    """This client has drawn the image `seq`. At most two images are under way unacknowledged."""

    view: Id
    seq: Annotated[int, Range(0, 2**53)]


@notification("view.visible", role="watch", answered_by="gateway")
@dataclasses.dataclass(frozen=True)
class ViewVisible:
    """Whether this client shows the view at all: of a hidden one it gets no images. It shows all until it says so."""

    view: Id
    visible: bool


@notification("view.keyframe", role="watch", answered_by="gateway")
@dataclasses.dataclass(frozen=True)
class ViewKeyframe:
    """This client could not decode a video image: the view's next one must be decodable by itself (`keyframe`)."""

    view: Id


@event("frame")
@dataclasses.dataclass(frozen=True)
class Frame:
    """Header of a binary frame; the payload is the encoded image, its top row first."""

    type: Literal["frame"]
    view: Id
    seq: Annotated[int, "number of the image; grows, with gaps where newer images replaced older ones"]
    width: Annotated[int, "pixels of this image"]
    height: Annotated[int, "pixels of this image"]
    full: Annotated[tuple[int, int], "width and height of a full image of the view, as this one was rendered"]
    format: FrameFormat
    keyframe: Annotated[bool, "can be decoded without the images before it; always so but for video"]
    still: Annotated[bool, "a full image, after motion"]
    lod: Annotated[bool, "coarse geometry"]
    quality: Annotated[int, "0 to 100, the encoder's"]
    camera: Annotated[Optional[Camera], "the camera it was rendered with; null for a kind of view that has none"]
    motion: Annotated[int, "newest view.camera.set it shows, where this client sent it; else 0"]
    wait_ms: Annotated[float, "from the arrival of the camera to the begin of its render, milliseconds"]
    render_ms: Annotated[float, "render and read-back, milliseconds"]
    encode_ms: Annotated[float, "milliseconds"]
