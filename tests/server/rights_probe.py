"""Run by pvpython: what guests may do, seen from inside. Writes as JSON, to the folder given, every property that a
panel shows of anything that ParaView has, with who may set it; and what becomes of a file that is exchanged while a
guest's reader reads it. test_rights.py says what is expected.

    pvpython rights_probe.py FOLDER DATA
"""

# mypy: ignore-errors

import json
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from inside import Inside

from pvw_desktop.server.handlers import files
from pvw_desktop.server.pv.core.owned import definitions, new_proxy, properties
from pvw_desktop.server.pv.pipeline.catalog import runs_code
from pvw_desktop.server.pv.properties.access import documentation, domain_of
from pvw_desktop.server.pv.properties.rights import role_for
from pvw_desktop.server.pv.properties.widgets import kind_of

FOLDER, DATA = Path(sys.argv[1]), Path(sys.argv[2])
inside = Inside(FOLDER)
engine, describer = inside.app.paraview.engine, inside.app.paraview.describer
rows, seen = [], set()


def walk(proxy):
    if (name := str(proxy.GetXMLName())) in seen:
        return
    seen.add(name)
    ident = describer.describe(proxy, "proxy").id
    for prop_name, prop in properties(proxy):
        if not describer.shows(ident, prop_name):
            continue
        kind, role = kind_of(prop).name, "host" if runs_code(proxy) else role_for(prop_name, prop)
        rows.append([name, prop_name, kind, role, documentation(prop)])
        domain = domain_of(prop, "vtkSMProxyListDomain") if kind == "proxy" else None
        for index in range(domain.GetNumberOfProxies() if domain is not None else 0):
            walk(domain.GetProxy(index))


for group in ("sources", "filters", "representations", "views"):
    for name in definitions(engine.pxm, group):
        made = new_proxy(engine.pxm, group, name)
        if made is not None:
            walk(made)

case = Path(shutil.copytree(DATA / "cavity", FOLDER / "cavity")) / "cavity.foam"
facts = case.stat()
checked = (str(case), facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns)
run_node = files.run_node


def exchange_and_run(*arguments, **named):
    case.unlink()
    case.symlink_to(DATA / "cavity" / "cavity.foam")
    return run_node(*arguments, **named)


files.run_node = exchange_and_run
params = {"root": "r", "path": case.name, "series": False}
reply = inside.ask("files.open", [str(case)], role="control", seen=[checked], **params)
left = [node["name"] for node in inside.topics["pipeline"]["nodes"]]
found = {"rows": rows, "error": reply.error and reply.error["message"], "left": left}
(FOLDER / "found.json").write_text(json.dumps(found))
