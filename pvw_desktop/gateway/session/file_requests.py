"""Requests that name a file: it is looked up on the disk, and for a guest checked, before ParaView is asked for it.

Knows the session's folders and where a request goes on to, not who answers it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from ...protocol.errors import Forbidden
from ...protocol.messages.files import FilesOpen
from ...protocol.registry import METHODS
from ...protocol.schema import to_json
from ..files.references import Seen
from ..files.service import FileService
from .audience import Audience


class Submit(Protocol):
    """Queues a request whose parameters were checked."""

    def __call__(
        self, method: str, params: dict[str, Any], client: str, role: str, paths: Sequence[str], seen: Sequence[Seen]
    ) -> asyncio.Future[Any]: ...


class FileRequests:
    """What is declared with `file` on its way to ParaView. A file that opened is among the recent ones from then on."""

    def __init__(self, files: FileService, submit: Submit, require_ready: Callable[[], None], audience: Audience):
        self._files = files
        self._submit = submit
        self._require_ready = require_ready
        self._audience = audience

    async def ask(self, method: str, params: Any, client: str, role: str) -> Any:
        """The result of the request; raises PvwError."""
        self._require_ready()  # before the disk is asked: what is wrong with ParaView matters more
        opens = METHODS[method].file == "open"
        series = opens and params.series
        paths = await self._files.paths_to_open(params.root, params.path, series)
        seen = await self._check_for_guest(paths, params.path) if opens and role != "host" else []
        future = self._submit(method, to_json(params), client, role, paths, seen)
        if opens:
            future.add_done_callback(lambda opened: self._remember(opened, paths[0], series))
        return await asyncio.shield(future)  # a page that reloads meanwhile gives up its answer, not the file

    async def open_path(
        self,
        path: Path,
        series: bool = False,
        reader: str | None = None,
        client: str = "",
        role: str = "host",
        view: str | None = None,
    ) -> Any:
        """Opens any file of the host, as the command line does; of a folder, makes a root and gives None."""
        root, relative = await self._files.locate(path)
        if await self._files.is_folder(root, relative):
            await self._files.add_root(path)
            return None
        wanted = FilesOpen(root=root, path=relative, series=series, reader=reader, view=view)
        return await self.ask("files.open", wanted, client, role)

    async def _check_for_guest(self, paths: list[str], relative: str) -> list[Seen]:
        try:
            return await self._files.check_for_guest(paths, relative)
        except Forbidden as error:
            self._audience.notify(
                "warning", f"A guest asked to open '{relative}'.", error.log or error.message, for_role="host",
            )  # fmt: skip
            raise

    def _remember(self, opened: asyncio.Future[Any], path: str, series: bool) -> None:
        if not opened.cancelled() and opened.exception() is None and not opened.result().get("choose"):
            self._files.remember(path, series)
