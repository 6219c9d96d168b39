"""Work that no session holds any more: state files in one folder, named by when they were saved and why they are there.

Nothing unsaved is written over or deleted. What the person ended or set aside goes when it is both old and one of many;
what a crash left stays until somebody removes it.
"""

from __future__ import annotations

import logging
import os
import re
import time
from pathlib import Path

UNFINISHED = "unfinished"
"""Its session was killed: nobody had a chance to save it."""
ENDED = "ended"
"""The person ended the session."""
SET_ASIDE = "set aside"
"""A restart left it out."""

OPEN_IT = "Open that state file to go on with it."

KEEP_NUMBER = 20
KEEP_SECONDS = 30 * 24 * 3600.0

_NODES = re.compile(rb'<ProxyCollection name="sources">\s*<Item ')
_STATE = re.compile(rb"<ServerManagerState[ />]")

logger = logging.getLogger(__name__)


class Shelf:
    """The folder, made when the first work comes."""

    def __init__(self, folder: Path):
        self.folder = folder

    def put(self, work: Path, why: str) -> Path | None:
        """Moves a state file here; where it lies then, or would if it held anything. None where it cannot be moved."""
        try:
            saved = time.strftime("%Y-%m-%d %H.%M.%S", time.localtime(work.stat().st_mtime))
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_empty(work):
                return self.folder / work.name
            return self._move(work, f"{saved} {why}")
        except OSError as error:
            logger.warning("%s cannot be kept in %s: %s", work, self.folder, error)
            return None

    def _move(self, work: Path, name: str) -> Path:
        number = 1
        while True:
            place = self.folder / f"{name}{f' {number}' if number > 1 else ''}.pvsm"
            try:
                # made only where nothing is: two runs of the application may come here at the same moment
                os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            except FileExistsError:
                number += 1
                continue
            try:
                os.replace(work, place)
            except OSError:
                place.unlink(missing_ok=True)
                raise
            return place

    def all(self) -> list[Path]:
        """What is here, the newest first. Names begin with the time."""
        return sorted(self.folder.glob("*.pvsm"), reverse=True)

    def tidy(self) -> None:
        """Removes what the person left behind, where it is old and there is a lot of it."""
        left = [path for path in self.all() if not re.search(rf" {UNFINISHED}( \d+)?\.pvsm$", path.name)]
        for path in left[KEEP_NUMBER:]:
            try:
                if time.time() - path.stat().st_mtime > KEEP_SECONDS:
                    path.unlink()
            except OSError as error:
                logger.warning("old work cannot be removed: %s", error)


def _is_empty(work: Path) -> bool:
    """Whether it is a state file without a single item in its pipeline. What cannot be made sense of is kept."""
    text = work.read_bytes()
    return _STATE.search(text) is not None and _NODES.search(text) is None
