"""Messages of the private channel between gateway and server, and what the server is told at its start.

The channel is a TCP connection on loopback that the server opens to the gateway; its first message is `hello` with the
token it got on stdin. Each message is a JSON object whose `type` is the class's name in lower case. Raw images do not
travel here: they lie in slots of a mapped file, and `image` says which slot holds one. Arrays of a scene do, as bytes
behind the JSON of `blob`.
"""

from __future__ import annotations

import dataclasses
import typing
from typing import Any, Optional, Union

from .schema import from_json, to_json

SLOTS = 2
MAX_WIDTH, MAX_HEIGHT = 7680, 4320
SLOT_BYTES = MAX_WIDTH * MAX_HEIGHT * 3
"""Room for one 8K image of 3 bytes a pixel. The file is sparse: what no image has touched takes no memory."""


@dataclasses.dataclass(frozen=True)
class ServerConfig:
    """The line of JSON on the server's stdin. Its end of file means: leave."""

    host: str
    port: int
    token: str
    frames: str
    """Path of the mapped file with SLOTS slots of SLOT_BYTES."""
    work: Optional[str] = None
    """Path of the state file that the work is saved to; None where no folder can be written."""
    restore: Optional[str] = None
    """State file to load before anything else."""
    confine: Optional[list[str]] = None
    """Data folders that the process confines itself to before it reads anything; None: it reads what the account may
    read. Whether that worked is in Ready."""


# gateway -> server


@dataclasses.dataclass(frozen=True)
class Request:
    """A client's call. `id` is None for a notification. `paths` are the files that root and path came to."""

    id: Optional[int]
    method: str
    params: dict[str, Any]
    client: str = ""
    role: str = "watch"
    """The client's role; what runs code is for the host alone."""
    paths: list[str] = dataclasses.field(default_factory=list)
    seen: list[tuple[str, int, int, int, int]] = dataclasses.field(default_factory=list)
    """For a guest: path, device, inode, size and modification time in ns of every file that opening comes to, as they
    were checked. They are the same before and after reading, or nothing is opened."""


@dataclasses.dataclass(frozen=True)
class Cancel:
    """Stop the request `id` at its next progress event, or drop it where it still waits."""

    id: int


@dataclasses.dataclass(frozen=True)
class Slot:
    """The image in this slot was taken: the server may render into it."""

    slot: int


@dataclasses.dataclass(frozen=True)
class ViewDemand:
    """What is wanted of one view."""

    images: bool
    """Whether anybody looks. Where nobody does, nothing is rendered."""
    limit: int = 0
    """Most bytes of geometry that the topic `scene/<view>` may come to; 0: nobody wants it."""
    lod: bool = False
    """Whether the coarse `scene/<view>/lod` is wanted."""
    size: Optional[tuple[int, int, float]] = None
    """Width, height and pixel ratio of full images, as view.size had them last, whatever runs at present; None where
    nobody told any."""


@dataclasses.dataclass(frozen=True)
class Demand:
    """What is wanted of the views."""

    images: bool
    """Whether anybody would look at a view that is not in `views`."""
    views: dict[str, ViewDemand] = dataclasses.field(default_factory=dict)
    size: Optional[tuple[int, int, float]] = None
    """Of the first view of a process that has told of none yet, as the process before it had it."""

    def of(self, view: str) -> ViewDemand:
        """What is wanted of a view."""
        return self.views.get(view) or ViewDemand(self.images)


@dataclasses.dataclass(frozen=True)
class Dropped:
    """The gateway has these blobs no more: a scene that names one must come with it again."""

    hashes: list[str]


@dataclasses.dataclass(frozen=True)
class Quit:
    """Leave now."""


# server -> gateway


@dataclasses.dataclass(frozen=True)
class Hello:
    """First message: proves that this is the process that was started."""

    token: str
    pid: int


@dataclasses.dataclass(frozen=True)
class Starting:
    """What the server is doing on its way to ready, for a person."""

    text: str


@dataclasses.dataclass(frozen=True)
class Ready:
    """ParaView is up."""

    paraview: str
    python: str
    renderer: str
    extensions: list[str]
    """Endings of names that ParaView has a reader for, lower case without the leading dot."""
    restored: Optional[str] = None
    """A sentence where the saved work could not be brought back; None where it was, or there was none."""
    confined: Optional[bool] = None
    """Whether the process is confined as ServerConfig.confine asked; None where it did not ask."""
    confinement: Optional[str] = None
    """One sentence on that."""


@dataclasses.dataclass(frozen=True)
class Reply:
    """Answer to a request: `error` is a JSON-RPC error object or None."""

    id: int
    result: Any = None
    error: Optional[dict[str, Any]] = None


@dataclasses.dataclass(frozen=True)
class Topics:
    """New values of topics; None where one is gone."""

    changes: dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Progress:
    """A step of the running request. `fraction` is 0 to 1 or None."""

    id: int
    text: str
    fraction: Optional[float]
    node: Optional[str] = None
    aborting: bool = False
    """Whether this step came after Cancel: the algorithm was told to stop."""
    heard: bool = True
    """Whether the step listens to a Cancel before it ends."""


@dataclasses.dataclass(frozen=True)
class Work:
    """The server computes for a while although no request is open (`running`), or has come to the end of it. It is a
    job like any: Progress and Cancel name its id, which is none of a request's."""

    id: int
    text: str
    running: bool


@dataclasses.dataclass(frozen=True)
class Image:
    """A slot holds a new image: rows of 3-byte RGB pixels, the bottom row first, no padding."""

    slot: int
    view: str
    seq: int
    width: int
    height: int
    still: bool
    camera: Optional[dict[str, Any]]
    client: str
    """The client whose camera it shows, and that client's motion number."""
    motion: int
    render_ms: float
    wait_ms: float = 0.0
    lod: bool = False
    full: Optional[tuple[int, int]] = None
    """Size of a full image of the view, where this one is smaller."""


@dataclasses.dataclass(frozen=True)
class Blob:
    """An array of a scene, sent before the first topic that names it. Its bytes are the message's payload."""

    hash: str
    dtype: str
    components: int
    use: str
    payload: bytes = dataclasses.field(default=b"", repr=False)


@dataclasses.dataclass(frozen=True)
class Note:
    """A line for every page (session.notice)."""

    level: str
    message: str
    hint: Optional[str] = None
    log: Optional[str] = None


@dataclasses.dataclass(frozen=True)
class Saved:
    """The work was saved to ServerConfig.work, the save before it to the same name with `.previous`. Nobody has to act
    on it; who waits for a step to be saved, such as a test, hears of it."""


ToServer = Union[Request, Cancel, Slot, Demand, Dropped, Quit]
ToGateway = Union[Hello, Starting, Ready, Reply, Topics, Progress, Work, Image, Blob, Note, Saved]
_TO_SERVER = {cls.__name__.lower(): cls for cls in (Request, Cancel, Slot, Demand, Dropped, Quit)}
_TO_GATEWAY = {
    cls.__name__.lower(): cls
    for cls in (Hello, Starting, Ready, Reply, Topics, Progress, Work, Image, Blob, Note, Saved)
}


def encode(message: Any) -> dict[str, Any]:
    """The JSON object of a channel message; a blob's `payload` stays bytes and travels behind it."""
    if isinstance(message, Blob):
        return {"type": "blob", **{item.name: getattr(message, item.name) for item in dataclasses.fields(message)}}
    return {"type": type(message).__name__.lower(), **to_json(message)}


def decode_to_server(data: dict[str, Any]) -> ToServer:
    """The message a gateway sent; raises BadRequest or KeyError for anything else."""
    return typing.cast(ToServer, _decode(_TO_SERVER, data))


def decode_to_gateway(data: dict[str, Any]) -> ToGateway:
    """The message a server sent; raises BadRequest or KeyError for anything else."""
    return typing.cast(ToGateway, _decode(_TO_GATEWAY, data))


def _decode(table: dict[str, Any], data: dict[str, Any]) -> Any:
    fields = dict(data)
    kind = table[fields.pop("type")]
    # Large or nested: the receiver checks a request's params against the method's own type, and logs may be long.
    if kind in (Topics, Reply, Request, Note, Blob):
        return kind(**fields)
    return from_json(kind, fields, kind.__name__.lower())
