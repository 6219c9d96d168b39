"""One instance for each user: who is first, who hands over, and what stale files cost (nothing)."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pvw_desktop.errors import StartError
from pvw_desktop.launcher.instance import OPEN_PATH, Instance, Note, post_paths


def never(seconds: float) -> None:
    raise AssertionError("nothing has to be waited for")


def test_the_second_hands_over(tmp_path: Path) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    assert first.claim()
    first.publish(Note(4711, "secret"))
    assert (tmp_path / "instance.json").stat().st_mode & 0o777 == 0o600
    assert not second.claim()
    posted: list[tuple[Note, bytes]] = []

    def post(note: Note, body: bytes) -> bool:
        posted.append((note, body))
        return True

    path = tmp_path / "a b é.vtu"
    assert second.hand_over([path], post, sleep=never)
    assert posted == [(Note(4711, "secret"), json.dumps({"paths": [str(path)]}).encode())]
    first.release()


def test_the_next_one_is_first_after_release(tmp_path: Path) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    first.claim()
    first.publish(Note(1, "a"))
    first.release()
    assert not (tmp_path / "instance.json").exists()
    assert second.claim()
    second.release()


@pytest.mark.parametrize("text", ["{", '{"port": 1}', '{"port": "x", "token": "a"}', "[]", ""])
def test_a_stale_note_is_no_problem(tmp_path: Path, text: str) -> None:
    (tmp_path / "instance.json").write_text(text)
    instance = Instance(tmp_path)
    assert instance.claim()
    assert not (tmp_path / "instance.json").exists()
    instance.release()


def test_waits_for_one_that_is_starting(tmp_path: Path) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    first.claim()
    second.claim()
    assert second.hand_over([], lambda note, body: True, sleep=lambda seconds: first.publish(Note(1, "a")))
    first.release()


def test_takes_the_place_of_one_that_ends_meanwhile(tmp_path: Path) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    first.claim()
    second.claim()
    assert not second.hand_over([], lambda note, body: False, sleep=lambda seconds: first.release())
    assert not Instance(tmp_path).claim()
    second.release()


def test_one_that_does_not_answer_costs_a_sentence(tmp_path: Path) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    first.claim()
    first.publish(Note(1, "a"))
    now = iter(range(100))
    with pytest.raises(StartError, match="does not answer") as caught:
        second.hand_over([], lambda note, body: False, clock=lambda: next(now), sleep=lambda seconds: None)
    assert caught.value.hint and "--port" in caught.value.hint
    first.release()


class _Handler(http.server.BaseHTTPRequestHandler):
    seen: list[tuple[str, str | None, bytes]]

    def do_POST(self) -> None:  # noqa: N802 - the standard library's name
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.path, self.headers["Authorization"], body))
        self.send_response(202 if self.headers["Authorization"] == "Bearer good" else 403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def server() -> Iterator[tuple[int, list[tuple[str, str | None, bytes]]]]:
    seen: list[tuple[str, str | None, bytes]] = []
    handler = type("Handler", (_Handler,), {"seen": seen})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running.server_port, seen
        running.shutdown()
        thread.join()


def test_post(server: tuple[int, list[tuple[str, str | None, bytes]]]) -> None:
    port, seen = server
    assert post_paths(Note(port, "good"), b"{}")
    assert not post_paths(Note(port, "bad"), b"{}")
    assert seen[0] == (OPEN_PATH, "Bearer good", b"{}")


def test_post_to_nobody() -> None:
    assert not post_paths(Note(1, "x"), b"{}")
