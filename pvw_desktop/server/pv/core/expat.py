"""Lets ParaView 5.11 of an up-to-date Debian 12 read its own XML files. Knows the ELF format, nothing of ParaView's.

Since the security updates of libexpat (2.6.0 and what distributions took back to older versions), Expat puts off the
start of a tag that came in several pieces. VTK before 9.3.1 feeds the tag that precedes appended data in pieces, misses
its start and goes on to parse the data itself: no `.vtu`, `.vtp`, `.vti` … with appended data can be read. VTK's own
remedy is to switch that off for each parser it makes; the same is done here for a VTK that does not know of it, by
leading its call of XML_ParserCreate through a function that does.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from typing import Any, Optional

LIBRARY = "libvtkIOXMLParser"
PT_LOAD, PT_DYNAMIC = 1, 2
DT_PLTRELSZ, DT_STRTAB, DT_SYMTAB, DT_RELA, DT_RELASZ, DT_JMPREL = 2, 5, 6, 7, 8, 23
PROT_READ, PROT_WRITE = 1, 2


def tame() -> Optional[object]:
    """Does it where it is needed, once VTK's XML parser is loaded. What it returns has to be kept while VTK is used."""
    if not sys.platform.startswith("linux") or struct.calcsize("P") != 8 or sys.byteorder != "little":
        return None
    try:
        # only one that is loaded already: Kitware's own builds bring an Expat of theirs under other names
        expat = ctypes.CDLL("libexpat.so.1", mode=os.RTLD_NOLOAD | os.RTLD_NOW)
        switch = expat.XML_SetReparseDeferralEnabled
    except (OSError, AttributeError):
        return None
    create = expat.XML_ParserCreate
    create.restype, create.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    switch.restype, switch.argtypes = ctypes.c_ubyte, [ctypes.c_void_p, ctypes.c_ubyte]

    def at_once(encoding: Any) -> Any:
        parser = create(encoding)
        if parser:
            switch(parser, 0)
        return parser

    create_at_once = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_char_p)(at_once)
    target = ctypes.cast(create_at_once, ctypes.c_void_p).value
    slots = [slot for path, base in _loaded(LIBRARY) for slot in _slots(path, base, b"XML_ParserCreate")]
    for slot in slots:
        _make_writable(slot)
        ctypes.c_void_p.from_address(slot).value = target
    return create_at_once if slots else None


def _mappings() -> Iterator[tuple[int, int, str, int, str]]:
    """Start, end, rights, offset and file of each mapping of this process."""
    with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as maps:
        for line in maps:
            fields = line.split(maxsplit=5)
            start, end = (int(number, 16) for number in fields[0].split("-"))
            yield start, end, fields[1], int(fields[2], 16), fields[5].strip() if len(fields) > 5 else ""


def _loaded(name: str) -> list[tuple[str, int]]:
    """Path and address of each loaded library whose file starts with `name`."""
    return [
        (path, start)
        for start, _, _, offset, path in _mappings()
        if offset == 0 and os.path.basename(path).startswith(name)
    ]


def _slots(path: str, base: int, symbol: bytes) -> Iterator[int]:
    """Addresses of the pointers through which a library calls a function of another one."""
    with open(path, "rb") as file:
        image = file.read()
    table, entry_size, count = (
        struct.unpack_from("<Q", image, 32)[0],
        *struct.unpack_from("<HH", image, 54),
    )
    headers = [struct.unpack_from("<IIQQQQQQ", image, table + index * entry_size) for index in range(count)]
    loads = [(vaddr, offset, size) for kind, _, offset, vaddr, _, size, _, _ in headers if kind == PT_LOAD]

    def at(vaddr: int) -> int:
        return next(vaddr - start + offset for start, offset, size in loads if start <= vaddr < start + size)

    dynamic: dict[int, int] = {}
    for kind, _, offset, _, _, size, _, _ in headers:
        if kind == PT_DYNAMIC:
            dynamic.update(struct.iter_unpack("<QQ", image[offset : offset + size]))
    strings, symbols = at(dynamic[DT_STRTAB]), at(dynamic[DT_SYMTAB])
    for start, size in ((DT_JMPREL, DT_PLTRELSZ), (DT_RELA, DT_RELASZ)):
        if start in dynamic:
            first = at(dynamic[start])
            for where, info, _ in struct.iter_unpack("<QQq", image[first : first + dynamic[size]]):
                name = strings + struct.unpack_from("<I", image, symbols + 24 * (info >> 32))[0]
                if info >> 32 and image.startswith(symbol + b"\0", name):
                    yield base + where


def _make_writable(address: int) -> None:
    """A library linked with full RELRO has its pointers write-protected."""
    rights = next(rights for start, end, rights, _, _ in _mappings() if start <= address < end)
    if "w" not in rights:
        page = os.sysconf("SC_PAGESIZE")
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.mprotect(ctypes.c_void_p(address - address % page), ctypes.c_size_t(page), PROT_READ | PROT_WRITE):
            raise OSError(ctypes.get_errno(), "mprotect")
