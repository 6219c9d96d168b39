"""files.*: roots, folders, search, readers, opening. Paths are an opaque root id and a path relative to it."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Literal, Optional

from ..registry import method, topic
from ..schema import Length, Range
from .common import NodeRef, OfView

RootId = Annotated[str, "opaque id of a data folder", Length(32)]
RelativePath = Annotated[
    str,
    "relative to the root, `/` between names, empty for the root itself; in a name `\\\\` is a backslash and `\\xE9` a "
    "byte that is no UTF-8",
    Length(4096),
]


@dataclasses.dataclass(frozen=True)
class Root:
    """A data folder that was opened to the page."""

    root: RootId
    label: str
    problem: Annotated[Optional[str], "one sentence where the folder cannot be read"] = None


@dataclasses.dataclass(frozen=True)
class RootList:
    """The data folders, the first one being where a file browser starts."""

    roots: list[Root]


@method("files.roots", role="control", answered_by="gateway", result=RootList)
@dataclasses.dataclass(frozen=True)
class FilesRoots:
    """The data folders."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """A folder, a file, or a series of numbered files shown as one."""

    name: str
    path: Annotated[str, "relative to the root; of a series, its first file"]
    kind: Literal["folder", "file", "series"]
    size: Annotated[int, "bytes; of a series, all its files together; 0 for a folder"] = 0
    modified: Annotated[float, "Unix time in s"] = 0.0
    count: Annotated[int, "number of files in the series"] = 1
    readable: Annotated[bool, "whether ParaView has a reader for the name"] = True
    link: Annotated[bool, "whether it is a symbolic link"] = False
    broken: Annotated[bool, "whether it is a link that leads nowhere"] = False


@dataclasses.dataclass(frozen=True)
class Listing:
    """A folder's entries, folders first, names in natural order (2 before 10)."""

    root: RootId
    path: RelativePath
    entries: list[Entry]
    truncated: Annotated[bool, "whether there are more entries than are shown"] = False


@method("files.list", role="control", answered_by="gateway", result=Listing)
@dataclasses.dataclass(frozen=True)
class FilesList:
    """The entries of one folder."""

    root: RootId
    path: RelativePath = ""
    hidden: Annotated[bool, "whether names with a leading dot are shown"] = False


@method("files.search", role="control", answered_by="gateway", result=Listing)
@dataclasses.dataclass(frozen=True)
class FilesSearch:
    """Entries below a folder whose name holds all the words, at most `limit` of them."""

    root: RootId
    query: Annotated[str, Length(200)]
    path: RelativePath = ""
    limit: Annotated[int, Range(1, 1000)] = 200


BLOCK = 65536
BLOCKS = 16
"""How much of a dropped file is read to tell it from others."""


@dataclasses.dataclass(frozen=True)
class DroppedFile:
    """A file of the person's, as a browser tells it: without its folder."""

    name: Annotated[str, Length(512)]
    size: Annotated[int, "bytes", Range(0, 1 << 53)]
    digest: Annotated[
        Optional[str],
        "SHA-256, in hex, over 16 blocks of 65536 bytes, block i beginning at i * (size - 65536) / 15 rounded down; "
        "over the whole of a file of up to 16 * 65536 bytes; null where its content cannot be read",
        Length(64),
    ] = None


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a file lies."""

    root: RootId
    path: RelativePath
    folder: Annotated[str, "its folder, for reading"]
    series: Annotated[Optional[str], "path of the first file of the series it belongs to"] = None
    count: Annotated[int, "number of files in that series"] = 1


@dataclasses.dataclass(frozen=True)
class FoundFile:
    """The places of one file."""

    places: list[Place]


@dataclasses.dataclass(frozen=True)
class FoundFiles:
    """The places of each file, in the order they were asked for."""

    files: list[FoundFile]
    truncated: Annotated[bool, "whether there was too much to look at everything"] = False


@method("files.locate", role="control", answered_by="gateway", result=FoundFiles)
@dataclasses.dataclass(frozen=True)
class FilesLocate:
    """Looks for files that were dropped on a page in all data folders: those with the same name and content; without
    `digest` those with the same name and size, and then it is the person who has to say which."""

    files: Annotated[list[DroppedFile], Length(500)]


@dataclasses.dataclass(frozen=True)
class Reader:
    """A reader that fits a file."""

    name: Annotated[str, "ParaView's name of the reader proxy"]
    group: str
    label: str


@dataclasses.dataclass(frozen=True)
class ReaderList:
    """Readers that fit, ParaView's own choice first."""

    readers: list[Reader]


@method("files.readers", role="control", result=ReaderList, file="look")
@dataclasses.dataclass(frozen=True)
class FilesReaders:
    """The readers that can open a file."""

    root: RootId
    path: RelativePath


@dataclasses.dataclass(frozen=True)
class Opened:
    """What opening came to: a new node, or `choose` where several readers fit equally well and the caller named
    none; a state file replaces the pipeline and gives neither."""

    node: Optional[str] = None
    choose: Annotated[list[Reader], "the readers to choose from; empty where none is needed"] = dataclasses.field(
        default_factory=list
    )


@method("files.open", role="control", result=Opened, effect="data", job="Opening {path}", file="open")
@dataclasses.dataclass(frozen=True)
class FilesOpen:
    """Opens a data file, a series of numbered files (`series`, `path` being any of them), or a state file."""

    root: RootId
    path: RelativePath
    series: bool = False
    reader: Annotated[Optional[str], "name of the reader to use; null lets ParaView choose"] = None
    view: OfView = None


@method("files.example", role="control", result=NodeRef, effect="data", job="Building the example")
@dataclasses.dataclass(frozen=True)
class FilesExample:
    """Builds an example dataset from ParaView's own sources."""

    name: Annotated[
        Literal["contours", "streamlines", "motion"],
        "surfaces of equal value in a scalar field, stream lines of a swirl, a box that moves with time",
    ]
    view: OfView = None


@dataclasses.dataclass(frozen=True)
class RecentFile:
    """A file that was opened before."""

    id: str
    name: str
    folder: Annotated[str, "its folder, shortened for reading"]
    opened: Annotated[float, "Unix time in s"]
    series: bool = False


@topic("recent", role="host", kept_by="gateway")
@dataclasses.dataclass(frozen=True)
class Recent:
    """Files opened before, the newest first."""

    files: list[RecentFile]


@method("files.open_recent", role="host", answered_by="gateway", result=Opened)
@dataclasses.dataclass(frozen=True)
class FilesOpenRecent:
    """Opens a file of the topic `recent` again, wherever it lies."""

    id: Annotated[str, Length(64)]
    reader: Annotated[Optional[str], "name of the reader to use; null lets ParaView choose"] = None
    view: OfView = None


@method("files.forget_recent", role="host", answered_by="gateway")
@dataclasses.dataclass(frozen=True)
class FilesForgetRecent:
    """Takes a file off the topic `recent`; the file itself stays."""

    id: Annotated[str, Length(64)]


@dataclasses.dataclass(frozen=True)
class AddedRoot:
    """The folder that was chosen; null where the person closed the dialog."""

    root: Optional[Root] = None


@method("files.choose_folder", role="host", answered_by="gateway", result=AddedRoot)
@dataclasses.dataclass(frozen=True)
class FilesChooseFolder:
    """Lets the host choose a folder in the system's own dialog and adds it to the roots. Works where the application
    has a window; elsewhere the folder is named with --data."""
