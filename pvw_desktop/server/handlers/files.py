"""files.* that need ParaView's readers; folders and search are the gateway's."""

from __future__ import annotations

import os
import tempfile
from typing import Optional

from pvw_desktop.protocol.errors import BadRequest, Failed, Forbidden
from pvw_desktop.protocol.messages.common import NodeRef
from pvw_desktop.protocol.messages.files import FilesExample, FilesOpen, FilesReaders, Opened, Reader, ReaderList

from ..application import Application
from ..confine import keeps_out
from ..execution import forget, or_back, run_node, show_result
from ..pv.core.messages import gist
from ..pv.core.texts import file_name
from ..pv.pipeline import tables
from ..pv.pipeline.examples import EXAMPLES
from .registry import handles

_OPEN_MORE = ("GDAL",)
"""Begins the names of readers that go by what is in a file, and open whatever that names."""


@handles("files.readers")
def readers(app: Application, _params: FilesReaders) -> ReaderList:
    path = _paths(app)[0]
    return ReaderList(app.bench.readers.fitting(path) or app.bench.readers.all())


@handles("files.open")
def open_file(app: Application, params: FilesOpen) -> Opened:
    paths = _paths(app)
    if paths[0].lower().endswith(".pvsm") and params.reader is None:
        return _open_state(app, paths[0])
    _check_unchanged(app)
    fitting = app.bench.readers.fitting(paths[0])
    reader = _pick(app, fitting, params.reader, paths[0])
    if reader is None:
        return Opened(choose=fitting)
    if reader not in fitting or reader.name.startswith(_OPEN_MORE):
        app.require_host(f"Reading {file_name(paths[0])} by {reader.label} is for the host: it may open more.")
    with app.bench.listener.listen() as heard:
        node = app.bench.readers.create(reader, paths)
    try:
        run_node(app, node, heard)
        _check_unchanged(app)
        show_result(app, node)
    except Failed as error:
        if not app.bench.describer.has_settings(node):
            forget(app, [node])
            raise
        app.note("error", error.message, "Change its properties and apply, or delete it.", error.log)
    except Exception:
        forget(app, [node])
        raise
    app.bench.timing.follow_data()
    for level, sentence, advice in tables.remarks(node, file_name(paths[0]), paths[0]):
        app.note(level, sentence, advice)
    return Opened(node=app.bench.engine.remember(node))


def _check_unchanged(app: Application) -> None:
    """Raises Failed where a file that was checked for a guest is another one by now. Asked before a reader opens them
    by their names, and again after."""
    for path, *seen in app.request.seen if app.request is not None else []:
        try:
            facts = os.stat(path)
            same = os.path.realpath(path) == path
            same = same and [facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns] == seen
        except OSError:
            same = False
        if not same:
            raise Failed(
                f"{file_name(path)} changed while it was opened.",
                "If a program is still writing it, open it again once that is done.",
            )


def _paths(app: Application) -> list[str]:
    if app.request is None or not app.request.paths:
        raise BadRequest("No file was named.")
    for path in app.request.paths:
        if keeps_out(path):
            raise Forbidden(
                f"{file_name(path)} lies outside of the folders that this session may read.",
                "Ask whoever runs this session to add its folder.",
            )
    return app.request.paths


def _pick(app: Application, fitting: list[Reader], wanted: Optional[str], path: str) -> Optional[Reader]:
    """The reader to use; None where the person has to choose."""
    name = file_name(path)
    if wanted is not None:
        found = next((reader for reader in [*fitting, *app.bench.readers.all()] if reader.name == wanted), None)
        if found is None:
            raise BadRequest(f"This ParaView has no reader called {wanted[:80]}.")
        return found
    if not fitting:
        raise Failed(
            f"ParaView has no reader for {name}: it does not look like a dataset.",
            "If you know its format, use Open with… and choose the reader.",
        )
    if any(reader.name == "CSVReader" for reader in fitting):
        # GDAL says that it can read any table; a table is what it is.
        fitting = [reader for reader in fitting if reader.name != "GDALVectorReader"]
    return fitting[0] if len(fitting) == 1 else None


def _open_state(app: Application, path: str) -> Opened:
    app.require_host("A state file can hold Python code, so only the host may open one.")
    app.bench.states.check(path)
    with tempfile.TemporaryDirectory() as folder:
        before = os.path.join(folder, "before.pvsm")
        _keep(app, before)
        with or_back(app, lambda: app.bench.replace(before)):
            heard = app.bench.replace(path)
            app.check_cancelled()
    name = file_name(path)
    if heard.errors:
        app.note("warning", f"{name} was opened with errors: {gist(heard)}.", log=heard.log)
    others = app.bench.views.others()
    if others:
        text = f"{name} also has {', '.join(others)}: not shown here, and kept in the state when it is saved."
        app.note("info", text)
    return Opened()


def _keep(app: Application, path: str) -> None:
    try:
        app.bench.states.save(path)
    except Failed as error:
        raise Failed(f"What is open could not be kept aside. {error.message}", error.hint) from error


@handles("files.example")
def example(app: Application, params: FilesExample) -> NodeRef:
    nodes = EXAMPLES[params.name](app.bench.engine)
    try:
        for node in nodes:
            run_node(app, node)
        show_result(app, nodes[-1], "iso")
    except Exception:
        forget(app, nodes)
        raise
    app.bench.timing.follow_data()
    return NodeRef(app.bench.engine.remember(nodes[-1]))
