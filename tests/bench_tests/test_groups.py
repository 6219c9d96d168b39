"""What the groups make of images and messages, and how a run goes on where one of them fails."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from tests.bench import browser, run, stock
from tests.bench.browser import payload_bytes
from tests.bench.figures import Row
from tests.bench.groups.throttled import viewer_lags
from tests.bench.groups.viewers import most_encodings
from tests.bench.our_client import Shown
from tests.bench.world import World


def shown(seq: int, at: float = 0.0, motion: int = 0, still: bool = False, payload: bytes = b"x") -> Shown:
    header = {"seq": seq, "motion": motion, "still": still, "format": "jpeg", "quality": 80, "width": 4, "height": 3}
    return Shown(at, header, payload)


class FakeClient:
    """A client that has seen images and sent moves."""

    def __init__(self, images: list[Shown], sent: dict[int, float] | None = None):
        self.images = images
        self.sent = sent or {}


def test_the_same_bytes_for_all_are_one_encoding() -> None:
    clients: list[Any] = [FakeClient([shown(1), shown(2, payload=b"y")]), FakeClient([shown(1)])]
    assert most_encodings(clients) == 1
    clients.append(FakeClient([shown(1, payload=b"z")]))
    assert most_encodings(clients) == 2


def test_a_viewers_lag_is_from_the_owners_move() -> None:
    owner: Any = FakeClient([shown(1, motion=1), shown(3, motion=4)], {1: 10.0, 4: 10.5})
    images = [shown(0, 10.0), shown(1, 10.2), shown(2, 10.4), shown(3, 10.6), shown(3, 10.7, still=True)]
    found, lags = viewer_lags(owner, images)
    assert [image.header["seq"] for image in found] == [1, 2, 3]
    assert lags == pytest.approx([200, 400, 100])


def test_payloads_as_chromium_tells_them() -> None:
    assert payload_bytes({"opcode": 1, "payloadData": "é"}) == 2
    assert payload_bytes({"opcode": 2, "payloadData": base64.b64encode(bytes(5)).decode()}) == 5


def test_a_group_that_fails_is_a_row(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    async def fail(world: World) -> list[Row]:
        raise RuntimeError("no")

    monkeypatch.setitem(run.GROUPS, "fps", ("Images", fail))
    world: Any = None
    (row,) = run._group("fps", world)
    assert (row.name, row.problem) == ("fps", "RuntimeError: no")
    assert "Traceback" in capsys.readouterr().err


def test_groups_are_chosen_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run._parser().parse_args(["--only", "fps,memory"]).only == ["fps", "memory"]
    with pytest.raises(SystemExit):
        run._parser().parse_args(["--only", "speed"])
    assert "no group 'speed'" in capsys.readouterr().err


def test_a_machine_that_cannot_fetch_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pvpython = tmp_path / "pvpython"
    pvpython.write_text("#!/bin/sh\necho '[3, 11]'\n")
    pvpython.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(stock.NotHere, match="npm is missing"):
        stock.fetch(str(pvpython), tmp_path / "bench")


def test_what_was_fetched_is_not_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pvpython = tmp_path / "pvpython"
    pvpython.write_text("#!/bin/sh\necho '[3, 11]'\n")
    pvpython.chmod(0o755)
    folder = tmp_path / "bench"
    fetched = []

    def pack(into: Path) -> None:
        fetched.append(into)
        stocked = stock.Stock(into / "package", into / "libraries")
        stocked.script.parent.mkdir(parents=True)
        stocked.script.touch()
        stocked.page.mkdir()
        (stocked.page / "index.html").touch()

    monkeypatch.setattr(stock, "_fetch_visualizer", pack)
    monkeypatch.setattr(stock, "_fetch_libraries", lambda into, version: None)
    assert stock.fetch(str(pvpython), folder) == stock.fetch(str(pvpython), folder)
    assert len(fetched) == 1
    pvpython.write_text("#!/bin/sh\necho '[3, 12]'\n")
    stock.fetch(str(pvpython), folder)
    assert len(fetched) == 2, "another Python needs other packages"


def test_the_pings_of_a_page_are_told_from_what_it_says() -> None:
    ping = {"opcode": 1, "payloadData": '{"jsonrpc":"2.0","id":7,"method":"session.ping","params":{}}'}
    assert browser.spoken(ping) == {"jsonrpc": "2.0", "id": 7, "method": "session.ping", "params": {}}
    for response in ({"opcode": 2, "payloadData": "AAAA"}, {"opcode": 1, "payloadData": "no JSON"}):
        assert browser.spoken(response) == {}
