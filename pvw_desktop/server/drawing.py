"""What pages are shown: images are rendered and geometry is read when it is due. When that is, and in how much detail,
is rendering/'s to say; how, the workbench's. Knows no requests."""

from __future__ import annotations

import dataclasses
import time
from typing import Any, Callable, Optional

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.schema import to_json

from .outcome import guarded, note_of
from .rendering.geometry import Scenes
from .rendering.motion import CameraMotions
from .rendering.scheduler import Plan, RenderScheduler
from .workbench import Workbench


class Drawing:
    """Draws what is due, on the main thread."""

    def __init__(
        self,
        paraview: Workbench,
        renders: RenderScheduler,
        cameras: CameraMotions,
        scenes: Scenes,
        send: Callable[[Any], None],
    ):
        self._paraview = paraview
        self._renders = renders
        self._cameras = cameras
        self._scenes = scenes
        self._send = send
        self._seq = 0

    @property
    def watched(self) -> bool:
        """Whether anybody looks, at images or at geometry."""
        return self._renders.wanted or self._scenes.wanted

    def follow_views(self) -> None:
        """Views may have come and gone, and have another quality."""
        views = self._paraview.views.all()
        self._renders.show([view.id for view in views])
        self._cameras.follow_views([view.id for view in views], self._paraview.views.replaced)
        for view in views:
            lod = view.quality.lod and self._paraview.images.may_use_lod
            self._renders.set_quality(view.id, dataclasses.replace(view.quality, lod=lod))

    def changed(self, view: Optional[str] = None) -> None:
        """What is shown, in one view or in all, is out of date, images and geometry alike."""
        self._renders.changed(view)
        self._scenes.changed()

    def retell(self) -> None:
        """What is shown is the same and is called otherwise: geometry is read again, and sent where it differs."""
        self._scenes.changed()

    def played(self) -> None:
        """The same, by a time step of what plays."""
        self._renders.played()
        self._scenes.changed()

    def render(self) -> bool:
        """Renders the image that is due; False where none is."""
        plan = self._renders.plan()
        if plan is None:
            return False
        started = time.perf_counter()
        _, error = guarded("rendering", lambda: self._render_into(plan, started))
        if error is not None:
            self._renders.failed(plan)
            self._send(note_of(error))
        return True

    def _render_into(self, plan: Plan, started: float) -> None:
        motion, view = self._cameras.show(plan.view), self._paraview.views.get(plan.view)
        width, height = self._paraview.render(plan.view, plan.slot, plan.detail.scale, plan.still, plan.detail.lod)
        seconds = time.perf_counter() - started
        self._renders.rendered(plan, seconds)
        self._seq += 1
        self._send(
            wire.Image(
                slot=plan.slot,
                view=plan.view,
                seq=self._seq,
                width=width,
                height=height,
                still=plan.still,
                camera=to_json(view.camera()),
                client=motion.client,
                motion=motion.number,
                render_ms=round(seconds * 1e3, 2),
                wait_ms=round((started - motion.arrived) * 1e3, 2) if motion.arrived is not None else 0.0,
                lod=plan.detail.lod,
                full=view.size,
            )
        )

    def do_the_rest(self, rendered: bool) -> None:
        """Geometry goes after the image, and what the next movement needs after both; unless images go all the time."""
        if not rendered:
            if not self.publish_scenes():
                self._prepare()
        elif self._scenes.passed_over():
            self.publish_scenes()

    def publish_scenes(self) -> bool:
        """Reads and sends the geometry that is due; False where none is."""
        if not self._scenes.due:
            return False
        _, error = guarded("describing the geometry", self._scenes.publish)
        if error is not None:
            drawable = [view.id for view in self._paraview.views.all() if view.HAS_GEOMETRY]
            self._scenes.failed(drawable, error["message"])
        return True

    def _prepare(self) -> None:
        """What the next movement will need, while nobody waits."""
        ident = self._renders.to_prepare()
        if ident is not None:
            images, views = self._paraview.images, self._paraview.views
            _, error = guarded("preparing coarse geometry", lambda: images.prepare(views.get(ident)))
            if error is not None:
                self._send(note_of(error))
