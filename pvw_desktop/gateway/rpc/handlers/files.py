"""files.*: data folders, listings, search, recent files. Opening itself is the ParaView process's."""

from __future__ import annotations

from pathlib import Path

from ....protocol.errors import NotFound, Unavailable
from ....protocol.messages import files as messages
from ....protocol.names import show_name
from ....protocol.schema import from_json
from ...session.clients import Client
from ...session.session import Session
from .registry import handles


@handles("files.roots")
async def roots(session: Session, client: Client, params: messages.FilesRoots) -> messages.RootList:
    """The data folders."""
    return messages.RootList(await session.files.list_roots())


@handles("files.list")
async def list_folder(session: Session, client: Client, params: messages.FilesList) -> messages.Listing:
    """The entries of a folder."""
    return await session.files.list_folder(params.root, params.path, params.hidden)


@handles("files.search")
async def search(session: Session, client: Client, params: messages.FilesSearch) -> messages.Listing:
    """Entries below a folder by words in their names."""
    return await session.files.search(params.root, params.path, params.query, params.limit)


@handles("files.locate")
async def locate(session: Session, client: Client, params: messages.FilesLocate) -> messages.FoundFiles:
    """Where files lie that were dropped on a page."""
    return await session.files.find_dropped(params.files)


@handles("files.open_recent")
async def open_recent(session: Session, client: Client, params: messages.FilesOpenRecent) -> messages.Opened:
    """Opens a file again, wherever it lies."""
    item = session.files.find_recent(params.id)
    if params.view is not None:
        session.views.require(params.view)  # what is not found from here on is the file
    try:
        opened = await session.file_requests.open_path(
            Path(item.path), item.series, params.reader, params.view, client.id, client.role
        )
    except NotFound:
        raise NotFound(
            f"'{show_name(Path(item.path).name)}' is not where it was.",
            "It may have been moved or deleted, or its drive is not connected.",
        ) from None
    return messages.Opened() if opened is None else from_json(messages.Opened, opened, "result")


@handles("files.forget_recent")
def forget_recent(session: Session, client: Client, params: messages.FilesForgetRecent) -> None:
    """Takes a file off the list."""
    session.files.forget(params.id)


@handles("files.choose_folder")
async def choose_folder(session: Session, client: Client, params: messages.FilesChooseFolder) -> messages.AddedRoot:
    """A folder chosen in the system's dialog becomes a root."""
    if session.launcher is None:
        raise Unavailable("There is no window to choose a folder in.", "Name the folder with --data.")
    folder = await session.launcher.choose_folder()
    return messages.AddedRoot(None if folder is None else await session.files.add_root(folder))
