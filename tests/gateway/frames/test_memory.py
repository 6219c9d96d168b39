"""The mapped file that raw images lie in."""

from __future__ import annotations

import mmap
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pvw_desktop.gateway.frames.memory import FrameMemory
from pvw_desktop.protocol.channel import SLOT_BYTES, SLOTS
from pvw_desktop.protocol.errors import Failed

WRITE_FROM_ANOTHER_PROCESS = """
import mmap, os, sys
fd = os.open(sys.argv[1], os.O_RDWR)
with mmap.mmap(fd, 0) as memory:
    memory[int(sys.argv[2]):int(sys.argv[2]) + 4] = b"RGB!"
"""


def write(path: str, offset: int) -> None:
    subprocess.run([sys.executable, "-c", WRITE_FROM_ANOTHER_PROCESS, path, str(offset)], check=True, timeout=300)


def test_another_process_writes_and_this_one_reads() -> None:
    memory = FrameMemory()
    write(memory.path, SLOT_BYTES)
    assert bytes(memory.slot(1)[:4]) == b"RGB!"
    assert bytes(memory.slot(0)[:4]) == b"\0\0\0\0"
    assert len(memory.slot(SLOTS - 1)) == SLOT_BYTES
    memory.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no memfd; the named file is tested below")
def test_on_linux_it_has_no_name_in_any_folder() -> None:
    memory = FrameMemory()
    assert memory.path.startswith(f"/proc/{os.getpid()}/fd/")
    assert "(deleted)" in os.readlink(memory.path)
    memory.close()
    assert not os.path.exists(memory.path)


def test_untouched_memory_is_not_used() -> None:
    memory = FrameMemory()
    assert os.stat(memory.path).st_blocks == 0
    assert os.stat(memory.path).st_size == SLOTS * SLOT_BYTES
    memory.close()


def test_a_named_file_is_private_and_its_name_goes_once_it_is_mapped(tmp_path: Path) -> None:
    memory = FrameMemory(named_in=tmp_path)
    assert Path(memory.path).parent == tmp_path
    assert stat.S_IMODE(os.stat(memory.path).st_mode) == 0o600
    with open(memory.path, "r+b") as file, mmap.mmap(file.fileno(), 0) as server:
        memory.release_name()
        assert list(tmp_path.iterdir()) == []
        server[:4] = b"RGB!"
    assert bytes(memory.slot(0)[:4]) == b"RGB!"
    memory.close()


def test_closing_takes_a_name_away_that_nobody_released(tmp_path: Path) -> None:
    FrameMemory(named_in=tmp_path).close()
    assert list(tmp_path.iterdir()) == []


def test_closing_while_a_slot_is_read_waits_for_the_reader() -> None:
    memory = FrameMemory()
    reader = memory.slot(0)[:16]
    memory.close()
    assert bytes(reader) == b"\0" * 16


@pytest.mark.parametrize("index", [-1, SLOTS, 99])
def test_there_are_no_other_slots(index: int) -> None:
    memory = FrameMemory()
    with pytest.raises(IndexError):
        memory.slot(index)
    memory.close()


def test_a_folder_that_is_not_there_gives_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="memory for images could not be made") as caught:
        FrameMemory(named_in=tmp_path / "gone")
    assert caught.value.hint


def test_no_room_for_the_file_gives_one_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(fd: int, size: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "ftruncate", full)
    with pytest.raises(Failed, match="No space left"):
        FrameMemory(named_in=tmp_path)
    assert list(tmp_path.iterdir()) == []
