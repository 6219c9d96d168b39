"""view.*"""

from __future__ import annotations

from typing import Any, Optional

from pvw_desktop.protocol.errors import BadRequest
from pvw_desktop.protocol.messages.view import (
    ViewCameraReset,
    ViewCameraSet,
    ViewCreate,
    ViewDelete,
    ViewQuality,
    ViewRef,
    ViewSet,
    ViewSize,
)

from ..context import Context
from ..pv.core.bounds import union
from ..pv.views.kinds.render import RenderView
from ..pv.views.registry import MAX_VIEWS
from .registry import handles


@handles("view.create")
def create(context: Context, params: ViewCreate) -> ViewRef:
    views = context.paraview.views
    if len(views.all()) >= MAX_VIEWS:
        raise BadRequest(f"There are {MAX_VIEWS} views already.", "Delete one first.")
    return ViewRef(views.create(kind=params.kind).id)


@handles("view.delete")
def delete(context: Context, params: ViewDelete) -> None:
    views = context.paraview.views
    view = views.get(params.view)
    if len(views.all()) == 1:
        raise BadRequest("The last view stays.")
    views.delete(view.id)


@handles("view.camera.set")
def set_camera(context: Context, params: ViewCameraSet) -> None:
    context.paraview.views.get_as(RenderView, params.view).set_camera(params.camera)
    client = context.request.client if context.request is not None else ""
    context.services.cameras.moved(params.view, client, params.motion, params.interactive)


@handles("view.camera.reset")
def reset_camera(context: Context, params: ViewCameraReset) -> None:
    view, bounds = context.paraview.views.get_as(RenderView, params.view), None
    if params.node is not None:
        node = context.paraview.engine.node(params.node)
        bounds = _bounds(node)
        if bounds is None:
            raise BadRequest(f"{context.paraview.engine.name_of(node)} has nothing to look at yet.")
    view.reset_camera(params.direction, bounds)


def _bounds(node: Any) -> Optional[list[float]]:
    return union(node.GetDataInformation(port).GetBounds() for port in range(node.GetNumberOfOutputPorts()))


@handles("view.size")
def size(context: Context, params: ViewSize) -> None:
    context.paraview.views.at_place(params.view).resize(params.width, params.height, params.ratio)


@handles("view.set")
def set_view(context: Context, params: ViewSet) -> None:
    view = context.paraview.views.get_as(RenderView, params.view)
    view.set_surroundings(params.orientation_axes, params.parallel, params.background)


@handles("view.quality")
def set_quality(context: Context, params: ViewQuality) -> None:
    context.paraview.views.at_place(params.view).place.quality = params.quality
