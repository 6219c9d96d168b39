"""time.*"""

from __future__ import annotations

from pvw_desktop.protocol.errors import BadRequest
from pvw_desktop.protocol.messages.time import TimePlay, TimeSet, TimeStep

from ..context import Context
from ..execution import go_to_time
from .registry import handles


@handles("time.set")
def set_time(context: Context, params: TimeSet) -> None:
    if (params.time is None) == (params.index is None):
        raise BadRequest("Say either which step (index) or which time.")
    go_to_time(
        context,
        context.paraview.animation.step(params.index) if params.index is not None else float(params.time or 0.0),
    )


@handles("time.step")
def step(context: Context, params: TimeStep) -> None:
    target = context.paraview.animation.target(params.to)
    if target is not None:
        go_to_time(context, target)


@handles("time.play")
def play(context: Context, params: TimePlay) -> None:
    animation = context.paraview.animation
    if params.loop is not None:
        animation.loop = params.loop
    animation.rate = params.rate
    if params.playing:
        steps = animation.values()
        if len(steps) < 2:
            raise BadRequest("There is nothing to play: the data has no time steps.")
        if animation.target("next") is None:
            animation.go(steps[0])
        context.services.player.play_from_now()
    animation.playing = params.playing
