"""Sends the topics that changed since they were last sent."""

from __future__ import annotations

from typing import Any, Callable, Optional

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.schema import to_json

from .outcome import guarded, note_of
from .topics import PUBLISHERS, Asked
from .workbench import Workbench


class Publisher:
    """Remembers what was sent."""

    def __init__(self, paraview: Workbench, follow_views: Callable[[], None], send: Callable[[Any], None]):
        self._paraview = paraview
        self._follow_views = follow_views
        self._send = send
        self._published: dict[str, Any] = {}

    def publish(self, about: Optional[str] = None) -> bool:
        """Computes the topics and sends what is new of them; False where nothing was. With `about`, a node's id, the
        others are taken to be as they were. A proxy that cannot be described costs a notice."""
        changed, error = guarded("describing the session", lambda: self._publish(about))
        if error is not None:
            self._send(note_of(error))
        return bool(changed)

    def _publish(self, about: Optional[str]) -> bool:
        self._follow_views()  # first: what renders must know which views are gone, whatever cannot be described
        topics = PUBLISHERS.values(Asked(self._paraview, self._published, about))
        self._tell_undrawable()
        changes = {name: to_json(value) for name, value in topics.items() if self._published.get(name) != value}
        changes.update({name: None for name in self._published if name not in topics})
        if changes:
            self._send(wire.Topics(changes))
        self._published = topics
        return bool(changes)

    def _tell_undrawable(self) -> None:
        bars = self._paraview.colors.bars
        for title in bars.undrawable:
            sentence = (
                f"The scalar bar cannot draw its title “{title}”: no font on this computer has all its characters."
            )
            hint = "Install a font that has them, such as the Debian packages fonts-noto-cjk or fonts-dejavu."
            self._send(wire.Note("warning", sentence, hint, None))
        bars.undrawable.clear()
