"""State files (.pvsm): saving the work, and taking it up again."""

from __future__ import annotations

import os
import shutil
from xml.etree import ElementTree

from pvw_desktop.protocol.errors import Failed

from .engine import Engine
from .views import Views

PREVIOUS = ".previous"


class States:
    """Saves and loads the whole session."""

    def __init__(self, engine: Engine, views: Views):
        self._engine = engine
        self._views = views

    def save(self, path: str, step: bool = True) -> None:
        """Writes the work. After a step (not a mere move of the camera) what was there stays as `<path>.previous`.

        Raises OSError where it cannot; what was there is whole at every moment.
        """
        fresh = f"{path}.new"
        try:
            written = self._engine.pxm.SaveXMLState(fresh)
            # A full disk leaves a cut file and ParaView does not say so: only a whole one may replace the last.
            if not written or not _is_whole(fresh):
                raise OSError(f"{os.path.basename(path)} could not be written whole")
            if step and os.path.exists(path):
                shutil.copyfile(path, fresh + PREVIOUS)
                os.replace(fresh + PREVIOUS, path + PREVIOUS)
            os.replace(fresh, path)
        finally:
            if os.path.exists(fresh):
                os.remove(fresh)

    def check(self, path: str) -> None:
        """Raises Failed where the file is no whole state file."""
        if not _is_whole(path):
            raise Failed(
                f"{os.path.basename(path)} is not a ParaView state file.", "It may be cut short; try a backup."
            )

    def load(self, path: str) -> None:
        """Loads a state file into the session, which must be empty; Failed where the file is none."""
        self.check(path)
        self._views.release()
        try:
            self._engine.pxm.LoadXMLState(path)
        finally:
            self._views.adopt_from_state()


def _is_whole(path: str) -> bool:
    try:
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError):
        return False
    return root.tag == "ServerManagerState" or root.find("ServerManagerState") is not None
