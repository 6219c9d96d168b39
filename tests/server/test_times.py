"""Time steps that are tiny, tiny beside large ones, or of several sources: chosen by number, never by nearness."""

from __future__ import annotations

from pathlib import Path

import pytest

from pvw_desktop.protocol import channel as wire
from pvw_desktop.protocol.errors import BadRequest
from tests.server.harness import ROOT, Server
from tests.server.test_pipeline import add

pytestmark = pytest.mark.paraview

CASE = ROOT / "tests" / "cases" / "04-tiny-times" / "data"
STEPS = {
    "pulse": [0.0, 4.58e-14, 9.16e-14, 1.374e-13, 1.832e-13],
    "wide": [0.0, 1e-8, 4e6, 8e6, 8000000.00000001, 8000000.00000002, 8000000.00000003],
}


def collection(folder: Path, name: str, steps: list[float]) -> Path:
    """A .pvd of these steps; the array E is the number of the step."""
    items = "".join(
        f'<DataSet timestep="{time!r}" part="0" file="{CASE}/field/e_{step}.vtu"/>' for step, time in enumerate(steps)
    )
    path = folder / f"{name}.pvd"
    path.write_text(f'<VTKFile type="Collection" version="0.1"><Collection>{items}</Collection></VTKFile>')
    return path


def shown(server: Server, node: str) -> tuple[int | None, float]:
    """Number of the step, and the value that the data has."""
    arrays = server.topics[f"info/{node}/0"]["arrays"]
    [low, high] = next(array for array in arrays if array["name"] == "E")["ranges"][0]
    assert low == high
    return server.topics["time"]["index"], low


@pytest.mark.parametrize("name", ["pulse", "wide"])
def test_every_step_is_reached_by_every_way(server: Server, name: str) -> None:
    node = server.open(CASE / f"{name}.pvd")["node"]
    steps = server.topics["time"]["values"]
    assert steps == STEPS[name]
    everyone = list(range(len(steps)))
    assert shown(server, node) == (0, 0)

    def walk(to: str) -> list[tuple[int | None, float]]:
        seen = [shown(server, node)]
        for _ in everyone[1:]:
            server.call("time.step", to=to)
            seen.append(shown(server, node))
        return seen

    assert walk("next") == [(step, step) for step in everyone]
    server.call("time.step", to="next")
    assert shown(server, node)[0] == everyone[-1]
    assert walk("previous") == [(step, step) for step in reversed(everyone)]
    for step in [*everyone[::2], *everyone[1::2]]:
        server.call("time.set", index=step)
        assert shown(server, node) == (step, step)
        assert server.topics["time"]["time"] == steps[step]
    for step in reversed(everyone):
        server.call("time.set", time=steps[step])
        assert shown(server, node) == (step, step)
    server.call("time.step", to="last")
    assert shown(server, node) == (everyone[-1], everyone[-1])


@pytest.mark.parametrize("name", ["pulse", "wide"])
def test_playing_shows_each_step_once(server: Server, name: str) -> None:
    server.open(CASE / f"{name}.pvd")
    seen = [0]
    server.call("time.play", playing=True, rate=60)

    def ended() -> bool:
        index = server.topics["time"]["index"]
        if index != seen[-1]:
            seen.append(index)
        return not server.topics["time"]["playing"]

    while not ended():
        server.pump(0.001)
    assert seen == list(range(len(STEPS[name])))


def test_which_step_or_which_time_has_to_be_said(server: Server) -> None:
    server.open(CASE / "pulse.pvd")
    with pytest.raises(BadRequest, match="either"):
        server.call("time.set")
    with pytest.raises(BadRequest, match="either"):
        server.call("time.set", index=1, time=0.0)
    with pytest.raises(BadRequest, match="5 time steps"):
        server.call("time.set", index=5)
    assert server.topics["time"]["index"] == 0


@pytest.mark.parametrize(("name", "between"), [("pulse", 6e-14), ("wide", 5e5), ("wide", 5e-9)])
def test_a_time_between_steps_stays_through_apply(server: Server, name: str, between: float) -> None:
    reader = server.open(CASE / f"{name}.pvd")["node"]
    server.call("time.set", time=between)
    assert (server.topics["time"]["time"], server.topics["time"]["index"]) == (between, None)
    add(server, "RTAnalyticSource")
    assert (server.topics["time"]["time"], server.topics["time"]["index"]) == (between, None)
    add(server, "OutlineFilter", reader)
    assert (server.topics["time"]["time"], server.topics["time"]["index"]) == (between, None)
    before = max(step for step in STEPS[name] if step < between)
    server.call("time.step", to="previous")
    assert server.topics["time"]["time"] == before
    server.call("time.set", time=between)
    server.call("time.step", to="next")
    assert server.topics["time"]["time"] == min(step for step in STEPS[name] if step > between)


def test_several_sources_have_the_steps_of_all(server: Server, tmp_path: Path) -> None:
    one = server.open(collection(tmp_path, "one", [0.0, 1e-9, 1.0]))["node"]
    server.call("time.set", index=1)
    other = server.open(collection(tmp_path, "other", [5e-10, 1.0, 2.0]))["node"]
    assert server.topics["time"]["values"] == [0.0, 5e-10, 1e-9, 1.0, 2.0]
    assert (server.topics["time"]["time"], server.topics["time"]["index"]) == (1e-9, 2), "where it stood"
    # Between its steps this reader gives the next one; so does plain ParaView.
    for step, values in enumerate([(0, 0), (1, 0), (1, 1), (2, 1), (2, 2)]):
        server.call("time.set", index=step)
        assert (shown(server, one), shown(server, other)) == ((step, values[0]), (step, values[1]))
    server.call("pipeline.delete", node=other)
    assert server.topics["time"]["values"] == [0.0, 1e-9, 1.0]
    assert server.topics["time"]["index"] is not None, "a time past the last step goes back among them"


def reopen(server: Server, work: bytes, folder: Path) -> None:
    """Removes everything and opens work that was saved."""
    kept = folder / "kept.pvsm"
    kept.write_bytes(work)
    server.call("pipeline.clear")
    server.open(kept)


@pytest.mark.parametrize("step", [1, 4, 6])
def test_the_step_comes_back_with_the_work(server: Server, tmp_path: Path, step: int) -> None:
    server.open(CASE / "wide.pvd")
    server.call("time.set", index=step)
    before = server.saves
    server.wait(lambda: server.saves > before)
    assert server.work is not None
    reopen(server, server.work.read_bytes(), tmp_path)
    assert server.topics["time"]["index"] == step
    assert shown(server, server.nodes[0]["node"]) == (step, step)


def test_the_time_waits_for_data_that_are_away(pvpython: str, x_server: str, tmp_path: Path) -> None:
    data, away, work = tmp_path / "data", tmp_path / "away", tmp_path / "work.pvsm"
    data.mkdir()
    path = collection(data, "wide", STEPS["wide"])
    first = Server(pvpython, x_server, work=work)
    first.open(path)
    first.call("time.set", index=4)
    first.send(wire.Quit())
    assert first.process.wait(120) == 0
    first.close()
    data.rename(away)
    second = Server(pvpython, x_server, work=work, restore=work)
    node = second.nodes[0]["node"]
    assert second.nodes[0]["state"] == "error"
    away.rename(data)
    second.call("proxy.apply", node=node, changes=[])
    assert second.topics["time"]["values"] == STEPS["wide"]
    assert shown(second, node) == (4, 4)
    assert second.close() == 0


def test_a_state_without_time_chooses_none_for_what_is_opened_later(server: Server, tmp_path: Path) -> None:
    add(server, "SphereSource")
    reopen(server, server.saved(), tmp_path)
    node = server.open(collection(tmp_path, "around", [-1.5, 1.5]))["node"]
    assert server.topics["time"]["time"] == -1.5
    assert shown(server, node) == (0, 0)
