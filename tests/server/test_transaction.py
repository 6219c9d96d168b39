"""What fails or is stopped leaves everything as it was, whichever handler it is: each once, and random walks that
hypothesis draws here and a real server takes, so that a walk which fails becomes a short one."""

from __future__ import annotations

import dataclasses
import json
import os
import socket
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pvw_desktop.protocol import messages  # noqa: F401  fills the registry
from pvw_desktop.protocol.registry import METHODS
from pvw_desktop.server.effects import FOLLOWS

pytestmark = pytest.mark.paraview

PROBE = Path(__file__).with_name("transaction_probe.py")
PATIENCE = 300.0
"""Seconds for one request, however busy the machine is."""
Thing = TypeVar("Thing")
Params = dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Step:
    """A request before it is known what there is to ask about. Smaller numbers are simpler."""

    method: str
    which: int = 0
    """Of the nodes or displays that there are then, around and around."""
    choice: int = 0
    """Of the names that fit."""
    on: bool = False
    share: float = 0.0


@dataclasses.dataclass(frozen=True)
class Known:
    """What pages were told, as far as requests need it."""

    topics: dict[str, Any]

    @property
    def nodes(self) -> list[Any]:
        return list(self.topics["pipeline"]["nodes"])

    @property
    def views(self) -> list[str]:
        return [name.partition("/")[2] for name in self.topics if name.startswith("view/")]

    @property
    def displays(self) -> list[Any]:
        """Those that are shown."""
        found = [value for name, value in self.topics.items() if name.startswith("display/")]
        return [value for value in found if value["visible"]]


def pick(things: Sequence[Thing], index: int) -> Thing:
    return things[index % len(things)]


def of_node(more: Callable[[Step, Any], Params]) -> Callable[[Step, Known], Params | None]:
    """A request about a node; none where there is no node."""

    def about(step: Step, known: Known) -> Params | None:
        return more(step, pick(known.nodes, step.which)) if known.nodes else None

    return about


def of_display(more: Callable[[Step, Any], Params]) -> Callable[[Step, Known], Params | None]:
    """A request about what is shown; none where nothing is."""

    def about(step: Step, known: Known) -> Params | None:
        if not known.displays:
            return None
        display = pick(known.displays, step.which)
        at = {name: display[name] for name in ("node", "port", "view")}
        return {**at, **more(step, display)}

    return about


def of_map(more: Callable[[Step], Params]) -> Callable[[Step, Known], Params | None]:
    """A request about a colour map; none where nothing is coloured by one."""

    def about(step: Step, known: Known) -> Params | None:
        maps = [display["coloring"]["map"] for display in known.displays if display["coloring"]]
        return {"map": pick(maps, step.which), **more(step)} if maps else None

    return about


def created(step: Step, node: Any) -> Params:
    names = ("Contour", "ShrinkFilter", "ElevationFilter", "Clip", "Calculator")
    return {"group": "filters", "name": pick(names, step.choice), "inputs": [{"node": node["node"], "port": 0}]}


def applied(step: Step, known: Known) -> Params | None:
    """To a node that waits for it, where there is one."""
    nodes = [node for node in known.nodes if node["state"] == "new"] or known.nodes
    return {"changes": [{"id": pick(nodes, step.which)["node"], "values": {}}]} if nodes else None


def colored_by(step: Step, display: Any) -> Params:
    if step.on or not display["arrays"]:
        return {"array": None}
    array = pick(display["arrays"], step.choice)
    return {"array": array["name"], "association": array["association"]}


def looked(step: Step, display: Any) -> Params:
    return {"opacity": step.share, "solid_color": [step.share, 1, 0]}


def specular(step: Step, known: Known) -> Params | None:
    ids = [display["representation_id"] for display in known.displays]
    return {"id": pick(ids, step.which), "values": {"Specular": step.share}} if ids else None


def view_gone(step: Step, known: Known) -> Params | None:
    return {"view": pick(known.views[1:], step.which)} if known.views[1:] else None


FILES = ("mesh.vtu", "image.vti", "surface.vtp", "ball.pvd", "blocks.vtm", "table.csv")
DIRECTIONS = ("+x", "-y", "iso")
ASKED: dict[str, Callable[[Step, Known], Params | None]] = {
    "pipeline.rename": of_node(lambda step, node: {"node": node["node"], "name": f"named {step.share}"}),
    "view.set": lambda step, known: {
        "view": pick(known.views, step.which),
        "background": [step.share, 0, 1],
        "orientation_axes": step.on,
    },
    "view.camera.reset": lambda step, known: {
        "view": pick(known.views, step.which),
        "direction": pick(DIRECTIONS, step.choice),
    },
    "display.set": of_display(looked),
    "display.show": of_node(lambda step, node: {"node": node["node"], "visible": step.on}),
    "display.representation": of_display(
        lambda step, display: {"representation": pick(display["representations"], step.choice)}
    ),
    "display.color_by": of_display(colored_by),
    "color.rescale": of_display(lambda step, display: {"mode": "custom", "range": [1.0, 2.0 + step.share]}),
    "color.scalar_bar": of_display(lambda step, display: {"visible": step.on}),
    "color.preset": of_map(lambda step: {"preset": pick(("Cool to Warm", "Jet"), step.choice)}),
    "color.log": of_map(lambda step: {"log": step.on}),
    "proxy.set": specular,
    "pipeline.create": of_node(created),
    "proxy.apply": applied,
    "pipeline.delete": of_node(lambda step, node: {"node": node["node"]}),
    "time.step": lambda step, known: {"to": pick(("first", "last", "next", "previous"), step.choice)},
    "time.set": lambda step, known: {"time": step.share},
    "files.open": lambda step, known: {"root": "r", "path": pick(FILES, step.choice), "series": False},
    "files.example": lambda step, known: {"name": pick(("contours", "motion"), step.choice)},
    "view.create": lambda step, known: {},
    "view.delete": view_gone,
    "pipeline.clear": lambda step, known: {},
}
"""By method, what a step asks for; None where it can ask for nothing. The simplest come first."""


class Walker:
    """A server that takes steps, and is asked after each whether what came to nothing left anything."""

    def __init__(self, pvpython: str, x_server: str, datasets: Path, folder: Path):
        self._command = [pvpython, "--force-offscreen-rendering", str(PROBE), str(folder)]
        self._environ = {**os.environ, "DISPLAY": x_server}
        self._datasets = datasets
        self._process: subprocess.Popen[bytes] | None = None
        self.done: Counter[str] = Counter()
        self.refused: dict[str, str] = {}

    def begin(self) -> None:
        """The session as every walk begins: one file is open. A server that did not survive the last one comes back."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            ours, its = socket.socketpair()
            with its:
                command = [*self._command, str(its.fileno())]
                self._process = subprocess.Popen(command, env=self._environ, pass_fds=[its.fileno()])
            ours.settimeout(PATIENCE)
            self._wire = ours.makefile("rw", encoding="utf-8")
            ours.close()
        self._serve("pipeline.clear", {}, tried=False)
        answer = self._serve("files.open", {"root": "r", "path": FILES[0], "series": False}, tried=False)
        assert answer["error"] is None

    def close(self) -> None:
        if self._process is not None:
            self._wire.close()
            self._process.wait(PATIENCE)
            self._process = None

    def take(self, step: Step) -> None:
        """Takes a step that can be taken now; fails where what came to nothing left something behind."""
        params = ASKED[step.method](step, self._known)
        if params is None:
            return
        answer = self._serve(step.method, params, tried=True)
        assert answer["wrong"] == {}, f"{step.method} {params}"
        if answer["error"] is None:
            self.done[step.method] += 1
        else:
            self.refused[step.method] = answer["error"]

    def _serve(self, method: str, params: Params, tried: bool) -> Any:
        paths = [str(self._datasets / params["path"])] if "path" in params else []
        self._wire.write(json.dumps({"method": method, "params": params, "paths": paths, "tried": tried}) + "\n")
        self._wire.flush()
        line = self._wire.readline()
        assert line, f"the server did not survive {method} {params}"
        answer = json.loads(line)
        self._known = Known(answer["topics"])
        return answer


@pytest.fixture(scope="module")
def walker(pvpython: str, x_server: str, datasets: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walker]:
    walker = Walker(pvpython, x_server, datasets, tmp_path_factory.mktemp("transaction"))
    yield walker
    walker.close()


EVERYTHING = [
    Step("files.open", choice=1),
    Step("pipeline.create", which=1),
    Step("proxy.apply"),
    Step("pipeline.rename"),
    Step("display.color_by", choice=0),
    Step("color.rescale", share=0.5),
    Step("color.log", on=True),
    Step("color.preset", choice=1),
    Step("color.scalar_bar"),
    Step("display.set", share=0.5),
    Step("display.representation", choice=1),
    Step("proxy.set", share=0.5),
    Step("display.show"),
    Step("view.set", share=0.5),
    Step("view.create"),
    Step("view.delete"),
    Step("view.camera.reset", choice=2),
    Step("files.example", choice=1),
    Step("time.step", choice=1),
    Step("time.set", share=0.5),
    Step("pipeline.delete", which=2),
    Step("pipeline.clear"),
]


def test_every_handler_that_changes_something_is_walked() -> None:
    undone = {name for name, method in METHODS.items() if FOLLOWS[method.effect].undo}
    assert set(ASKED) == undone == {step.method for step in EVERYTHING}


def test_each_handler_leaves_the_state_as_it_was(walker: Walker) -> None:
    walker.begin()
    for step in EVERYTHING:
        walker.take(step)
    assert set(walker.done) == set(ASKED), walker.refused


WALKS = settings(
    max_examples=5,
    derandomize=True,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
STEPS = st.builds(
    Step,
    st.sampled_from(list(ASKED)),
    which=st.integers(0, 5),
    choice=st.integers(0, 5),
    on=st.booleans(),
    share=st.integers(0, 99).map(lambda hundredth: hundredth / 100),
)


def test_what_fails_or_is_stopped_leaves_the_state_as_it_was(walker: Walker) -> None:
    before = walker.done.total()

    @settings(WALKS)
    @given(st.lists(STEPS, min_size=1, max_size=6))
    def walk(steps: list[Step]) -> None:
        walker.begin()
        for step in steps:
            walker.take(step)

    walk()
    assert walker.done.total() - before > 8, walker.refused
