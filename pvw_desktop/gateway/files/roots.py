"""The data folders that were opened to the page, under opaque ids. Knows nothing of what is in them."""

from __future__ import annotations

import os
import secrets
import threading
from pathlib import Path

from ...protocol.errors import NotFound
from ...protocol.messages.files import Root
from ...protocol.names import show_name
from . import jail


class FileRoots:
    """Root ids and their folders, in the order they were added."""

    def __init__(self) -> None:
        self._folders: dict[str, Path] = {}
        self._labels: dict[str, str] = {}
        self._adding = threading.Lock()

    def add_root(self, folder: Path, label: str | None = None) -> Root:
        """Opens a folder to the page; one that is open already keeps its id. A folder that cannot be read is listed
        with its problem: it may be a drive that comes back."""
        real = Path(os.path.realpath(folder.expanduser()))
        with self._adding:
            root = next((known for known, folder in self._folders.items() if folder == real), None)
            if root is None:
                root = secrets.token_urlsafe(12)
                self._labels[root] = self._free_label(show_name(label or real.name or str(real)), real)
                self._folders[root] = real
        return self._describe(root)

    def _free_label(self, label: str, folder: Path) -> str:
        return (
            label
            if label not in self._labels.values()
            else f"{label} ({show_name(folder.parent.name or str(folder.parent))})"
        )

    def list(self) -> list[Root]:
        """All of them, each checked now. Touches disks: call it in a worker."""
        return [self._describe(root) for root in list(self._folders)]

    def folder(self, root: str) -> Path:
        """The folder of an id; raises NotFound."""
        folder = self._folders.get(root)
        if folder is None:
            raise NotFound("That data folder is not open any more.", "Choose one of the folders that are listed.")
        return folder

    def label(self, root: str) -> str:
        """What people call it."""
        self.folder(root)
        return self._labels[root]

    def resolve(self, root: str, relative: str) -> Path:
        """The real path of a client's root and path, checked now. Touches disks: call it in a worker."""
        return jail.resolve(self.folder(root), relative, self.label(root))

    def named(self) -> tuple[tuple[Path, str], ...]:
        """All folders and what people call them."""
        return tuple((folder, self._labels[root]) for root, folder in list(self._folders.items()))

    def holds(self, path: Path) -> bool:
        """Whether a real path lies in a data folder."""
        return any(path.is_relative_to(folder) for folder in list(self._folders.values()))

    def locate(self, path: Path) -> tuple[str, str] | None:
        """Root id and relative path of a real path, where a root holds it; the deepest root counts."""
        holding = [(root, folder) for root, folder in list(self._folders.items()) if path.is_relative_to(folder)]
        if not holding:
            return None
        root, folder = max(holding, key=lambda item: len(item[1].parts))
        relative = show_name(path.relative_to(folder).as_posix())
        return root, "" if relative == "." else relative

    def _describe(self, root: str) -> Root:
        return Root(root, self._labels[root], _problem(self._folders[root], self._labels[root]))


def _problem(folder: Path, label: str) -> str | None:
    try:
        with os.scandir(folder) as entries:
            next(entries, None)
    except FileNotFoundError:
        return f"The folder '{label}' is not there."
    except NotADirectoryError:
        return f"'{label}' is a file, not a folder."
    except PermissionError:
        return f"You may not read the folder '{label}'."
    except OSError as error:
        return f"The folder '{label}' cannot be read: {error.strerror}."
    return None
