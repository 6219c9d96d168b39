"""time.*"""

from __future__ import annotations

from pvw_desktop.protocol.errors import BadRequest
from pvw_desktop.protocol.messages.time import TimePlay, TimeSet, TimeStep

from ..application import Application
from ..execution import or_back, shown
from .registry import handles


@handles("time.set")
def set_time(app: Application, params: TimeSet) -> None:
    if (params.time is None) == (params.index is None):
        raise BadRequest("Say either which step (index) or which time.")
    _go(app, app.bench.timing.step(params.index) if params.index is not None else float(params.time or 0.0))


@handles("time.step")
def step(app: Application, params: TimeStep) -> None:
    target = app.bench.timing.target(params.to)
    if target is not None:
        _go(app, target)


def _go(app: Application, target: float) -> None:
    before = app.bench.timing.now()
    with or_back(app, lambda: app.bench.timing.go(before)), shown(app):
        app.bench.timing.go(target)


@handles("time.play")
def play(app: Application, params: TimePlay) -> None:
    timing = app.bench.timing
    if params.loop is not None:
        timing.loop = params.loop
    timing.rate = params.rate
    if params.playing:
        steps = timing.values()
        if len(steps) < 2:
            raise BadRequest("There is nothing to play: the data has no time steps.")
        if timing.target("next") is None:
            timing.go(steps[0])
        app.play_from_now()
    timing.playing = params.playing
    app.publish()


def play_on(app: Application) -> None:
    """One step of playing: the next time step, the first one again where it loops, or the end."""
    timing = app.bench.timing
    target = timing.target("next")
    if target is None and timing.loop:
        target = timing.target("first")
    if target is None:
        timing.playing = False
    else:
        _go(app, target)
