"""Run by pvpython: a second kind of view, registered as a module of a user would, seen from inside. Writes what became
of it as JSON to the folder given. test_kinds.py says what is expected.

    pvpython kinds_probe.py FOLDER
"""

# mypy: ignore-errors

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
sys.path.insert(0, str(Path(__file__).resolve().parents[5]))

from inside import Inside

from pvw_desktop.protocol.channel import Demand, ViewDemand
from pvw_desktop.protocol.registry import METHODS
from pvw_desktop.server.pv.views.kinds import KINDS, registry
from pvw_desktop.server.pv.views.kinds.view import View

FOLDER = Path(sys.argv[1])
CAMERA = {"position": [0, 0, 1], "focal_point": [0, 0, 0], "view_up": [0, 1, 0]}
refused = []


class Chart(View):
    KIND, PROXY, LABEL = "chart", "XYChartView", "line chart"

    def state(self, bounds):
        return {"view": self.id, "kind": "chart", "width": self.size[0], "height": self.size[1]}


def register(kind):
    try:
        registry.view_kind(kind)
    except ValueError as error:
        refused.append(str(error))


register(Chart)
registry.NAMES += ("chart",)  # as the protocol's ViewKind would name it
register(Chart)
register(Chart)

inside = Inside(FOLDER)
paraview = inside.app.paraview
node = inside.call("pipeline.create", group="sources", name="RTAnalyticSource")["node"]
inside.call("proxy.apply", changes=[{"id": node, "values": {}}])
first = inside.topics["pipeline"]["view"]
chart = paraview.views.create(kind="chart")
inside.app.publisher.publish()
found = {"refused": refused, "kinds": sorted(KINDS), "topic": inside.topics[f"view/{chart.id}"], "view": chart.id}

inside.call("view.size", view=chart.id, width=300, height=200)
found["size"] = paraview.render(chart.id, 0, 1.0, True, False)
found["interactive"] = paraview.render(chart.id, 1, 0.5, False, True)
found["camera"] = paraview.views.get(chart.id).camera()
wanted = Demand(True, {view: ViewDemand(True, 1 << 30) for view in (first, chart.id)})
found["scenes"] = [name == first for name in paraview.read_scenes(wanted)]

answers = {}
for method, params in {
    "view.camera.set": {"camera": CAMERA},
    "view.camera.reset": {},
    "view.set": {"orientation_axes": False},
}.items():
    assert "view" in {field for field in METHODS[method].params.__dataclass_fields__}
    answers[method] = inside.ask(method, view=chart.id, **params).error
found["answers"] = {method: error and [error["code"], error["message"]] for method, error in answers.items()}

table = inside.call("pipeline.create", group="filters", name="ExtractHistogram", inputs=[{"node": node, "port": 0}])[
    "node"
]
before = json.dumps(inside.topics[f"view/{first}"], sort_keys=True)
shown = inside.ask("proxy.apply", changes=[{"id": table, "values": {}}], view=chart.id)
found["shown"] = [shown.error and shown.error["message"], f"display/{chart.id}/{table}/0" in inside.topics]
found["kept"] = before == json.dumps(inside.topics[f"view/{first}"], sort_keys=True)
failing = inside.ask("pipeline.create", group="filters", name="NoSuchFilter", inputs=[{"node": node, "port": 0}])
found["failed"] = failing.error is not None and f"view/{chart.id}" in inside.topics
inside.call("view.delete", view=chart.id)
found["left"] = [name for name in inside.topics if chart.id in name.split("/")[1:2]]

inside.ask("view.camera.set", view=first, camera=CAMERA, motion=5, interactive=False)
for _ in range(2):  # as where a state file takes the place of all, and is taken back
    paraview.views.release()
    paraview.views.adopt_from_state()
inside.app.publisher.publish()
now = paraview.views.first.id
found["place"] = [now != first, paraview.views.at_place(first).id == now, inside.app.drawing._cameras.show(now).number]

alone = paraview.views.create(kind="chart")
inside.app.publisher.publish()
inside.call("view.delete", view=now)
cleared = inside.ask("pipeline.clear").error
found["cleared"] = [
    cleared,
    [view.id for view in paraview.views.all()] == [alone.id],
    inside.topics["pipeline"]["nodes"],
]
found["notes"] = inside.notes
(FOLDER / "found.json").write_text(json.dumps(found))
