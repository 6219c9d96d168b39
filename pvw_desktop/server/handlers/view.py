"""view.*"""

from __future__ import annotations

from typing import Any, Optional

from pvw_desktop.protocol.errors import BadRequest, NotFound
from pvw_desktop.protocol.messages.view import ViewCameraReset, ViewCameraSet, ViewImages, ViewSet, ViewSize

from ..application import Application
from .registry import handles


def _check(app: Application, view: str) -> None:
    if view != app.bench.view_id:
        raise NotFound("That view is gone.")


def _check_place(app: Application, view: str) -> None:
    """As _check, for what outlives a view: another may have taken its place while the request was on its way."""
    if not app.bench.views.means_place(view):
        raise NotFound("That view is gone.")


@handles("view.camera.set")
def set_camera(app: Application, params: ViewCameraSet) -> None:
    _check(app, params.view)
    app.bench.views.set_camera(params.camera)
    app.motion = (app.request.client if app.request is not None else "", params.motion)
    app.camera_arrived = app.inbox.taken_arrived
    app.frames.camera_moved(params.view, params.moving, app.inbox.taken_arrived)
    app.save.touch(step=False)


@handles("view.camera.reset")
def reset_camera(app: Application, params: ViewCameraReset) -> None:
    _check(app, params.view)
    bounds = None
    if params.node is not None:
        node = app.bench.engine.node(params.node)
        bounds = _bounds(node)
        if bounds is None:
            raise BadRequest(f"{app.bench.engine.name_of(node)} has nothing to look at yet.")
    app.bench.views.reset_camera(params.direction, bounds)


def _bounds(node: Any) -> Optional[list[float]]:
    found = [node.GetDataInformation(port).GetBounds() for port in range(node.GetNumberOfOutputPorts())]
    full = [bounds for bounds in found if bounds[0] <= bounds[1]]
    if not full:
        return None
    return [pick(bounds[index] for bounds in full) for index, pick in enumerate((min, max) * 3)]


@handles("view.size")
def size(app: Application, params: ViewSize) -> None:
    _check_place(app, params.view)
    app.resize(params.width, params.height, params.ratio)


@handles("view.set")
def set_view(app: Application, params: ViewSet) -> None:
    _check(app, params.view)
    app.bench.views.set_surroundings(params.orientation_axes, params.parallel, params.background)


@handles("view.images")
def set_images(app: Application, params: ViewImages) -> None:
    _check_place(app, params.view)
    app.bench.views.options = params.options
    app.publish()
