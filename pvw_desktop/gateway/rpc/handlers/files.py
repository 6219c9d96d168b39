"""files.*: data folders, listings, search, recent files. Opening itself is the ParaView process's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ....protocol.errors import NotFound, Unavailable
from ....protocol.messages import files as messages
from ....protocol.names import show_name
from ....protocol.schema import from_json
from ...session.clients import Client
from ...session.session import Session


def answers(link: Session) -> dict[str, Callable[[Client, Any], Any]]:
    """Methods of this domain by name."""

    async def roots(client: Client, params: messages.FilesRoots) -> messages.RootList:
        return messages.RootList(await link.files.list_roots())

    async def list_folder(client: Client, params: messages.FilesList) -> messages.Listing:
        return await link.files.list_folder(params.root, params.path, params.hidden)

    async def search(client: Client, params: messages.FilesSearch) -> messages.Listing:
        return await link.files.search(params.root, params.path, params.query, params.limit)

    async def locate(client: Client, params: messages.FilesLocate) -> messages.FoundFiles:
        return await link.files.find_dropped(params.files)

    async def open_recent(client: Client, params: messages.FilesOpenRecent) -> messages.Opened:
        item = link.files.find_recent(params.id)
        try:
            opened = await link.open_path(Path(item.path), item.series, params.reader, client.id, client.role)
        except NotFound:
            raise NotFound(
                f"'{show_name(Path(item.path).name)}' is not where it was.",
                "It may have been moved or deleted, or its drive is not connected.",
            ) from None
        return messages.Opened() if opened is None else from_json(messages.Opened, opened, "result")

    def forget_recent(client: Client, params: messages.FilesForgetRecent) -> None:
        link.files.forget(params.id)

    async def choose_folder(client: Client, params: messages.FilesChooseFolder) -> messages.AddedRoot:
        if link.host is None:
            raise Unavailable("There is no window to choose a folder in.", "Name the folder with --data.")
        folder = await link.host.choose_folder()
        return messages.AddedRoot(None if folder is None else await link.files.add_root(folder))

    return {
        "files.roots": roots,
        "files.list": list_folder,
        "files.search": search,
        "files.locate": locate,
        "files.open_recent": open_recent,
        "files.forget_recent": forget_recent,
        "files.choose_folder": choose_folder,
    }
