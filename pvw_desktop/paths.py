"""The folders the application writes to. A home that cannot be written costs a sentence, not the start.

Knows nothing of what is kept in them.
"""

from __future__ import annotations

import dataclasses
import getpass
import os
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .errors import reason_of

APP = "pvw-desktop"


@dataclasses.dataclass(frozen=True)
class Folders:
    """Folders that exist and can be written."""

    state: Path
    config: Path
    cache: Path
    log: Path
    problem: str | None = None
    """One sentence where a temporary folder stands in for the person's own."""

    @property
    def sessions(self) -> Path:
        return self.state / "sessions"

    @property
    def settings(self) -> Path:
        return self.config / "settings.json"


def find_folders(environ: Mapping[str, str], temporary: Path | None = None) -> Folders:
    """The person's folders, made where they are missing; below a temporary folder where they cannot be written."""
    wanted = _below(Path(environ["PVW_STATE_DIR"])) if environ.get("PVW_STATE_DIR") else _platform_folders()
    try:
        return _make(wanted)
    except OSError as error:
        stand_in = _private_temporary(temporary or Path(tempfile.gettempdir()))
        problem = (
            f"{error.filename or wanted.state} cannot be written ({reason_of(error)}), so settings and saved work are"
            f" kept in {stand_in} for now. Make it writable, or name another folder in PVW_STATE_DIR"
        )
        return dataclasses.replace(_make(_below(stand_in)), problem=problem)


def _platform_folders() -> Folders:
    import platformdirs

    dirs = platformdirs.PlatformDirs(APP, appauthor=False)
    return Folders(dirs.user_state_path, dirs.user_config_path, dirs.user_cache_path, dirs.user_log_path)


def _below(folder: Path) -> Folders:
    folder = Path(os.path.abspath(os.path.expanduser(folder)))
    return Folders(folder, folder / "config", folder / "cache", folder / "log")


def _make(folders: Folders) -> Folders:
    for folder in (folders.state, folders.config, folders.cache, folders.log, folders.sessions):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_writable(folder)
    return folders


def _check_writable(folder: Path) -> None:
    # access() is true for root on a read-only file system's mode bits, and quotas show only when something is written
    handle, name = tempfile.mkstemp(prefix=".write-", dir=folder)
    os.close(handle)
    os.unlink(name)


def _private_temporary(base: Path) -> Path:
    """The same folder at each start, so that there is still one instance a user. Never one that somebody else made."""
    folder = base / f"{APP}-{_user()}"
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not _is_ours(folder):
            return Path(tempfile.mkdtemp(prefix=f"{APP}-", dir=base))
    return folder


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else getpass.getuser()


def _is_ours(folder: Path) -> bool:
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode):
        return False
    return not hasattr(os, "getuid") or (facts.st_uid == os.getuid() and stat.S_IMODE(facts.st_mode) == 0o700)
