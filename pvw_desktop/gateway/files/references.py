"""What a data file makes a reader open besides itself, looked up before a reader sees it. Touches disks.

Default deny: a format passes where it is known to hold everything itself, or where the files it names can be read here
from its text and lie inside the data folders too, each checked the same way. Everything else is for the host to open.
"""

from __future__ import annotations

import fnmatch
import json
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

MAX_FILES = 20_000
MAX_DEPTH = 8
MAX_TEXT = 16 << 20
_HEAD = 1 << 16
_OPEN_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)

_PLAIN = frozenset("vtk stl ply obj csv tsv txt xyz cube pdb facet dem inp".split())
_IMAGES = {
    "png": (b"\x89PNG",), "jpg": (b"\xff\xd8",), "jpeg": (b"\xff\xd8",), "bmp": (b"BM",),
    "tif": (b"II*\0", b"MM\0*"), "tiff": (b"II*\0", b"MM\0*"),
}  # fmt: skip
_XML = frozenset(
    "vtu vtp vti vts vtr vtt htg pvtu pvtp pvti pvts pvtr pvtt phtg pvd vtm vtmb vth vthb vtpd vtpc xdmf xmf".split()
)
_ENSIGHT = frozenset(("case", "encas"))
_WHOLE = frozenset(
    "UnstructuredGrid PolyData ImageData RectilinearGrid StructuredGrid Table HyperTreeGrid".split()
)  # fmt: skip
"""Types of VTK's XML files that hold their data themselves."""
_NAMING = frozenset(("file", "source", "href", "filename"))
_WORD = re.compile(r'"([^"]*)"|\'([^\']*)\'|(\S+)')


class Refused(Exception):
    """Why nobody but the host may open a file. `detail` names what it was, for the host alone."""

    def __init__(self, sentence: str, detail: str = ""):
        super().__init__(sentence)
        self.detail = detail


class Seen(NamedTuple):
    """A file as it was when it was checked."""

    path: str
    device: int
    inode: int
    size: int
    modified_ns: int


class _Named(NamedTuple):
    """A name in a file. `data`: a reader takes it for plain numbers and looks for no more names in it."""

    name: str
    data: bool = False


def check(paths: list[Path], inside: Callable[[Path], bool]) -> list[Seen]:
    """Every file that a reader of these opens, as it is now. `inside` says whether a real path may be read. Raises
    Refused or OSError."""
    walk = _Walk(inside)
    for path in paths:
        walk.visit(path, False, 0)
    return list(walk.seen.values())


class _Walk:
    def __init__(self, inside: Callable[[Path], bool]):
        self._inside = inside
        self.seen: dict[Path, Seen] = {}

    def visit(self, path: Path, data: bool, depth: int) -> None:
        try:
            real = path.resolve()
        except (OSError, RuntimeError, ValueError):
            raise Refused("names a file that leads nowhere", os.fsdecode(path)) from None
        if not self._inside(real):
            raise Refused("names a file outside of the data folders", os.fsdecode(path))
        if real in self.seen or not real.exists() or (data and real.is_dir()):
            return
        if len(self.seen) >= MAX_FILES or depth > MAX_DEPTH:
            raise Refused("names more files than can be checked")
        if not stat.S_ISREG(real.stat().st_mode):  # opening a pipe would wait for its other end
            raise Refused("names something that is no file", os.fsdecode(path))
        with open(real, "rb", opener=lambda name, flags: os.open(name, flags | _OPEN_FLAGS)) as file:
            facts = os.fstat(file.fileno())
            self.seen[real] = Seen(str(real), facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns)
            names = [] if data else list(names_in(real.name, file, real.parent))
        for named in names:
            self.visit(real.parent / named.name, named.data, depth + 1)


def names_in(name: str, file: BinaryIO, folder: Path) -> Iterator[_Named]:
    """The files that a file names; raises Refused where that cannot be told."""
    ending = name.rpartition(".")[2].lower()
    head = file.read(_HEAD)
    if ending in _XML:
        yield from _names_in_xml(head, file)
    elif ending in _PLAIN or ending in _IMAGES:
        # Some readers go by what is in a file, whatever it is called.
        if head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] in (b"<", b"{") or head.startswith(b"\x89HDF"):
            raise Refused("is not of the format that its name says")
        if ending in _IMAGES and not head.startswith(_IMAGES[ending]):
            raise Refused("is not of the format that its name says")
    elif ending == "series":
        yield from _names_in_series(_text(head, file))
    elif ending in _ENSIGHT:
        yield from _names_in_ensight(_text(head, file), folder)
    else:
        raise Refused("is of a format that can name other files, which cannot be checked")


def _text(head: bytes, file: BinaryIO) -> bytes:
    text = head + file.read(MAX_TEXT - len(head) + 1)
    if len(text) > MAX_TEXT:
        raise Refused("is too large to be checked for the files it names")
    return text


class _Done(Exception):
    """Enough of an XML file was read."""


class _XmlNames:
    """Collects the names in one of VTK's XML files or in XDMF. No document types, so neither entities nor what they
    bring from elsewhere."""

    def __init__(self) -> None:
        self.names: list[_Named] = []
        self._formats: list[str] = []
        self._words: list[str] = []
        self._root: str | None = None
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _doctype(self, *_: object) -> None:
        raise Refused("has a document type, which can bring in other files")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._root is None:
            self._root = tag
            if tag == "VTKFile" and attributes.get("type") in _WHOLE:
                raise _Done
            if tag not in ("VTKFile", "Xdmf"):
                raise Refused("is not of the format that its name says")
        for name, value in attributes.items():
            if name.rpartition(":")[2].lower() in _NAMING:
                self.names.append(_Named(value))
        self._take_words()
        if self._root == "Xdmf":
            form = next((text for name, text in attributes.items() if name.lower() == "format"), "XML").upper()
            if form not in ("XML", "BINARY"):
                raise Refused("keeps its data in a file that can name other files, which cannot be checked")
            self._formats.append(form)

    def _characters(self, text: str) -> None:
        if "BINARY" in self._formats:
            self._words.append(text)

    def _end(self, _tag: str) -> None:
        self._take_words()
        del self._formats[-1:]

    def _take_words(self) -> None:
        lines = "".join(self._words).splitlines()
        self.names += [_Named(line.strip(), data=True) for line in lines if line.strip()]
        self._words = []


def _names_in_xml(head: bytes, file: BinaryIO) -> list[_Named]:
    found = _XmlNames()
    try:
        found.parser.Parse(head, False)
        found.parser.Parse(_text(head, file)[len(head) :], True)
    except _Done:
        return []
    except (expat.ExpatError, LookupError, ValueError):  # also an encoding that is none
        raise Refused("is no XML that can be checked for the files it names") from None
    return found.names


def _names_in_series(text: bytes) -> list[_Named]:
    try:
        files = json.loads(text)["files"]
        names = [item["name"] if isinstance(item, dict) else item for item in files]
    except (ValueError, KeyError, TypeError, RecursionError):
        names = [None]
    if not all(isinstance(name, str) for name in names):
        raise Refused("is no list of files that can be checked")
    return [_Named(name) for name in names]


def _names_in_ensight(text: bytes, folder: Path) -> Iterator[_Named]:
    """Every word of an EnSight case counts as a name: most are none, and no file is missed."""
    inside = list(os.scandir(folder)) if b"*" in text else []
    words: set[str] = set()
    for line in os.fsdecode(text).splitlines():
        if not line.lstrip().startswith("#"):
            words.update("".join(groups) for groups in _WORD.findall(line))
            words.add(line.partition(":")[2].strip().strip("\"'"))
    for word in words - {""}:
        if "*" not in word:
            yield _Named(word, data=True)
        elif "/" in word or "\\" in word:
            raise Refused("names files in another folder by a pattern", word)
        else:
            pattern = re.sub(r"\*+", "*", word)
            yield from (_Named(item.name, data=True) for item in inside if fnmatch.fnmatch(item.name, pattern))
