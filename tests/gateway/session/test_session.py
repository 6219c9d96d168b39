"""The session over a real channel: state, calls, jobs, and what happens when the process goes away."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from pvw_desktop.gateway.session import jobs as jobs_module
from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import Cancelled, Failed, NotFound, Unavailable
from pvw_desktop.protocol.messages.session import ServerStatus


async def test_topics_reach_every_client_and_late_ones_get_the_snapshot(world: Any) -> None:
    first = await world.join()
    await world.server.send(wire.Topics({"pipeline": {"nodes": []}, "time": {"time": 1.0}}))
    await world.until(lambda: first.topics.get("time") == {"time": 1.0})
    second = await world.join()
    assert second.topics["pipeline"] == {"nodes": []}
    assert second.versions == first.versions
    await world.server.send(wire.Topics({"pipeline": None}))
    await world.until(lambda: "pipeline" in first.topics and first.topics["pipeline"] is None)
    third = await world.join()
    assert "pipeline" not in third.topics


async def test_the_process_may_not_set_topics_of_the_gateway_or_unknown_ones(world: Any) -> None:
    client = await world.join()
    await world.server.send(wire.Topics({"server": {}, "jobs": {}, "recent": {}, "nonsense": {}, "time": {"time": 2}}))
    await world.until(lambda: client.topics.get("time") == {"time": 2})
    assert client.topics["server"]["state"] == "ready"
    assert client.topics["jobs"] == {"jobs": []}
    assert "nonsense" not in client.topics


async def test_topics_that_came_before_a_reply_arrive_before_it(world: Any) -> None:
    client = await world.join()
    answer = client.start("pipeline.clear")
    request = await world.server.next(wire.Request)
    changes = [wire.Topics({f"proxy/{n}": {"id": str(n)}}) for n in range(20)]
    await world.server.send(*changes, wire.Reply(request.id, {}))
    await answer
    assert sum(name.startswith("proxy/") for name in client.topics) == 20


async def test_a_request_says_who_asks_and_its_answer_comes_back(world: Any) -> None:
    client = await world.join()
    answer = client.start("proxy.set", id="12", values={"Radius": 2.0})
    request = await world.server.next(wire.Request)
    assert (request.method, request.client, request.role) == ("proxy.set", client.id, "host")
    assert request.params == {"id": "12", "values": {"Radius": 2.0}}
    await world.server.send(wire.Reply(request.id, {}))
    assert client.result(await answer) == {}


async def test_an_error_of_the_process_comes_back_as_it_was(world: Any) -> None:
    client = await world.join()
    answer = client.start("pipeline.delete", node="12")
    request = await world.server.next(wire.Request)
    error = Failed("Contour1 depends on it.", "Delete that first.", "log").to_wire()
    await world.server.send(wire.Reply(request.id, None, error))
    with pytest.raises(Failed, match="Contour1 depends on it") as caught:
        client.result(await answer)
    assert (caught.value.hint, caught.value.log) == ("Delete that first.", "log")


async def test_superseded_requests_are_answered_at_once(world: Any) -> None:
    client = await world.join()
    running = client.start("pipeline.clear")
    request = await world.server.next(wire.Request)
    answers = [client.start("time.set", time=float(n)) for n in range(5)]
    for answer in answers[:4]:
        assert client.result(await asyncio.wait_for(answer, 2)) == {}
    assert not answers[4].done()
    await world.server.send(wire.Reply(request.id, {}))
    await running
    newest = await world.server.next(wire.Request)
    assert newest.params == {"time": 4.0, "index": None}
    await world.server.send(wire.Reply(newest.id, {}))
    assert client.result(await answers[4]) == {}


async def test_too_many_waiting_requests_are_refused_with_a_sentence(world: Any) -> None:
    client = await world.join()
    answers = [client.start("pipeline.rename", node="1", name=str(n)) for n in range(300)]
    await world.until(lambda: answers[-1].done())
    refused = [answer for answer in answers if answer.done()]
    assert len(refused) == 300 - 65
    with pytest.raises(Unavailable, match="busy"):
        client.result(refused[0].result())


async def test_a_process_that_does_not_read_gets_the_newest_camera_alone(world: Any) -> None:
    client = await world.join()
    camera = {"position": [0, 0, 1], "focal_point": [0, 0, 0], "view_up": [0, 1, 0]}
    world.server.reading.clear()
    for motion in range(1, 40_001):
        world.session.inform("view.camera.set", {"view": "7", "camera": camera, "motion": motion}, client.id, "host")
    await client.call("session.ping")
    assert world.session._channel._writer.transport.get_write_buffer_size() < 200_000
    world.server.reading.set()
    await world.server.next(wire.Request, lambda request: request.params["motion"] == 40_000)
    assert len(world.server.of(wire.Request)) < 39_000


async def test_jobs_show_after_a_moment_with_progress_and_busy_until_the_end(world: Any) -> None:
    client = await world.join()
    (world.folder / "wing.vtu").write_text("x")
    root = world.session.roots.list()[0].root
    answer = client.start("files.open", root=root, path="wing.vtu")
    request = await world.server.next(wire.Request)
    await world.until(lambda: client.topics["jobs"]["jobs"])
    job = client.topics["jobs"]["jobs"][0]
    assert (job["id"], job["text"], job["fraction"]) == (str(request.id), "Opening wing.vtu", None)
    assert client.topics["server"]["state"] == "busy"
    assert (await client.call("session.ping"))["state"] == "busy"
    await world.server.send(wire.Progress(request.id, "reader", 0.5, "12"))
    await world.until(lambda: client.topics["jobs"]["jobs"][0]["fraction"] == 0.5)
    assert world.session.running_job_text == "Opening wing.vtu: reader"
    await world.server.send(wire.Reply(request.id, {"node": "12", "choose": []}))
    await answer
    await world.until(lambda: client.topics["jobs"] == {"jobs": []} and client.topics["server"]["state"] == "ready")
    assert world.session.running_job_text is None


async def test_quick_requests_are_no_jobs(world: Any) -> None:
    client = await world.join()
    for _ in range(3):
        answer = client.start("proxy.apply", changes=[])
        request = await world.server.next(wire.Request)
        await world.server.send(wire.Reply(request.id, {}))
        await answer
    await asyncio.sleep(0.2)
    assert [m for m in client.raw if "jobs" in str(m.get("params"))] == []


async def start_job(world: Any, client: Any) -> tuple[asyncio.Future[Any], Any]:
    answer = client.start("proxy.apply", changes=[])
    request = await world.server.next(wire.Request)
    await world.until(lambda: client.topics["jobs"]["jobs"])
    return answer, request


async def test_cancel_reaches_the_process_and_shows(world: Any) -> None:
    client = await world.join()
    answer, request = await start_job(world, client)
    await client.call("session.cancel", job=str(request.id))
    assert (await world.server.next(wire.Cancel)).id == request.id
    await world.until(lambda: client.topics["jobs"]["jobs"][0]["cancel"] == "asked")
    await world.server.send(wire.Reply(request.id, None, Cancelled("Applying was cancelled.").to_wire()))
    with pytest.raises(Cancelled):
        client.result(await answer)


async def test_a_waiting_job_is_dropped_and_never_reaches_the_process(world: Any) -> None:
    client = await world.join()
    answer, request = await start_job(world, client)
    waiting = client.start("time.step", to="next")
    await world.until(lambda: len(client.topics["jobs"]["jobs"]) == 2)
    job = client.topics["jobs"]["jobs"][1]
    assert job["text"] == "Loading the time step (waiting)"
    await client.call("session.cancel", job=job["id"])
    with pytest.raises(Cancelled):
        client.result(await waiting)
    await world.server.send(wire.Reply(request.id, {}))
    await answer
    await client.call("session.ping")
    assert world.server.of(wire.Request) == []
    assert world.server.of(wire.Cancel) == []


@pytest.mark.parametrize("job", ["999", "0", "", "no number", "²"])
async def test_cancelling_what_is_over_is_no_error_and_harms_nothing(world: Any, job: str) -> None:
    client = await world.join()
    answer, request = await start_job(world, client)
    for force in (False, True):
        assert await client.call("session.cancel", job=job, force=force) == {}
    assert world.launcher.asked == []
    assert world.server.of(wire.Cancel) == []
    await world.server.send(wire.Reply(request.id, {}))
    await answer


async def test_an_unresponsive_job_whose_work_is_cheap_is_ended_by_force(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "UNRESPONSIVE_AFTER_ASKED", 0.1)
    client = await world.join()
    _, request = await start_job(world, client)
    await client.call("session.cancel", job=str(request.id))
    await world.until(lambda: world.launcher.asked)
    assert world.launcher.asked == [("force_cancel", "Applying")]


async def test_an_unresponsive_job_whose_work_is_dear_waits_for_the_person(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "UNRESPONSIVE_AFTER_ABORT", 0.05)
    world.session.calls._jobs.spent = 60.0
    client = await world.join()
    answer, request = await start_job(world, client)
    await client.call("session.cancel", job=str(request.id))
    await world.server.send(wire.Progress(request.id, "", 0.4, None, aborting=True))
    await world.until(lambda: client.topics["jobs"]["jobs"][0]["cancel"] == "ignored")
    assert world.launcher.asked == []
    await client.call("session.cancel", job=str(request.id), force=True)
    assert world.launcher.asked == [("force_cancel", "Applying")]
    world.session.detach("ParaView was ended.")
    with pytest.raises(Cancelled):
        client.result(await answer)


async def test_the_end_of_the_process_fails_what_waits_and_clears_its_topics(world: Any) -> None:
    client = await world.join()
    await world.server.send(wire.Topics({"pipeline": {"nodes": []}}))
    answer, _ = await start_job(world, client)
    waiting = client.start("pipeline.clear")
    await world.server.close()
    for future in (answer, waiting):
        with pytest.raises(Unavailable, match="ParaView stopped before it answered"):
            client.result(await asyncio.wait_for(future, 2))
    await world.until(lambda: client.topics["pipeline"] is None and client.topics["jobs"] == {"jobs": []})
    assert client.topics["server"] is not None
    assert world.session.running_job_text == "Applying"
    with pytest.raises(Unavailable):
        await client.call("pipeline.clear")
    await asyncio.wait_for(world.attached[0], 60)


async def test_detaching_gives_its_own_sentence_and_the_next_process_takes_over(world: Any) -> None:
    client = await world.join()
    answer = client.start("pipeline.clear")
    await world.server.next(wire.Request)
    world.session.detach("It is restarting.")
    with pytest.raises(Unavailable, match="It is restarting"):
        client.result(await asyncio.wait_for(answer, 2))
    await asyncio.wait_for(world.servers[0].ended.wait(), 60)
    await world.start_server()
    answer = client.start("pipeline.clear")
    request = await world.server.next(wire.Request)
    await world.server.send(wire.Reply(request.id, {}))
    assert client.result(await answer) == {}


async def test_late_messages_of_a_replaced_process_are_not_heard(world: Any) -> None:
    client = await world.join()
    old = world.server
    await world.start_server()
    await old.send(wire.Topics({"time": {"time": 99}}))
    await asyncio.wait_for(old.ended.wait(), 60)
    await client.call("session.ping")
    assert "time" not in client.topics


@pytest.mark.parametrize(
    ("state", "words"),
    [("starting", "still starting"), ("missing", "not found"), ("crashed", "stopped unexpectedly"),
     ("stopping", "is stopping"), ("gone", "not running")],
)  # fmt: skip
async def test_without_a_process_the_sentence_says_why(quiet_world: Any, state: Any, words: str) -> None:
    quiet_world.session.set_status(ServerStatus(state, "words", time.time()))
    client = await quiet_world.join()
    with pytest.raises(Unavailable, match=words) as caught:
        await client.call("pipeline.clear")
    assert caught.value.hint
    await client.notify("view.camera.set", view="7", camera={
        "position": [0, 0, 1], "focal_point": [0, 0, 0], "view_up": [0, 1, 0]})  # fmt: skip
    assert (await client.call("session.ping"))["state"] == state


async def test_what_it_does_on_the_way_to_ready_shows_and_the_application_is_called(quiet_world: Any) -> None:
    called: list[Any] = []
    session = quiet_world.session

    async def ready(message: wire.Ready) -> None:
        called.append(message.paraview)

    session.on_ready = ready
    client = await quiet_world.join()
    server = await quiet_world.start_server(ready=False)
    await server.send(wire.Starting("Loading ParaView 5.11"))
    await quiet_world.until(lambda: client.topics["server"]["text"] == "Loading ParaView 5.11")
    assert client.topics["server"]["state"] == "starting"
    await server.send(wire.Ready("5.11.0", "3.11", "llvmpipe", ["vtu"]), wire.Saved())
    await quiet_world.until(lambda: called)
    assert called == ["5.11.0"]
    await quiet_world.until(lambda: client.topics["server"]["state"] == "ready")
    assert client.topics["server"]["renderer"] == "llvmpipe"


async def test_an_application_that_keeps_the_status_is_not_overruled(quiet_world: Any) -> None:
    session = quiet_world.session
    own = ServerStatus("ready", "Ours", time.time(), "5.11.0")
    session.on_ready = lambda _: session.set_status(own)
    await quiet_world.start_server()
    assert session.status == own


async def test_notices_of_the_process_reach_pages_and_wait_for_the_first_one(quiet_world: Any) -> None:
    server = await quiet_world.start_server()
    await server.send(wire.Note("warning", "The reader skipped a block.", "Check it.", "log"))
    await server.send(wire.Note("strange level", "Still said."))
    await quiet_world.until(lambda: len(quiet_world.session.audience._notices) == 2)
    client = await quiet_world.join()
    await quiet_world.until(lambda: len(client.notices) == 2)
    assert client.notices[0] == {
        "level": "warning", "message": "The reader skipped a block.", "hint": "Check it.", "log": "log"
    }  # fmt: skip
    assert client.notices[1]["level"] == "info"
    late = await quiet_world.join()
    await late.call("session.ping")
    assert late.notices == []


async def test_a_message_that_breaks_a_handler_does_not_end_the_session(world: Any) -> None:
    client = await world.join()
    world.session.on_ready = lambda _: 1 / 0
    await world.server.send(wire.Ready("5.11.0", "3.11", "llvmpipe", []), wire.Topics({"time": {"time": 5}}))
    await world.until(lambda: client.topics.get("time") == {"time": 5})


async def test_opening_any_path_adds_its_folder_and_remembers_the_file(world: Any, tmp_path: Path) -> None:
    client = await world.join()
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    (elsewhere / "é.vtu").write_text("x")
    opening = asyncio.create_task(world.session.file_requests.open_path(elsewhere / "é.vtu"))
    request = await world.server.next(wire.Request)
    assert request.paths == [str((elsewhere / "é.vtu").resolve())]
    assert (request.client, request.role) == ("", "host")
    await world.server.send(wire.Reply(request.id, {"node": "12", "choose": []}))
    assert (await opening)["node"] == "12"
    assert [root["label"] for root in (await client.call("files.roots"))["roots"]] == ["data", "else where"]
    await world.until(lambda: [file["name"] for file in client.topics["recent"]["files"]] == ["é.vtu"])
    assert await world.session.file_requests.open_path(tmp_path) is None
    with pytest.raises(NotFound):
        await world.session.file_requests.open_path(tmp_path / "gone.vtu")


async def test_a_page_that_leaves_while_a_file_opens_does_not_lose_it(world: Any) -> None:
    (world.folder / "a.vtu").write_text("x")
    client = await world.join()
    client.start("files.open", root=world.session.roots.list()[0].root, path="a.vtu")
    request = await world.server.next(wire.Request)
    await client.close()
    await world.until(lambda: not world.session.audience.clients)
    await world.server.send(wire.Reply(request.id, {"node": "12", "choose": []}))
    await world.until(lambda: world.session.files.recent.topic().files)


async def test_several_readers_to_choose_from_is_not_opened_yet(world: Any) -> None:
    (world.folder / "a.vtk").write_text("x")
    client = await world.join()
    answer = client.start("files.open", root=world.session.roots.list()[0].root, path="a.vtk")
    request = await world.server.next(wire.Request)
    choose = [{"name": "A", "group": "sources", "label": "A"}, {"name": "B", "group": "sources", "label": "B"}]
    await world.server.send(wire.Reply(request.id, {"node": None, "choose": choose}))
    assert client.result(await answer)["choose"] == choose
    assert client.topics["recent"] == {"files": []}


async def test_what_the_process_computes_by_itself_is_a_job_like_any(world: Any) -> None:
    client = await world.join()
    await world.server.send(wire.Work(1 << 40, "Computing Clip1 again", True))
    job = await world.until(lambda: (client.topics["jobs"]["jobs"] or [None])[0])
    assert (job["id"], job["text"]) == (str(1 << 40), "Computing Clip1 again")
    assert client.topics["server"]["state"] == "busy"
    await client.call("session.cancel", job=job["id"])
    assert (await world.server.next(wire.Cancel)).id == 1 << 40
    await client.call("session.cancel", job=job["id"], force=True)
    assert world.launcher.asked == [("force_cancel", "Computing Clip1 again")]
    await world.server.send(wire.Work(1 << 40, "Computing Clip1 again", False))
    await world.until(lambda: client.topics["jobs"]["jobs"] == [] and client.topics["server"]["state"] == "ready")
