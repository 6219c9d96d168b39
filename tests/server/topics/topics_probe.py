"""Run by pvpython: a topic that somebody adds, and what cannot be registered. Writes as JSON to the folder given what
became of it. test_registry.py says what is expected.

    pvpython topics_probe.py FOLDER
"""

# mypy: ignore-errors

import dataclasses
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from inside import Inside

from pvw_desktop.protocol.registry import topic
from pvw_desktop.server.topics import PUBLISHERS, Asked, Publishers
from pvw_desktop.server.topics.registry import publishes

FOLDER = Path(sys.argv[1])


@topic("count/*")
@dataclasses.dataclass(frozen=True)
class Count:
    """How many nodes of a group there are."""

    nodes: int


missing = sorted(PUBLISHERS.missing())


@publishes("count/*")
def counts(asked):
    groups = [str(node.GetXMLGroup()) for _, node in asked.paraview.engine.nodes()]
    return {f"count/{group}": Count(groups.count(group)) for group in set(groups)}


refused = []
for names in (("count/*",), ("nothing",), ("jobs",), ("scene/*",), ("time",)):
    try:
        publishes(*names)
    except ValueError as error:
        refused.append(str(error))

inside = Inside(FOLDER)
found = {"missing": missing, "refused": refused, "before": sorted(name for name in inside.topics if "count" in name)}
node = inside.call("pipeline.create", group="sources", name="SphereSource")["node"]
found["added"] = inside.topics.get("count/sources")
inside.call("pipeline.delete", node=node)
found["gone"] = "count/sources" not in inside.topics

table = Publishers()
table.publishes("time")(lambda asked: {"view/7": None})
try:
    table.values(Asked(inside.app.paraview))
except ValueError as error:
    found["foreign"] = str(error)
(FOLDER / "found.json").write_text(json.dumps(found))
