"""What follows from a request, by the effect that its method declares: whether topics are published, whether the work
is saved, whether pictures are out of date. The one place where this is decided. Pure."""

from __future__ import annotations

import dataclasses
import typing

from pvw_desktop.protocol.registry import Effect, Method


@dataclasses.dataclass(frozen=True)
class Follows:
    """What an effect comes to."""

    publish: bool = False
    """Topics are computed again, and those that changed are sent."""
    save: bool = False
    """The work is other than what lies on disk."""
    undo: bool = False
    """What fails or is stopped is taken back."""
    step: bool = True
    """A save keeps the work of before as the one to go back to; a camera that moved is no such step."""
    retell: bool = False
    """Geometry says in words why an item cannot be part of it, by the item's name."""
    redraw: bool = False
    """Images and geometry are out of date."""
    one_view: bool = False
    """Those of the view that the request names alone."""
    redraw_where_published: bool = False
    """They are where a topic changed."""


FOLLOWS: dict[str, Follows] = {
    "none": Follows(),
    "session": Follows(publish=True),
    "size": Follows(publish=True, redraw_where_published=True, one_view=True),
    "camera": Follows(save=True, step=False),
    "state": Follows(undo=True, publish=True, save=True, retell=True),
    "display": Follows(undo=True, publish=True, save=True, redraw=True),
    "view": Follows(undo=True, publish=True, save=True, redraw=True, one_view=True),
    "layout": Follows(undo=True, publish=True, save=True, redraw=True),
    "data": Follows(undo=True, publish=True, save=True, redraw=True),
}
assert set(FOLLOWS) == set(typing.get_args(Effect))


def follows_from(method: Method, lost: bool) -> Follows:
    """What follows from a request for this method. `lost`: a result that was shown went away meanwhile, whatever the
    method is about."""
    return FOLLOWS["data" if lost else method.effect]


def is_eager(method: Method) -> bool:
    """Whether what changed is a step that is saved as soon as it was drawn, and does not follow a hand."""
    return method.latest_wins is None
