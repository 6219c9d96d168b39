"""Whether a display answers, against a real X server and against things that are none."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from pvw_desktop.launcher.system.xdisplay import authority_entry, connect, display_answers


def test_a_real_one_answers(x_server: str, tmp_path: Path) -> None:
    assert display_answers({"DISPLAY": x_server}, tmp_path)
    assert display_answers({"DISPLAY": f"{x_server}.0"}, tmp_path)
    assert display_answers({"DISPLAY": f"unix{x_server}"}, tmp_path)


@pytest.mark.parametrize("display", ["", ":", ":x", "nonsense", ":65000", "localhost:65000", ":0:0", "http://a:1"])
def test_what_is_no_display(display: str, tmp_path: Path) -> None:
    assert not display_answers({"DISPLAY": display}, tmp_path)
    assert not display_answers({}, tmp_path)


def test_something_else_at_its_port(tmp_path: Path) -> None:
    """A server that takes connections and says nothing, as a forwarded display whose far end is gone."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        number = other.getsockname()[1] - 6000
        other.close()
        assert not display_answers({"DISPLAY": f"127.0.0.1:{number}"}, tmp_path)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 40, authority_entry(b"x" * 16)[:-1]])
def test_a_damaged_authority_file(x_server: str, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "Xauthority"
    path.write_bytes(data)
    connection = connect(x_server, path)
    assert connection
    connection.close()
