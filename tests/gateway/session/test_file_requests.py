"""Requests that name a file, between the disk and ParaView."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.gateway.files import opening
from pvw_desktop.gateway.files.recent import RecentFiles
from pvw_desktop.gateway.files.roots import FileRoots
from pvw_desktop.gateway.files.service import FileService
from pvw_desktop.gateway.session.audience import Audience
from pvw_desktop.gateway.session.file_requests import FileRequests
from pvw_desktop.protocol.errors import Forbidden, NotFound, Unavailable
from pvw_desktop.protocol.messages.files import FilesOpen, FilesReaders
from pvw_desktop.protocol.registry import METHODS
from tests.gateway.conftest import until


class Desk:
    """A folder with two files of a series, and a ParaView that answers what the test says."""

    def __init__(self, folder: Path):
        for name in ("run_1.vtu", "run_2.vtu"):
            (folder / name).write_text("x")
        roots = FileRoots()
        self.root = roots.add_root(folder).root
        self.folder = folder.resolve()
        self.audience = Audience()
        self.files = FileService(roots, RecentFiles(), lambda: None, lambda text: None)
        self.submitted: list[tuple[Any, ...]] = []
        self.ready = True
        self.answer: Any = {"node": "12", "choose": []}
        self.requests = FileRequests(self.files, self._submit, self._require_ready, self.audience)

    def _require_ready(self) -> None:
        if not self.ready:
            raise Unavailable("ParaView is still starting.")

    def _submit(
        self, method: str, params: dict[str, Any], client: str, role: str, paths: Sequence[str], seen: Sequence[Any]
    ) -> asyncio.Future[Any]:
        self.submitted.append((method, params, client, role, paths, seen))
        future = asyncio.get_running_loop().create_future()
        future.set_result(self.answer)
        return future

    @property
    def remembered(self) -> list[str]:
        return [item.name for item in self.files.recent.topic().files]


@pytest.fixture
async def desk(tmp_path: Path) -> Any:
    desk = Desk(tmp_path)
    yield desk
    await until(lambda: not desk.files._saving)
    desk.files.close()


async def test_to_look_is_one_file_and_leaves_no_trace(desk: Desk) -> None:
    answer = await desk.requests.ask("files.readers", FilesReaders(desk.root, "run_1.vtu"), "c1", "control")
    assert answer is desk.answer
    ((method, params, client, role, paths, seen),) = desk.submitted
    assert (method, client, role, list(seen)) == ("files.readers", "c1", "control", [])
    assert params["path"] == "run_1.vtu"
    assert paths == [str(desk.folder / "run_1.vtu")]
    assert desk.remembered == []


async def test_to_open_takes_the_series_and_is_remembered(desk: Desk) -> None:
    await desk.requests.ask("files.open", FilesOpen(desk.root, "run_1.vtu", series=True), "c1", "host")
    assert desk.submitted[0][4] == [str(desk.folder / name) for name in ("run_1.vtu", "run_2.vtu")]
    await until(lambda: desk.remembered == ["run_1.vtu"])


async def test_a_file_that_asks_for_a_reader_was_not_opened(desk: Desk) -> None:
    desk.answer = {"node": None, "choose": [{"name": "B"}]}
    await desk.requests.ask("files.open", FilesOpen(desk.root, "run_1.vtu"), "c1", "host")
    assert desk.remembered == []


async def test_what_is_not_there_reaches_nobody(desk: Desk) -> None:
    with pytest.raises(NotFound):
        await desk.requests.ask("files.open", FilesOpen(desk.root, "gone.vtu"), "c1", "host")
    assert desk.submitted == []


async def test_any_file_of_the_host_opens_by_its_path_and_a_folder_becomes_a_root(desk: Desk, tmp_path: Path) -> None:
    assert await desk.requests.open_path(tmp_path / "run_2.vtu", reader="Any") is desk.answer
    ((method, params, client, role, paths, _),) = desk.submitted
    assert (method, client, role, paths) == ("files.open", "", "host", [str(desk.folder / "run_2.vtu")])
    assert (params["reader"], params["series"]) == ("Any", False)
    (tmp_path / "inner").mkdir()
    assert await desk.requests.open_path(tmp_path / "inner") is None
    assert len(desk.submitted) == 1 and len(desk.files.roots.named()) == 2


async def test_without_paraview_no_disk_is_asked(desk: Desk) -> None:
    desk.ready = False
    for name in ("run_1.vtu", "gone.vtu"):
        with pytest.raises(Unavailable):
            await desk.requests.ask("files.open", FilesOpen(desk.root, name), "c1", "host")


async def test_a_paraview_that_goes_while_the_disk_is_asked_is_said_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = desk.files.files_to_open

    async def slow(*arguments: Any) -> Any:
        found = await look_up(*arguments)
        desk.ready = False
        return found

    monkeypatch.setattr(desk.files, "files_to_open", slow)
    with pytest.raises(Unavailable, match="still starting"):
        await desk.requests.ask("files.open", FilesOpen(desk.root, "run_1.vtu"), "c1", "host")
    assert desk.submitted == []


async def test_a_guest_is_refused_and_the_host_hears_of_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(roots: FileRoots, paths: list[str], relative: str) -> Any:
        raise opening.ForHost("It waits for the host.", log="because of /etc")

    monkeypatch.setattr(opening, "check_for_guest", refuse)
    told: list[tuple[Any, ...]] = []
    monkeypatch.setattr(desk.audience, "notify", lambda *words, **more: told.append((*words, more)))
    with pytest.raises(Forbidden):
        await desk.requests.ask("files.open", FilesOpen(desk.root, "run_1.vtu"), "c1", "control")
    assert desk.submitted == []
    assert told == [("warning", "A guest asked to open 'run_1.vtu'.", "because of /etc", {"for_role": "host"})]
    # to look at readers is no opening
    await desk.requests.ask("files.readers", FilesReaders(desk.root, "run_1.vtu"), "c1", "control")


def test_what_names_a_file_says_so() -> None:
    named = {name: method.file for name, method in METHODS.items() if method.file is not None}
    assert named == {"files.open": "open", "files.readers": "look"}
