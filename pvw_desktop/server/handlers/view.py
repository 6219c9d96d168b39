"""view.*"""

from __future__ import annotations

from typing import Any, Optional

from pvw_desktop.protocol.errors import BadRequest, NotFound
from pvw_desktop.protocol.messages.view import ViewCameraReset, ViewCameraSet, ViewImages, ViewSet, ViewSize

from ..context import Context
from .registry import handles


def _check(context: Context, view: str) -> None:
    if view != context.paraview.view_id:
        raise NotFound("That view is gone.")


def _check_place(context: Context, view: str) -> None:
    """As _check, for what outlives a view: another may have taken its place while the request was on its way."""
    if not context.paraview.views.means_place(view):
        raise NotFound("That view is gone.")


@handles("view.camera.set")
def set_camera(context: Context, params: ViewCameraSet) -> None:
    _check(context, params.view)
    context.paraview.views.set_camera(params.camera)
    client = context.request.client if context.request is not None else ""
    context.services.cameras.moved(params.view, client, params.motion, params.moving)


@handles("view.camera.reset")
def reset_camera(context: Context, params: ViewCameraReset) -> None:
    _check(context, params.view)
    bounds = None
    if params.node is not None:
        node = context.paraview.engine.node(params.node)
        bounds = _bounds(node)
        if bounds is None:
            raise BadRequest(f"{context.paraview.engine.name_of(node)} has nothing to look at yet.")
    context.paraview.views.reset_camera(params.direction, bounds)


def _bounds(node: Any) -> Optional[list[float]]:
    found = [node.GetDataInformation(port).GetBounds() for port in range(node.GetNumberOfOutputPorts())]
    full = [bounds for bounds in found if bounds[0] <= bounds[1]]
    if not full:
        return None
    return [pick(bounds[index] for bounds in full) for index, pick in enumerate((min, max) * 3)]


@handles("view.size")
def size(context: Context, params: ViewSize) -> None:
    _check_place(context, params.view)
    context.paraview.views.resize(params.width, params.height, params.ratio)


@handles("view.set")
def set_view(context: Context, params: ViewSet) -> None:
    _check(context, params.view)
    context.paraview.views.set_surroundings(params.orientation_axes, params.parallel, params.background)


@handles("view.images")
def set_images(context: Context, params: ViewImages) -> None:
    _check_place(context, params.view)
    context.paraview.views.options = params.options
