"""The one way from what a client names (a root and a relative path) to a path on this computer.

Names are checked as text first, then the real path must lie inside the real root at the moment it is used.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from ...protocol.errors import BadRequest, Forbidden, NotFound
from ...protocol.names import real_name

MAX_PATH = 4096
_DRIVE = re.compile(r"[A-Za-z]:")
_WINDOWS_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\..*)?$", re.IGNORECASE)


def check_relative(relative: str, windows: bool = os.name == "nt") -> tuple[str, ...]:
    """The names in a relative path, in the system's spelling; raises BadRequest for anything that is not names, as
    protocol/names.py spells them, with `/` between them."""
    if relative == "":
        return ()
    if len(relative) > MAX_PATH:
        raise BadRequest(f"A path of {len(relative)} letters is too long.")
    try:
        names = tuple(real_name(text) for text in relative.split("/"))
    except ValueError:
        names = ("..",)
    if _DRIVE.match(relative) or any(name in ("", ".", "..") for name in names):
        raise BadRequest(
            f"'{relative[:80]}' is not a path inside a data folder.", "Name the folders and the file with / between."
        )
    if any(ord(letter) < 32 or letter == "\x7f" for name in names for letter in name):
        raise BadRequest("A path may hold no control characters.", "Give the file another name.")
    if windows and any(_refused_by_windows(name) for name in names):
        raise BadRequest(f"'{relative[:80]}' is not a name that Windows allows.")
    return names


def _refused_by_windows(name: str) -> bool:
    """Streams (`a:b`), device names and names whose end Windows drops all open something else than they say."""
    return (
        ":" in name
        or name[-1] in ". "
        or _WINDOWS_RESERVED.match(name) is not None
        or any(c in '<>"|?*\\' for c in name)
    )


def resolve(root: Path, relative: str, label: str) -> Path:
    """The real path of what `relative` names below `root`. Raises BadRequest, NotFound or Forbidden."""
    names = check_relative(relative)
    try:
        real_root = root.resolve(strict=True)
    except (OSError, RuntimeError):
        raise NotFound(
            f"The data folder '{label}' is not there any more.", "Connect its drive, or add it again."
        ) from None
    try:
        real = real_root.joinpath(*names).resolve(strict=True)
    except PermissionError:
        raise Forbidden(f"You may not read the folder of '{relative}'.", "Ask its owner for access.") from None
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(
            f"There is no '{relative}' in '{label}'.", "It may have been moved: open its folder again."
        ) from None
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name that the system refuses
        raise NotFound(
            f"'{relative[:200]}' in '{label}' leads nowhere.", "It may be a link that points to itself."
        ) from None
    if not real.is_relative_to(real_root):
        raise Forbidden(
            f"'{relative}' is a link that leads out of the data folder '{label}'.",
            "Add the folder it points to as a data folder, then open it there.",
        )
    return real
