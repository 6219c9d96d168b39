"""What the clients make of the views: who shows which, and who draws it. What follows for the images is the relay's.

No sockets. Which views there are, the topics say.
"""

from __future__ import annotations

from ...protocol.errors import NotFound
from ..frames.relay import ImageRelay, Size
from .audience import Audience
from .clients import Client, Viewing

PREFIX = "view/"


class ClientViews:
    """What the clients of one session said of its views."""

    def __init__(self, audience: Audience, images: ImageRelay):
        self._audience = audience
        self._images = images

    def set_visible(self, client: Client, view: str, visible: bool) -> None:
        """Whether the client shows a view: one that nobody shows costs nothing."""
        self._of(client, view).visible = visible
        self._changed(client, view)

    def set_mode(self, client: Client, view: str, mode: str, limit: int) -> None:
        """Who draws a view for the client, and how much geometry it would take."""
        viewing = self._of(client, view)
        viewing.mode, viewing.limit = mode, limit
        self._changed(client, view)

    def want_keyframe(self, client: Client, view: str) -> None:
        """The client lost the thread of a view's video."""
        self.require(view)
        self._images.want_keyframe(client, view)

    def set_size(self, view: str, size: Size) -> None:
        """A client told the size of a view's full images, which the request itself brings to the process too."""
        pipeline = self._audience.topics.get("pipeline")
        # One that is not there (any more) may have been the first: the next process is to begin with that size.
        first = pipeline is None or view == pipeline["view"] or self._audience.topics.get(PREFIX + view) is None
        self._images.set_size(view, size, first)

    def require(self, view: str) -> None:
        """Raises NotFound for a view that is not there (any more)."""
        if self._audience.topics.get(PREFIX + view) is None:
            raise NotFound("That view is gone.")

    def _of(self, client: Client, view: str) -> Viewing:
        self.require(view)
        return client.views.setdefault(view, Viewing())

    def _changed(self, client: Client, view: str) -> None:
        self._show(client, view)
        self.tell()

    def _show(self, client: Client, view: str) -> None:
        viewing = client.viewing(view)
        self._images.set_shown(client, view, viewing.visible and viewing.mode != "local")

    def follow_topics(self) -> None:
        """Views may have come and gone: what was said of those that are gone is forgotten. Not when a process ends: a
        client that sees the topics of the next one alone, and the same ids in them, says nothing anew."""
        there = self._audience.topics.names_below(PREFIX)
        self._images.show(there)
        for client in self._audience.clients:
            for view in client.views.keys() - there:
                del client.views[view]
            for view in client.views:
                self._show(client, view)
        self.tell()

    def tell(self) -> None:
        """Says how many bytes of a view's geometry somebody who looks would draw, and whether somebody wants the
        coarse copy; of each view that somebody said something about."""
        found: dict[str, tuple[int, bool]] = {}
        for client in self._audience.clients:
            for view, viewing in client.views.items() if client.joined else ():
                limit, lod = found.setdefault(view, (0, False))
                if viewing.visible:
                    wants_lod = viewing.mode == "hybrid" and viewing.limit > 0
                    found[view] = max(limit, viewing.limit), lod or wants_lod
        self._images.set_geometry(found)
